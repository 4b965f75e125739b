"""What narrows the public list of districts, from the address bar.

Every count on a public page is a link to this list; both draw from the same atlas.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
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


@lru_cache(maxsize=8192)
def _plain(name: str) -> str:
    """As names are compared; of every spelling of every district once."""
    return squeeze(fold(name))


def _bears(place: Place, words: str) -> bool:
    """By a part of the name in either language or of another spelling."""
    return any(_plain(words) in _plain(name) for name in place.names)


def _office(place: Place) -> RegionalAuthority | str:
    return place.jurisdiction.ra if place.jurisdiction else NO_OFFICE


# Whether a place fits a filter of which the atlas knows all.
FITS: dict[str, Callable[[Place, Any], object]] = {
    "q": _bears,
    "state": lambda place, state: place.state == state,
    "ra": lambda place, ra: _office(place) == ra,
    "stage": lambda place, slug: Stage.from_slug(slug) in place.standing.reached,
    "at": lambda place, slug: place.standing.stage.slug == slug,
    "freshness": lambda place, word: place.standing.freshness == word,
    "committee": lambda place, _yes: place.standing.committee_on is not None,
    "waiting": lambda place, _yes: place.standing.waits_for_adoption,
}


def _stages(first: Stage) -> list[tuple[str, Any]]:
    return [(stage.slug, stage.label) for stage in Stage if stage >= first]


class DistrictFilter(Narrowing):
    """Narrows living districts. What links fill in, the form passes on unseen."""

    q = django_filters.CharFilter(label=_("Name"), max_length=80)
    state = django_filters.ModelChoiceFilter(
        to_field_name="slug",
        queryset=State.objects.all(),
        label=_("State or Union Territory"),
        widget=HiddenInput,
    )
    ra = django_filters.ModelChoiceFilter(
        to_field_name="slug",
        queryset=RegionalAuthority.objects.all(),
        label=_("Regional Authority"),
        widget=HiddenInput,
        null_value=NO_OFFICE,
        null_label=_("None recorded"),
    )
    stage = django_filters.ChoiceFilter(
        choices=_stages(Stage.IDENTIFIED),
        label=_("Stage reached"),
        widget=HiddenInput,
    )
    at = django_filters.ChoiceFilter(
        choices=_stages(Stage.NONE),
        label=_("Furthest stage"),
        widget=HiddenInput,
    )
    freshness = django_filters.ChoiceFilter(
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
        choices=YES,
        label=_("Committee on record"),
        widget=HiddenInput,
    )
    waiting = django_filters.ChoiceFilter(
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

    def keys_of(self, name: str, value: Any) -> set[int]:
        """What the atlas knows takes no query."""
        if name not in FITS:
            return super().keys_of(name, value)
        return {p.key for p in self.atlas.places if FITS[name](p, value)}

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
