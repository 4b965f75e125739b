"""How the catalogue of products is narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from districts.codes import under
from districts.models import DistrictProduct, Naming, Product, Sector, State
from districts.search import Kind, search
from portal.facets import Narrowing

FOUND_AT_MOST = 200


class ProductFilter(Narrowing):
    """Words go through the search index, so other names and spellings count too.

    Schemes and States are those of living districts that name the product today. What
    the links narrow by, the form passes on unseen.
    """

    q = django_filters.CharFilter(
        method="matching",
        label=_("Name, other name or HS code"),
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 100}),
    )
    hs = django_filters.CharFilter(
        method="under_code",
        label=_("HS code"),
        widget=forms.TextInput(attrs={"maxlength": 12}),
    )
    sector = django_filters.ChoiceFilter(
        choices=Sector, label=_("Sector"), widget=forms.HiddenInput
    )
    kind = django_filters.ChoiceFilter(
        choices=Product.Kind, label=_("Kind"), widget=forms.HiddenInput
    )
    scheme = django_filters.ChoiceFilter(
        method="named_under",
        choices=Naming.Scheme,
        label=_("Scheme"),
        widget=forms.HiddenInput,
    )
    gi = django_filters.ChoiceFilter(
        method="registered",
        choices=[("true", _("Registered"))],
        label=_("Geographical indication"),
        widget=forms.HiddenInput,
    )
    state = django_filters.ModelChoiceFilter(
        method="named_in",
        queryset=State.objects.all(),
        to_field_name="slug",
        label=_("State or Union Territory"),
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Product
        fields: list[str] = []

    @property
    def chosen_state(self) -> State | None:
        return self.chosen("state")

    @property
    def chosen_sector(self) -> Sector | None:
        value = self.chosen("sector")
        return Sector(value) if value else None

    def matching(
        self, products: QuerySet[Product], _name: str, words: str
    ) -> QuerySet[Product]:
        hits = search(words, FOUND_AT_MOST).groups.get(Kind.PRODUCT, [])
        return products.filter(slug__in=[hit.entry.key for hit in hits])

    def under_code(
        self, products: QuerySet[Product], _name: str, code: str
    ) -> QuerySet[Product]:
        return products.filter(hs_codes__in=under(code).order_by())

    def registered(
        self, products: QuerySet[Product], _name: str, _yes: str
    ) -> QuerySet[Product]:
        return products.exclude(gi_number=None)

    def named_under(
        self, products: QuerySet[Product], _name: str, scheme: str
    ) -> QuerySet[Product]:
        return _named(products, namings__scheme=scheme)

    def named_in(
        self, products: QuerySet[Product], _name: str, state: State
    ) -> QuerySet[Product]:
        return _named(products, district__state=state)


def _named(products: QuerySet[Product], **where: Any) -> QuerySet[Product]:
    rows = DistrictProduct.objects.current().filter(**where).order_by()
    return products.filter(pk__in=rows.values("product"))
