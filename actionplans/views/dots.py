"""The map of the country as dots, some of them marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.atlas import Atlas, Place, kept
from actionplans.views.overview import ghosts
from portal.tiles import Tile, dots


@dataclass(frozen=True, slots=True)
class DotMap:
    """The paths that `_ui/dotmap.html` draws, and how many districts they mark."""

    all: str
    marked: str
    count: int


def dot_map(atlas: Atlas, marked: Iterable[Place]) -> DotMap:
    places = list(marked)
    spots = [(place.column, place.row) for place in places]
    tiles = [Tile(c, r, 0) for c, r in spots if c is not None and r is not None]
    return DotMap(_everywhere(atlas), dots(tiles), len(places))


@kept
def _everywhere(atlas: Atlas) -> str:
    return dots(ghosts(atlas))
