"""Places and offices: States, districts and where they went, authorities, agencies."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from districts.models import (
    Agency,
    District,
    Jurisdiction,
    ProgrammeTag,
    RegionalAuthority,
    State,
    Succession,
)
from districts.register.base import (
    FactForm,
    InDistrictForm,
    InStateForm,
    Register,
    Row,
)
from districts.register.fields import DayField, SeveralField, StatedField
from districts.register.files import BrokenRows, Place

if TYPE_CHECKING:
    from districts.register.book import Book


class StateForm(FactForm):
    class Meta:
        model = State
        fields: ClassVar = [
            "lgd_code",
            "name",
            "name_hi",
            "iso_code",
            "kind",
            "capital",
            "latitude",
            "longitude",
        ]

    def complete(self) -> None:
        self.instance.slug = slugify(self.instance.name)


class States(Register):
    model = State
    files: ClassVar = {"states.csv": StateForm}

    def keys(self, thing: State) -> Iterator[Hashable]:
        yield thing.lgd_code
        yield thing.slug

    def alone(self, thing: State) -> Iterator[Hashable]:
        yield from self.keys(thing)
        yield thing.iso_code


class DistrictForm(InStateForm):
    since = StatedField(required=False)
    besides = ("since_stated",)

    class Meta:
        model = District
        fields: ClassVar = [
            "state",
            "name",
            "name_hi",
            "lgd_code",
            "headquarters",
            "latitude",
            "longitude",
            "column",
            "row",
            "since",
            "formed_from",
            "aliases",
            "provenance",
        ]

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        self.instance.since_stated = since.text if since else ""
        return since and since.on

    def complete(self) -> None:
        self.instance.slug = slugify(self.instance.name)


class FormerDistrictForm(InStateForm):
    until = StatedField(end=True)
    merged_into = SeveralField()
    besides = ("until_stated",)

    class Meta:
        model = District
        fields: ClassVar = ["state", "name", "name_hi", "lgd_code", "aliases", "until"]

    def clean_until(self) -> Any:
        self.instance.until_stated = self.cleaned_data["until"].text
        return self.cleaned_data["until"].on

    def complete(self) -> None:
        self.instance.slug = slugify(self.instance.name)


class Districts(Register):
    """Found by LGD code, else by address: both outlive a renaming."""

    model = District
    files: ClassVar = {
        "districts.csv": DistrictForm,
        "districts_former.csv": FormerDistrictForm,
    }

    def keys(self, thing: District) -> Iterator[Hashable]:
        if thing.lgd_code is not None:
            yield thing.lgd_code
        yield thing.state_id, thing.slug

    def alone(self, thing: District) -> Iterator[Hashable]:
        yield from self.keys(thing)
        if thing.column is not None:
            yield "tile", thing.column, thing.row

    def prepare(self, pairs: list[tuple[Row, Any]]) -> None:
        """A tile may go to a new district, and two districts may change theirs."""
        moved = [
            thing.pk
            for row, thing in pairs
            if (thing.column, thing.row) != (row.thing.column, row.thing.row)
        ]
        District.objects.filter(pk__in=moved).update(column=None)


class Successions(Register):
    """From "merged into" of former districts and "formed from" of later ones.

    A former district must say truly where it went. What a district was formed from is
    often a district of another day: where nothing bears that name, its words stay in
    the district's own column, and no succession is made.
    """

    model = Succession

    def rows(self, book: Book) -> list[Row]:
        found = [*self._merged(book), *self._formed(book)]
        # A district may stand in both files' words.
        return list({tuple(self.keys(row.thing)): row for row in found}.values())

    def _merged(self, book: Book) -> Iterator[Row]:
        for read in book.rows("districts_former.csv", FormerDistrictForm):
            former = read.form.instance
            before = book.district(former.state, former.name)
            for name in read.form.cleaned_data["merged_into"]:
                match = book.districts.match(former.state, name)
                if match.found is None:
                    problem = f"merged_into: {former.state} has no district “{name}”."
                    raise BrokenRows([f"{read.place}: {problem}"])
                yield self._row(read.place, before, match.found, former.until)

    def _formed(self, book: Book) -> Iterator[Row]:
        for read in book.rows("districts.csv", DistrictForm):
            formed = read.form.instance
            after = book.district(formed.state, formed.name)
            for name in filter(None, formed.formed_from.split("|")):
                before = book.districts.match(formed.state, name).found
                if before and before != after:
                    yield self._row(read.place, before, after, formed.since)

    def _row(self, place: Place, before: District, after: District, on: Any) -> Row:
        return Row(place, Succession(before=before, after=after, on=on), ["on"])

    def keys(self, thing: Succession) -> Iterator[Hashable]:
        yield thing.before_id, thing.after_id


class RegionalAuthorityForm(InStateForm):
    class Meta:
        model = RegionalAuthority
        fields: ClassVar = [
            "name",
            "name_hi",
            "city",
            "state",
            "latitude",
            "longitude",
            "notes",
            "source",
        ]

    def complete(self) -> None:
        self.instance.slug = slugify(self.instance.name)


class RegionalAuthorities(Register):
    model = RegionalAuthority
    files: ClassVar = {"regional_authorities.csv": RegionalAuthorityForm}

    def keys(self, thing: RegionalAuthority) -> Iterator[Hashable]:
        yield thing.slug


class JurisdictionForm(InDistrictForm):
    regional_authority = forms.CharField()
    besides = ("ra",)

    class Meta:
        model = Jurisdiction
        fields: ClassVar = ["district", "basis"]

    def clean_regional_authority(self) -> RegionalAuthority:
        return self.book.ra(self.cleaned_data["regional_authority"])

    def complete(self) -> None:
        self.instance.ra = self.cleaned_data["regional_authority"]
        self.instance.is_provisional = True


class Jurisdictions(Register):
    """Only for districts of which headquarters has recorded nothing itself."""

    model = Jurisdiction
    files: ClassVar = {"jurisdictions_provisional.csv": JurisdictionForm}

    def rows(self, book: Book) -> list[Row]:
        recorded = Jurisdiction.objects.filter(Q(is_provisional=False) | ~Q(until=None))
        districts = set(recorded.values_list("district_id", flat=True))
        rows = super().rows(book)
        return [row for row in rows if row.thing.district_id not in districts]

    def things(self) -> models.QuerySet[Any]:
        return Jurisdiction.objects.filter(is_provisional=True, until=None)

    def keys(self, thing: Jurisdiction) -> Iterator[Hashable]:
        yield thing.district_id


class AgencyForm(FactForm):
    class Meta:
        model = Agency
        fields: ClassVar = ["name", "name_hi", "short_name"]


class Agencies(Register):
    model = Agency
    files: ClassVar = {"agencies.csv": AgencyForm}

    def keys(self, thing: Agency) -> Iterator[Hashable]:
        yield thing.name


class ProgrammeTagForm(InDistrictForm):
    since = DayField(required=False)

    class Meta:
        model = ProgrammeTag
        fields: ClassVar = ["district", "tag", "since", "source"]


class ProgrammeTags(Register):
    model = ProgrammeTag
    files: ClassVar = {"programme_tags.csv": ProgrammeTagForm}

    def keys(self, thing: ProgrammeTag) -> Iterator[Hashable]:
        yield thing.district_id, thing.tag
