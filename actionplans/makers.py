"""Who makes what: every product of the catalogue with the districts that name it.

Drawn from the atlas and kept as long as it, so that counts of products and districts
under a code, a sector or a class of services agree with each other and with the lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from actionplans.atlas import Atlas, Place
from districts.models import (
    CHAPTER_DIGITS,
    HEADING_DIGITS,
    DistrictProduct,
    HSCode,
    Product,
)


@dataclass(frozen=True, slots=True)
class Made:
    """A product or service, and the places that name it today, by name."""

    product: Product
    places: list[Place]


@dataclass(frozen=True, eq=False, slots=True)
class Makers:
    """Everything that is made: those most named first, and by HS code.

    `at` has what bears exactly a code, `under` also what bears a code below it.
    """

    made: list[Made]
    at: dict[str, list[Made]]
    under: dict[str, list[Made]]

    def of(self, code: str) -> list[Made]:
        return self.under.get(code, [])


@lru_cache(maxsize=4)
def makers(atlas: Atlas) -> Makers:
    """Made once for each atlas, that is for each language and data version."""
    made = _made(atlas)
    at: defaultdict[str, list[Made]] = defaultdict(list)
    under: defaultdict[str, dict[int, Made]] = defaultdict(dict)
    sections = _sections()
    codes = _codes()
    for one in made:
        for code in codes[one.product.pk]:
            at[code].append(one)
            for above in _way_up(code, sections):
                # Once, though it may bear several codes below this one.
                under[above][one.product.pk] = one
    return Makers(
        made, dict(at), {code: list(own.values()) for code, own in under.items()}
    )


def places_of(made: Iterable[Made]) -> list[Place]:
    """The places that name any of these, each once, by name."""
    found = {place.key: place for one in made for place in one.places}
    return sorted(found.values(), key=lambda place: (place.name, place.key))


def number_of_places(made: Iterable[Made]) -> int:
    return len({place.key for one in made for place in one.places})


def _made(atlas: Atlas) -> list[Made]:
    named = defaultdict(list)
    rows = DistrictProduct.objects.filter(until=None).order_by()
    for product, district in rows.values_list("product", "district"):
        named[district].append(product)
    places: defaultdict[int, list[Place]] = defaultdict(list)
    for place in atlas.places:
        for product in named[place.key]:
            places[product].append(place)
    products = Product.objects.select_related("service_category").order_by("name")
    made = [Made(product, places[product.pk]) for product in products]
    return sorted(made, key=lambda one: -len(one.places))


def _codes() -> dict[int, list[str]]:
    """The HS codes of each product."""
    found = defaultdict(list)
    links = Product.hs_codes.through._default_manager.order_by("hscode__code")
    for product, code in links.values_list("product", "hscode__code"):
        found[product].append(code)
    return found


def _sections() -> dict[str, str]:
    """The section of each chapter."""
    chapters = HSCode.objects.filter(parent__parent=None, parent__isnull=False)
    return dict(chapters.order_by().values_list("code", "parent__code"))


def _way_up(code: str, sections: dict[str, str]) -> list[str]:
    """A code and all above it."""
    if not code[0].isdigit():
        return [code]
    section = sections.get(code[:CHAPTER_DIGITS])
    parts = dict.fromkeys([code, code[:HEADING_DIGITS], code[:CHAPTER_DIGITS]])
    return [*parts, section] if section else [*parts]
