"""What narrows the public list of districts, from the address bar.

Every count on a public page is a link to this list; both draw from the same atlas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.forms import HiddenInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas, Place
from actionplans.freshness import Freshness
from actionplans.stages import Stage
from districts.catalogue import Catalogue
from districts.codes import known, under
from districts.models import (
    District,
    DistrictProduct,
    HSCode,
    Product,
    ProgrammeTag,
    RegionalAuthority,
    Sector,
    State,
)
from districts.models.state import DistrictQuerySet
from portal.facets import Narrowing
from portal.spelling import fold, squeeze

NO_OFFICE = "none"
YES = [("yes", _("Yes"))]


def _stages(first: Stage) -> list[tuple[str, Any]]:
    return [(stage.slug, stage.label) for stage in Stage if stage >= first]


class DistrictFilter(Narrowing):
    """Narrows living districts. What links fill in, the form passes on unseen."""

    q = django_filters.CharFilter(method="named", label=_("Name"), max_length=80)
    state = django_filters.ModelChoiceFilter(
        to_field_name="slug",
        queryset=State.objects.all(),
        label=_("State or Union Territory"),
        widget=HiddenInput,
    )
    ra = django_filters.ModelChoiceFilter(
        method="under",
        to_field_name="slug",
        queryset=RegionalAuthority.objects.all(),
        label=_("Regional Authority"),
        widget=HiddenInput,
        null_value=NO_OFFICE,
        null_label=_("None recorded"),
    )
    stage = django_filters.ChoiceFilter(
        method="reached",
        choices=_stages(Stage.IDENTIFIED),
        label=_("Stage reached"),
        widget=HiddenInput,
    )
    at = django_filters.ChoiceFilter(
        method="furthest",
        choices=_stages(Stage.NONE),
        label=_("Furthest stage"),
        widget=HiddenInput,
    )
    freshness = django_filters.ChoiceFilter(
        method="as_fresh",
        choices=Freshness,
        label=_("Freshness"),
        widget=HiddenInput,
    )
    tag = django_filters.ChoiceFilter(
        method="tagged",
        choices=ProgrammeTag.Tag,
        label=_("Programme"),
        widget=HiddenInput,
    )
    committee = django_filters.ChoiceFilter(
        method="with_committee",
        choices=YES,
        label=_("Committee on record"),
        widget=HiddenInput,
    )
    waiting = django_filters.ChoiceFilter(
        method="not_adopted",
        choices=YES,
        label=_("Draft waits for adoption"),
        widget=HiddenInput,
    )
    product = django_filters.ModelChoiceFilter(
        method="making",
        to_field_name="slug",
        queryset=Product.objects.all(),
        label=_("Product"),
        widget=HiddenInput,
    )
    family = django_filters.ModelChoiceFilter(
        method="making_any",
        to_field_name="slug",
        queryset=Product.objects.all(),
        label=_("Product or one of its varieties"),
        widget=HiddenInput,
    )
    sector = django_filters.ChoiceFilter(
        method="making_in",
        choices=Sector,
        label=_("Sector"),
        widget=HiddenInput,
    )
    hs = django_filters.CharFilter(
        method="making_under", label=_("HS code"), max_length=20, widget=HiddenInput
    )

    class Meta:
        model = District
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, atlas: Atlas) -> None:
        self.atlas = atlas
        super().__init__(data, District.objects.living())

    @property
    def places(self) -> list[Place]:
        """What fits; nothing while a filter cannot be read, which the form says."""
        if not self.is_valid():
            return []
        keys = self.keys()
        return self.atlas.where(lambda place: keys is None or place.key in keys)

    @property
    def chosen_product(self) -> Product | None:
        """The product that the list is narrowed to."""
        return self.chosen("product")

    @property
    def chosen_family(self) -> Product | None:
        """The product that the list is narrowed to with its varieties."""
        return self.chosen("family")

    @property
    def chosen_sector(self) -> Sector | None:
        value = self.chosen("sector")
        return Sector(value) if value else None

    @property
    def chosen_code(self) -> HSCode | None:
        return known(self.chosen("hs") or "")

    def _where(
        self, rows: DistrictQuerySet, fits: Callable[[Place], bool]
    ) -> DistrictQuerySet:
        return rows.filter(pk__in=[place.key for place in self.atlas.where(fits)])

    def named(self, rows: DistrictQuerySet, _name: str, words: str) -> DistrictQuerySet:
        """By a part of the name in either language or of another spelling."""
        sought = squeeze(fold(words))
        return self._where(
            rows,
            lambda place: any(sought in squeeze(fold(name)) for name in place.names),
        )

    def under(
        self, rows: DistrictQuerySet, _name: str, ra: RegionalAuthority | str
    ) -> DistrictQuerySet:
        def fits(place: Place) -> bool:
            held = place.jurisdiction
            return (held.ra if held else NO_OFFICE) == ra

        return self._where(rows, fits)

    def reached(
        self, rows: DistrictQuerySet, _name: str, slug: str
    ) -> DistrictQuerySet:
        stage = Stage.from_slug(slug)
        return self._where(rows, lambda place: stage in place.standing.reached)

    def furthest(
        self, rows: DistrictQuerySet, _name: str, slug: str
    ) -> DistrictQuerySet:
        stage = Stage.from_slug(slug)
        return self._where(rows, lambda place: place.standing.stage == stage)

    def as_fresh(
        self, rows: DistrictQuerySet, _name: str, word: str
    ) -> DistrictQuerySet:
        return self._where(rows, lambda place: place.standing.freshness == word)

    def with_committee(
        self, rows: DistrictQuerySet, _name: str, _yes: str
    ) -> DistrictQuerySet:
        return self._where(rows, lambda place: place.standing.committee_on is not None)

    def not_adopted(
        self, rows: DistrictQuerySet, _name: str, _yes: str
    ) -> DistrictQuerySet:
        return self._where(rows, lambda place: place.standing.waits_for_adoption)

    def tagged(self, rows: DistrictQuerySet, _name: str, tag: str) -> DistrictQuerySet:
        tags = ProgrammeTag.objects.current().filter(tag=tag).order_by()
        return rows.filter(pk__in=tags.values("district"))

    def making(
        self, rows: DistrictQuerySet, _name: str, product: Product
    ) -> DistrictQuerySet:
        return _naming(rows, product=product)

    def making_any(
        self, rows: DistrictQuerySet, _name: str, product: Product
    ) -> DistrictQuerySet:
        family = Catalogue.current().family(product)
        return _naming(rows, product__in=[member.pk for member in family])

    def making_in(
        self, rows: DistrictQuerySet, _name: str, sector: str
    ) -> DistrictQuerySet:
        return _naming(rows, product__sector=sector)

    def making_under(
        self, rows: DistrictQuerySet, _name: str, code: str
    ) -> DistrictQuerySet:
        return _naming(rows, product__hs_codes__in=under(code).order_by())


def _naming(rows: DistrictQuerySet, **what: Any) -> DistrictQuerySet:
    """Those that name such a product today."""
    made = DistrictProduct.objects.filter(until=None, **what).order_by()
    return rows.filter(pk__in=made.values("district"))
