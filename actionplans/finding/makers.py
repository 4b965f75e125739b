"""The districts that make what was asked for, and products with what is known of them.

Their facts are what the facets of the search page count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actionplans.atlas import Atlas, Place
from actionplans.finding.facets import Fact, Item
from actionplans.finding.question import YES, Exported
from districts.makers import Made, Makers, Thing
from portal.entries import Hit
from portal.naming import local_name


@dataclass(frozen=True, slots=True)
class Land:
    """The living districts by their keys and by their addresses; what they make."""

    places: dict[int, Place]
    addresses: dict[str, Place]
    makers: Makers

    @classmethod
    def of(cls, atlas: Atlas) -> Land:
        return cls(
            {place.key: place for place in atlas.places},
            {f"{place.state.slug}/{place.slug}": place for place in atlas.places},
            Makers.current(),
        )

    def making(self, things: Iterable[Thing]) -> list[tuple[Made, Place]]:
        rows = ((made, self.places.get(made.district)) for made in self._made(things))
        return [(made, place) for made, place in rows if place]

    def _made(self, things: Iterable[Thing]) -> Iterator[Made]:
        for thing in things:
            yield from self.makers.made.get(thing.key, ())


@dataclass(frozen=True, slots=True)
class Maker:
    """A district that names the product asked for, or varieties of it."""

    place: Place
    made: list[Made]

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
    def things(self) -> list[Thing]:
        return [made.thing for made in self.made]


@dataclass(frozen=True, slots=True)
class Find:
    """Something found by its name: a district comes with its place in the atlas, a
    product with how many districts name it.
    """

    hit: Hit
    place: Place | None = None
    district_count: int | None = None


def makers_of(things: Iterable[Thing], land: Land, *, by_state: bool) -> list[Maker]:
    """The districts that name any of these; else plans furthest along first."""
    found: dict[int, Maker] = {}
    for made, place in land.making(things):
        found.setdefault(place.key, Maker(place, [])).made.append(made)
    if by_state:
        return sorted(found.values(), key=_state_and_name)
    return sorted(found.values(), key=lambda row: (-row.place.standing.stage, row.name))


def _state_and_name(maker: Maker) -> tuple[str, str]:
    return local_name(maker.place.state), maker.name


def maker_item(maker: Maker) -> Item[Maker]:
    return Item(maker, [_fact(made.thing, made, maker.place) for made in maker.made])


def product_item(find: Find, land: Land) -> Item[Find]:
    """A product that no district names has the facts of its own alone."""
    thing = land.makers.things.get(find.hit.entry.key)
    if not thing:
        return Item(find, [])
    facts = [_fact(thing, made, place) for made, place in land.making([thing])]
    return Item(find, facts or [_fact(thing, None, None)])


def _fact(thing: Thing, made: Made | None, place: Place | None) -> Fact:
    return {
        "stage": [place.standing.stage.slug] if place else [],
        "state": [place.state.slug] if place else [],
        "sector": [thing.sector],
        "scheme": made.schemes if made else [],
        "gi": [YES] if thing.gi_number else [],
        "export": [made.exported or Exported.UNKNOWN.value] if made else [],
    }
