"""The catalogue of products as it was asked for: its rows, and what narrows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from districts.filters import FACETS, ProductFilter
from districts.models import (
    District,
    DistrictProduct,
    Naming,
    Product,
    Sector,
    State,
)
from portal.facets import Facet, FacetLink
from portal.naming import local_name


def listed(filterset: ProductFilter) -> QuerySet[Product]:
    """Each product with how many districts name it, those most named first.

    Where the list is narrowed to a State, its districts are counted.
    """
    counted = filterset.qs.annotate(
        district_count=naming_districts(filterset.chosen_state)
    )
    return counted.prefetch_related("hs_codes").order_by("-district_count", "name")


def naming_districts(state: State | None = None) -> Count:
    """How many living districts name a product today: all of them, or of one State."""
    districts = District.objects.living()
    if state:
        districts = districts.filter(state=state)
    current = Q(places__until=None, places__district__in=districts.order_by())
    return Count("places", filter=current, distinct=True)


def facets(filterset: ProductFilter, asked: QueryDict) -> list[Facet]:
    """What the list can be narrowed by, with how many products that would leave.

    Four queries beside those of the filters that were asked for.
    """
    if not filterset.is_valid():
        return []
    found, labels = _values(), _labels()
    shown = []
    for name in FACETS:
        kept = filterset.keys(but=name)
        pairs = found[name]
        numbers = Counter(value for key, value in pairs if kept is None or key in kept)
        title = str(filterset.filters[name].label)
        shown.append(Facet(title, _links(name, labels[name], numbers, asked)))
    return shown


def _values() -> dict[str, set[tuple[int, str]]]:
    """For each facet, the products with each of their values."""
    rows = list(Product.objects.values_list("pk", "sector", "kind", "gi_number"))
    named = DistrictProduct.objects.current().order_by()
    return {
        "sector": {(key, sector) for key, sector, _kind, _number in rows},
        "kind": {(key, kind) for key, _sector, kind, _number in rows},
        "scheme": set(
            named.exclude(namings=None).values_list("product", "namings__scheme")
        ),
        "gi": {(key, "true") for key, _s, _k, number in rows if number is not None},
        "state": set(named.values_list("product", "district__state__slug")),
    }


def _labels() -> dict[str, dict[str, str]]:
    return {
        "sector": {one.value: str(one.label) for one in Sector},
        "kind": {one.value: str(one.label) for one in Product.Kind},
        "scheme": {one.value: str(one.label) for one in Naming.Scheme},
        "gi": {"true": _("Registered")},
        "state": {state.slug: local_name(state) for state in State.objects.all()},
    }


def _links(
    name: str, labels: Mapping[str, str], numbers: Counter[str], asked: QueryDict
) -> list[FacetLink]:
    """The values that some product has, the most frequent first; the chosen one too."""
    chosen = asked.get(name)
    values = [value for value in labels if numbers[value] or value == chosen]
    return [
        FacetLink.of(
            asked,
            name,
            value,
            label=labels[value],
            count=numbers[value],
        )
        for value in sorted(values, key=lambda v: (-numbers[v], labels[v]))
    ]
