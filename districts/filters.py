"""How the catalogue of products is narrowed."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from districts.models import HSCode, Naming, Product, Sector, State
from districts.search import Kind, search

FOUND_AT_MOST = 200
# Our tree ends with subheadings; longer codes are read as those they lie under.
HS_DIGITS = 6


class ProductFilter(django_filters.FilterSet):
    """Words go through the search index, so other names and spellings count too."""

    q = django_filters.CharFilter(
        method="matching",
        label=_("Name, other name or HS code"),
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 100}),
    )
    sector = django_filters.ChoiceFilter(
        choices=Sector, label=_("Sector"), empty_label=_("Any sector")
    )
    kind = django_filters.ChoiceFilter(
        choices=Product.Kind, label=_("Kind"), empty_label=_("Goods and services")
    )
    scheme = django_filters.ChoiceFilter(
        field_name="places__namings__scheme",
        choices=Naming.Scheme,
        label=_("Scheme"),
        empty_label=_("Any scheme"),
        distinct=True,
    )
    state = django_filters.ModelChoiceFilter(
        field_name="places__district__state",
        queryset=State.objects.all(),
        to_field_name="slug",
        label=_("State"),
        empty_label=_("All of India"),
        distinct=True,
    )
    gi = django_filters.BooleanFilter(
        field_name="gi_number",
        lookup_expr="isnull",
        exclude=True,
        label=_("Geographical indication"),
        widget=forms.Select(
            choices=[("", _("With or without")), ("true", _("Registered"))]
        ),
    )
    hs = django_filters.CharFilter(
        method="under_code",
        label=_("HS code"),
        widget=forms.TextInput(attrs={"maxlength": 10, "inputmode": "numeric"}),
    )

    class Meta:
        model = Product
        fields = ["q", "sector", "kind", "scheme", "state", "gi", "hs"]

    def matching(
        self, products: QuerySet[Product], _name: str, words: str
    ) -> QuerySet[Product]:
        hits = search(words, FOUND_AT_MOST).groups.get(Kind.PRODUCT, [])
        return products.filter(slug__in=[hit.entry.key for hit in hits])

    def under_code(
        self, products: QuerySet[Product], _name: str, code: str
    ) -> QuerySet[Product]:
        """Those under a code, which may be written 0910.30 and have eight digits."""
        digits = "".join(sign for sign in code if sign.isdecimal())[:HS_DIGITS]
        if not digits:
            return products.none()
        found = HSCode.objects.filter(code__startswith=digits)
        return products.filter(hs_codes__in=found.order_by()).distinct()
