"""The catalogues of headquarters that plans choose from, loaded with the registers."""

from collections.abc import Hashable, Iterator
from typing import ClassVar

from actionplans.models import FundSource, Indicator
from districts.register.base import FactForm, Register


class IndicatorForm(FactForm):
    class Meta:
        model = Indicator
        fields: ClassVar = [
            "slug",
            "name",
            "name_hi",
            "unit",
            "unit_hi",
            "kind",
            "direction",
            "frequency",
            "definition",
            "usual_source",
            "usual_source_hi",
        ]


class Indicators(Register):
    model = Indicator
    files: ClassVar = {"indicators.csv": IndicatorForm}

    def keys(self, thing: Indicator) -> Iterator[Hashable]:
        yield thing.slug


class FundSourceForm(FactForm):
    class Meta:
        model = FundSource
        fields: ClassVar = ["name", "name_hi"]


class FundSources(Register):
    model = FundSource
    files: ClassVar = {"fund_sources.csv": FundSourceForm}

    def keys(self, thing: FundSource) -> Iterator[Hashable]:
        yield thing.name
