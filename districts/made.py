"""What the districts of a State make: the products that most name, and the sectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from districts.models import District, Product, Sector, State

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Made:
    """Products with how many districts name them today (`named_by`), most named first.

    `sectors` are those of all the products, each with how many products it has.
    """

    products: Sequence[Product]
    sectors: list[tuple[Sector, int]]
    total: int


def made_in(state: State) -> Made:
    """One query."""
    here = District.objects.living().filter(state=state).order_by()
    current = Q(places__until=None, places__district__in=here)
    rows = (
        Product.objects.filter(current)
        .annotate(named_by=Count("places"))
        .only("slug", "name", "name_hi", "sector")
        .order_by("-named_by", "name")
    )
    products = list(rows)
    sectors = Counter(Sector(product.sector) for product in products)
    return Made(products[:MOST_NAMED], sectors.most_common(), len(products))
