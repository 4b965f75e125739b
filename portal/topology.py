"""Areas that share their borders: TopoJSON read into points, rings and neighbours.

A border between two areas is kept once, as an arc; an area is made of rings of arcs,
and two areas that name the same arc are neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

# Degrees east and north.
Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Area:
    """What is known of an area, and the arcs of its rings.

    The number of an arc that runs the other way is its complement.
    """

    known: Mapping[str, Any]
    rings: list[list[int]]

    @property
    def arcs(self) -> Iterator[int]:
        """Each with the number that it has whichever way it runs."""
        return (max(arc, ~arc) for ring in self.rings for arc in ring)


@dataclass(frozen=True, slots=True)
class Topology:
    arcs: list[Ring]
    areas: list[Area]

    @classmethod
    def of(cls, found: Mapping[str, Any], name: str) -> Topology:
        """The areas of the collection of this name."""
        scale, shift = found["transform"]["scale"], found["transform"]["translate"]
        return cls(
            [_decoded(arc, scale, shift) for arc in found["arcs"]],
            [_area(geometry) for geometry in found["objects"][name]["geometries"]],
        )

    def rings(self, area: Area) -> list[Ring]:
        return [list(self._points(ring)) for ring in area.rings]

    def borders(self) -> dict[int, Counter[int]]:
        """By the place of an area in the list: those it borders, with how many arcs."""
        found = {place: Counter[int]() for place in range(len(self.areas))}
        owners: dict[int, list[int]] = {}
        for place, area in enumerate(self.areas):
            for arc in area.arcs:
                owners.setdefault(arc, []).append(place)
        for both in owners.values():
            for one in both:
                others = (other for other in both if other != one)
                found[one].update(others)
        return found

    def _points(self, ring: Iterable[int]) -> Iterator[Point]:
        """Where one arc ends, the next begins: that point comes once."""
        for arc in ring:
            points = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            yield from points[1:]


def _decoded(
    arc: Iterable[Sequence[int]], scale: Sequence[float], shift: Sequence[float]
) -> Ring:
    """Each position is kept as the way from the one before it."""
    across, along = zip(*arc, strict=True)
    return [
        (x * scale[0] + shift[0], y * scale[1] + shift[1])
        for x, y in zip(accumulate(across), accumulate(along), strict=True)
    ]


def _area(geometry: Mapping[str, Any]) -> Area:
    arcs = geometry["arcs"]
    polygons = [arcs] if geometry["type"] == "Polygon" else arcs
    return Area(geometry["properties"], [ring for rings in polygons for ring in rings])
