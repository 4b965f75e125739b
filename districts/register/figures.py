"""Figures stated by others, and the sources of everything."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar

from django import forms

from districts.models import District, ExportFigure, ProgrammeCount, State
from districts.register.base import FactForm, InDistrictForm, Register, RowForm
from districts.register.fields import DayField, StatedField

if TYPE_CHECKING:
    pass


class ExportFigureForm(InDistrictForm):
    """Without State and district it speaks of India."""

    state = forms.CharField(required=False)
    district = forms.CharField(required=False)

    class Meta:
        model = ExportFigure
        fields: ClassVar = [
            "state",
            "district",
            "financial_year",
            "value",
            "unit",
            "source",
            "note",
        ]

    def clean_state(self) -> State | None:  # type: ignore[override]
        return super().clean_state() if self.cleaned_data["state"] else None

    def clean_district(self) -> District | None:
        return super().clean_district() if self.cleaned_data["district"] else None


class ExportFigures(Register):
    """A revised value is another row; the earlier one stays."""

    model = ExportFigure
    files: ClassVar = {"export_figures.csv": ExportFigureForm}

    def keys(self, thing: ExportFigure) -> Iterator[Hashable]:
        yield (
            thing.state_id,
            thing.district_id,
            thing.financial_year,
            thing.value,
            thing.unit,
            thing.source,
        )


class ProgrammeCountForm(FactForm):
    on = DayField()

    class Meta:
        model = ProgrammeCount
        fields: ClassVar = ["on", "measure", "value", "source"]


class ProgrammeCounts(Register):
    model = ProgrammeCount
    files: ClassVar = {"programme_counts.csv": ProgrammeCountForm}

    def keys(self, thing: ProgrammeCount) -> Iterator[Hashable]:
        yield thing.on, thing.measure


class SourceForm(RowForm, forms.Form):
    """Where facts come from: for the public page, and for the days of the lists."""

    code = forms.SlugField()
    title = forms.CharField()
    publisher = forms.CharField()
    licence = forms.CharField()
    taken = forms.CharField()
    dated = StatedField(required=False)
    url = forms.URLField(required=False, assume_scheme="https")
