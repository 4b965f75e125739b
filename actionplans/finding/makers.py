"""The districts that make what was asked for, and products with what is known of them.

Their facts are what the facets of the search page count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.atlas import Place
from actionplans.finding.facets import Fact, Item
from actionplans.finding.question import YES, Exported
from actionplans.makers import Makers
from districts.catalogue import Making
from districts.models import Product
from portal.entries import Hit
from portal.naming import alphabetical, local_name


@dataclass(frozen=True, slots=True)
class Maker:
    """A district that names the product asked for, or varieties of it."""

    place: Place
    made: list[Making]

    @property
    def name(self) -> str:
        return local_name(self.place)

    @property
    def schemes(self) -> list[str]:
        return sorted({scheme for made in self.made for scheme in made.schemes})

    @property
    def wordings(self) -> list[str]:
        """The words of the sources, each once."""
        words = (wording for made in self.made for wording in made.wordings)
        return list(dict.fromkeys(words))

    @property
    def things(self) -> list[Product]:
        return [made.product for made in self.made]


@dataclass(frozen=True, slots=True)
class Find:
    """Something found by its name: a district comes with its place in the atlas, a
    product with how many districts name it.
    """

    hit: Hit
    place: Place | None = None
    district_count: int | None = None


def makers_of(
    family: Iterable[Product], known: Makers, *, by_state: bool
) -> list[Maker]:
    """The districts that name any of these; else plans furthest along first."""
    found: dict[int, Maker] = {}
    for made, place in known.naming(family):
        found.setdefault(place.key, Maker(place, [])).made.append(made)
    if by_state:
        return sorted(found.values(), key=_state_and_name)
    return sorted(found.values(), key=_stage_and_name)


def _stage_and_name(maker: Maker) -> tuple[int, str]:
    return -maker.place.standing.stage, alphabetical(maker.place)


def _state_and_name(maker: Maker) -> tuple[str, str]:
    return alphabetical(maker.place.state), alphabetical(maker.place)


def maker_item(maker: Maker) -> Item[Maker]:
    return Item(maker, [_fact(made.product, made, maker.place) for made in maker.made])


def product_item(find: Find, known: Makers) -> Item[Find]:
    """A product that no district names has the facts of its own alone."""
    product = known.catalogue.products.get(find.hit.entry.key)
    if not product:
        return Item(find, [])
    facts = [_fact(product, made, place) for made, place in known.naming([product])]
    return Item(find, facts or [_fact(product, None, None)])


def _fact(product: Product, made: Making | None, place: Place | None) -> Fact:
    return {
        "stage": [place.standing.stage.slug] if place else [],
        "state": [place.state.slug] if place else [],
        "sector": [product.sector],
        "scheme": made.schemes if made else [],
        "gi": [YES] if product.gi_number else [],
        "export": [made.exported or Exported.UNKNOWN.value] if made else [],
    }
