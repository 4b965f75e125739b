"""Who makes what: every product of the catalogue with the places that name it.

Drawn from the catalogue and the atlas and kept as long as these, so that counts of
products and districts under a code, a sector or a class of services agree with each
other and with the lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actionplans.atlas import Atlas, Place, kept
from districts.catalogue import Catalogue, Making
from districts.codes import wider
from districts.models import CHAPTER_DIGITS, HSCode, Product, State
from portal.naming import alphabetical


@dataclass(frozen=True, slots=True)
class Made:
    """A product or service, and the places that name it today, by name."""

    product: Product
    places: list[Place]


ByCode = dict[str, list[Made]]


@dataclass(frozen=True, eq=False, slots=True)
class Makers:
    """Everything that is made: those most named first, and by HS code.

    `at` has what bears exactly a code, `under` also what bears a code below it. The
    living districts stand in `places` by their keys, in `addresses` by State and slug.
    """

    catalogue: Catalogue
    places: dict[int, Place]
    addresses: dict[str, Place]
    made: list[Made]
    at: ByCode
    under: ByCode

    def of(self, code: str) -> list[Made]:
        return self.under.get(code, [])

    def within(self, state: State) -> list[Made]:
        """What its districts name: with these alone, those most named there first."""
        here = [
            Made(one.product, [p for p in one.places if p.state.pk == state.pk])
            for one in self.made
        ]
        named = (one for one in here if one.places)
        return sorted(named, key=lambda one: (-len(one.places), one.product.name))

    def of_family(self, product: Product) -> list[Place]:
        """The places that name it or one of its varieties, each once, by name."""
        rows = self.naming(self.catalogue.family(product))
        return _by_name({place.key: place for _making, place in rows}.values())

    def naming(self, products: Iterable[Product]) -> list[tuple[Making, Place]]:
        """What living districts say of these products."""
        return _naming(products, self.catalogue, self.places)


@kept
def makers(atlas: Atlas) -> Makers:
    """Made once for each atlas, that is for each language and data version."""
    catalogue = Catalogue.current()
    places = {place.key: place for place in atlas.places}
    made = []
    for product in catalogue.products.values():
        rows = _naming([product], catalogue, places)
        made.append(Made(product, _by_name(place for _making, place in rows)))
    made.sort(key=lambda one: -len(one.places))
    at, under = _by_code(made, catalogue)
    addresses = {f"{place.state.slug}/{place.slug}": place for place in atlas.places}
    return Makers(catalogue, places, addresses, made, at, under)


def places_of(made: Iterable[Made]) -> list[Place]:
    """The places that name any of these, each once, by name."""
    found = {place.key: place for one in made for place in one.places}
    return _by_name(found.values())


def number_of_places(made: Iterable[Made]) -> int:
    return len({place.key for one in made for place in one.places})


def _by_name(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (alphabetical(place), place.key))


def _naming(
    products: Iterable[Product], catalogue: Catalogue, places: Mapping[int, Place]
) -> list[tuple[Making, Place]]:
    return [
        (making, places[making.district])
        for product in products
        for making in catalogue.makings.get(product.pk, ())
        if making.district in places
    ]


def _by_code(made: Iterable[Made], catalogue: Catalogue) -> tuple[ByCode, ByCode]:
    """What bears exactly each code; what bears it or one below."""
    at: defaultdict[str, list[Made]] = defaultdict(list)
    under: defaultdict[str, dict[int, Made]] = defaultdict(dict)
    chapters = HSCode.objects.filter(parent__parent=None, parent__isnull=False)
    sections = dict(chapters.order_by().values_list("code", "parent__code"))
    for one in made:
        for code in catalogue.codes.get(one.product.pk, ()):
            at[code].append(one)
            section = sections.get(code[:CHAPTER_DIGITS], code)
            for above in {code, *wider(code), section}:
                # Once, though it may bear several codes below this one.
                under[above][one.product.pk] = one
    return dict(at), {code: list(own.values()) for code, own in under.items()}
