"""What is known of several products, gathered to stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Value

from actionplans.atlas import Atlas, Place, by_state
from actionplans.models import Indicator, Plan, Target
from actionplans.views.overview import Overview, overview
from districts.listing import naming_districts
from districts.models import (
    HEADING_DIGITS,
    DistrictProduct,
    GIRegistration,
    Naming,
    Product,
    RegionalAuthority,
    State,
)
from portal.naming import local_name

OFFERED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductColumn:
    """A product: who names it, how far their plans are, whom to ask.

    `schemes` and `states` count the districts, `offices` too, the busiest first;
    `targets` counts those on it in plans in force, by indicator.
    """

    product: Product
    places: list[Place]
    overview: Overview
    states: list[tuple[State, int]]
    schemes: list[tuple[Naming.Scheme, int]]
    registrations: list[GIRegistration]
    targets: list[tuple[Indicator, int]]
    offices: list[tuple[RegionalAuthority, int]]

    @property
    def name(self) -> str:
        return local_name(self.product)

    @property
    def is_provisional(self) -> bool:
        """Whether any of the offices is a guess."""
        held = (place.jurisdiction for place in self.places)
        return any(row.is_provisional for row in held if row)

    @property
    def target_count(self) -> int:
        return sum(count for _indicator, count in self.targets)


@dataclass(frozen=True, slots=True)
class Products:
    """The columns, and the districts that name them all."""

    columns: list[ProductColumn]
    shared: list[Place]


def side_by_side(slugs: Collection[str], atlas: Atlas) -> Products:
    """Eight queries for any number of products."""
    rows = Product.objects.filter(slug__in=slugs).select_related("service_category")
    known = {row.slug: row for row in rows.prefetch_related("hs_codes")}
    chosen = [known[slug] for slug in slugs if slug in known]
    namings, targets, registered = _namings(chosen), _targets(chosen), _gi(chosen)
    columns = []
    for product in chosen:
        named = {(place, scheme) for pk, place, scheme in namings if pk == product.pk}
        keys = {key for key, _scheme in named}
        places = [place for place in atlas.places if place.key in keys]
        living = {place.key for place in places}
        columns.append(
            ProductColumn(
                product=product,
                places=places,
                overview=overview(places, product=product.slug),
                states=[(state, len(own)) for state, own in by_state(places)],
                schemes=_schemes([pair for pair in named if pair[0] in living]),
                registrations=registered.get(product.gi_number or 0, []),
                targets=targets.get(product.pk, []),
                offices=_offices(places),
            )
        )
    named_by = Counter(place.key for column in columns for place in column.places)
    shared = atlas.where(lambda place: named_by[place.key] == len(columns))
    return Products(columns, shared)


def _namings(products: list[Product]) -> set[tuple[int, int, str]]:
    """Product, district and scheme; an empty scheme where no source names it."""
    rows = DistrictProduct.objects.filter(product__in=products, until=None)
    known = rows.order_by().values_list("product", "district", "namings__scheme")
    return {(product, district, scheme or "") for product, district, scheme in known}


def _schemes(rows: list[tuple[int, str]]) -> list[tuple[Naming.Scheme, int]]:
    """How many districts are named by each scheme."""
    counted = Counter(scheme for _district, scheme in rows if scheme)
    return [(scheme, counted[scheme]) for scheme in Naming.Scheme if counted[scheme]]


def _gi(products: list[Product]) -> dict[int, list[GIRegistration]]:
    numbers = [product.gi_number for product in products if product.gi_number]
    rows = GIRegistration.objects.filter(number__in=numbers)
    found: dict[int, list[GIRegistration]] = {}
    for row in rows.prefetch_related("states"):
        found.setdefault(row.number, []).append(row)
    return found


def _targets(products: list[Product]) -> dict[int, list[tuple[Indicator, int]]]:
    """Those in plans in force, by indicator, the most used first."""
    rows = Target.objects.filter(
        plan_product__product__in=products,
        plan__in=Plan.objects.followed().order_by(),
    )
    counted = rows.order_by().values_list("plan_product__product", "indicator")
    counts = list(counted.annotate(count=Count("pk")).order_by("-count", "indicator"))
    indicators = Indicator.objects.in_bulk([key for _p, key, _n in counts])
    found: dict[int, list[tuple[Indicator, int]]] = {}
    for product, key, count in counts:
        found.setdefault(product, []).append((indicators[key], count))
    return found


def _offices(places: list[Place]) -> list[tuple[RegionalAuthority, int]]:
    held = [place.jurisdiction.ra for place in places if place.jurisdiction]
    return Counter(held).most_common()


def akin(product: Product) -> list[Product]:
    """Others of its sector to compare it with, near ones first.

    Those under one heading of the Harmonized System, then those that most districts
    name; two queries.
    """
    headings = {code.code[:HEADING_DIGITS] for code in product.hs_codes.all()}
    under = Q(*[("hscode__code__startswith", h) for h in headings], _connector=Q.OR)
    links = Product.hs_codes.through._default_manager.filter(product=OuterRef("pk"))
    is_near = Exists(links.filter(under)) if headings else Value(value=False)
    rows = Product.objects.filter(sector=product.sector).exclude(pk=product.pk)
    rows = rows.annotate(is_near=is_near, district_count=naming_districts())
    return list(rows.order_by("-is_near", "-district_count", "name")[:OFFERED])
