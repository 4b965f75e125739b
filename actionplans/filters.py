"""What narrows the public list of districts, from the address bar.

Every count on a public page is a link to this list; both draw from the same atlas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.forms import Form, HiddenInput
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas, Place
from actionplans.forms.layout import offer
from actionplans.freshness import Freshness
from actionplans.stages import Stage
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
from portal.spelling import fold, squeeze

NO_OFFICE = "none"
YES = [("yes", _("Yes"))]


def _stages(first: Stage) -> list[tuple[str, Any]]:
    return [(stage.slug, stage.label) for stage in Stage if stage >= first]


class DistrictFilter(django_filters.FilterSet):
    """Narrows living districts, each filter further than the one before."""

    q = django_filters.CharFilter(method="named", label=_("Name"), max_length=80)
    state = django_filters.ModelChoiceFilter(
        to_field_name="slug",
        queryset=State.objects.all(),
        label=_("State or Union Territory"),
        empty_label=_("Any State"),
    )
    ra = django_filters.ModelChoiceFilter(
        method="under",
        to_field_name="slug",
        queryset=RegionalAuthority.objects.all(),
        label=_("Regional Authority"),
        empty_label=_("Any Regional Authority"),
        null_value=NO_OFFICE,
        null_label=_("None recorded"),
    )
    stage = django_filters.ChoiceFilter(
        method="reached",
        choices=_stages(Stage.IDENTIFIED),
        label=_("Stage reached"),
        empty_label=_("Any stage"),
    )
    at = django_filters.ChoiceFilter(
        method="furthest",
        choices=_stages(Stage.NONE),
        label=_("Furthest stage"),
        empty_label=_("Any stage"),
    )
    freshness = django_filters.ChoiceFilter(
        method="as_fresh",
        choices=Freshness,
        label=_("Freshness"),
        empty_label=_("Any freshness"),
    )
    tag = django_filters.ChoiceFilter(
        method="tagged",
        choices=ProgrammeTag.Tag,
        label=_("Programme"),
        empty_label=_("Any programme"),
    )
    committee = django_filters.ChoiceFilter(
        method="with_committee",
        choices=YES,
        label=_("Committee on record"),
        empty_label=_("Does not matter"),
    )
    waiting = django_filters.ChoiceFilter(
        method="not_adopted",
        choices=YES,
        label=_("Draft waits for adoption"),
        empty_label=_("Does not matter"),
    )
    product = django_filters.ModelChoiceFilter(
        method="making",
        to_field_name="slug",
        queryset=Product.objects.all(),
        label=_("Product"),
        # Hundreds of products: a link from the product's page fills this in.
        widget=HiddenInput,
    )

    sector = django_filters.ChoiceFilter(
        method="making_in",
        choices=Sector,
        label=_("Sector"),
        # As those of the codes, the page of the sector fills this in.
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
    def form(self) -> Form:
        form = super().form
        offer(form, "state")
        offer(form, "ra")
        return form

    @property
    def places(self) -> list[Place]:
        """What fits; nothing while a filter cannot be read, which the form says."""
        if not self.is_valid():
            return []
        keys = set(self.qs.order_by().values_list("pk", flat=True))
        return self.atlas.where(lambda place: place.key in keys)

    @property
    def chosen_product(self) -> Product | None:
        """The product that the list is narrowed to."""
        return self._chosen("product")

    @property
    def chosen_sector(self) -> Sector | None:
        value = self._chosen("sector")
        return Sector(value) if value else None

    @property
    def chosen_code(self) -> HSCode | None:
        return known(self._chosen("hs") or "")

    def _chosen(self, name: str) -> Any:
        return self.form.cleaned_data.get(name) if self.is_valid() else None

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
        today = timezone.localdate()
        tags = ProgrammeTag.objects.filter(
            Q(until=None) | Q(until__gt=today), district=OuterRef("pk"), tag=tag
        )
        return rows.filter(Exists(tags))

    def making(
        self, rows: DistrictQuerySet, _name: str, product: Product
    ) -> DistrictQuerySet:
        return _naming(rows, product=product)

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
