"""Rings of degrees to paths of SVG: pure geometry on a small grid of whole numbers.

Equirectangular, with the cosine of the middle latitude. Points that fall together on
the grid are dropped, and so are those on the straight way between two others: both
sides of a border lose the same ones, so that nothing gapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import cos, hypot, radians

from portal.topology import Point, Ring

# The frame, the room for strokes along its edges, and how large a degree is at most:
# outlines are simplified, and a few corners across a whole page would be no land.
WIDTH, MARGIN, LARGEST = 400, 5, 1200
# Parts that fill less of the frame than this would be specks: they move together, with
# a gap, and the page says so. Parts nearer than the reach belong together.
LEAST_FILLED, GAP, REACH = 0.15, 18, 0.05
# Where the room in an area is looked for: on so many lines, then so often closer by.
LINES, CLOSER = 5, 3

Dot = tuple[int, int]
Box = tuple[float, float, float, float]
Side = tuple[Dot, Dot]


@dataclass(frozen=True, slots=True)
class Outline:
    """An area as drawn, and the point in it with the most room around it."""

    path: str
    x: int
    y: int
    room: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """The outlines of some areas, in their order, within one frame.

    `moved` says that parts which lie far apart were moved together.
    """

    outlines: list[Outline]
    height: int
    moved: bool

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"


def sheet(areas: Sequence[Sequence[Ring]]) -> Sheet:
    """These areas as large as they fit into a frame no higher than wide."""
    flat = _projected(areas)
    parts = _parts([_box(ring) for area in flat for ring in area])
    moved = len(parts) > 1 and _filled(parts) < LEAST_FILLED
    laid = _side_by_side(parts) if moved else _as_they_lie(parts)
    outlines = [_outline([laid.on_grid(ring) for ring in area]) for area in flat]
    return Sheet(outlines, laid.height, moved)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How large a degree is drawn, and where the corner of each part comes to lie."""

    scale: float
    corners: list[tuple[Box, Point]]
    height: int

    def on_grid(self, ring: Ring) -> list[Dot]:
        (left, top, *_rest), (x, y) = self._part(ring[0])
        dots = (
            (round(x + (a - left) * self.scale), round(y + (b - top) * self.scale))
            for a, b in ring
        )
        return _bends(dots)

    def _part(self, point: Point) -> tuple[Box, Point]:
        x, y = point
        return next(
            (box, corner)
            for box, corner in self.corners
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]
        )


def _projected(areas: Sequence[Sequence[Ring]]) -> list[list[Ring]]:
    """In degrees of latitude, to the right and down."""
    north = [y for area in areas for ring in area for _x, y in ring]
    narrow = cos(radians((min(north) + max(north)) / 2))
    return [[[(x * narrow, -y) for x, y in ring] for ring in area] for area in areas]


def _box(points: Iterable[Point]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _around(boxes: Iterable[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _parts(boxes: Sequence[Box]) -> list[Box]:
    """Boxes around what lies together, from west to east."""
    reach = REACH * max(_size(_around(boxes)))
    parts: list[Box] = []
    for box in boxes:
        together = box
        # What is joined is larger, and may touch more than the box did.
        while near := [part for part in parts if _touch(part, together, reach)]:
            parts = [part for part in parts if part not in near]
            together = _around([*near, together])
        parts.append(together)
    return sorted(parts)


def _touch(one: Box, other: Box, reach: float) -> bool:
    return all(
        one[side] - reach <= other[side + 2] and other[side] - reach <= one[side + 2]
        for side in (0, 1)
    )


def _filled(parts: Sequence[Box]) -> float:
    width, height = _size(_around(parts))
    return sum(w * h for w, h in map(_size, parts)) / (width * height)


def _as_they_lie(parts: Sequence[Box]) -> _Layout:
    whole = _around(parts)
    width, height = _size(whole)
    scale = min(LARGEST, (WIDTH - 2 * MARGIN) / max(width, height))
    left = (WIDTH - width * scale) / 2
    down = round(height * scale) + 2 * MARGIN
    return _Layout(scale, [(whole, (left, MARGIN))], down)


def _side_by_side(parts: Sequence[Box]) -> _Layout:
    """All at one scale, their middles on one line."""
    sizes = [_size(part) for part in parts]
    gaps = 2 * MARGIN + GAP * (len(parts) - 1)
    scale = (WIDTH - gaps) / sum(width for width, _height in sizes)
    deepest = max(height for _width, height in sizes)
    x, corners = float(MARGIN), []
    for part, (width, height) in zip(parts, sizes, strict=True):
        corners.append((part, (x, MARGIN + scale * (deepest - height) / 2)))
        x += width * scale + GAP
    return _Layout(scale, corners, round(scale * deepest) + 2 * MARGIN)


def _bends(dots: Iterable[Dot]) -> list[Dot]:
    """The points of a ring at which it turns."""
    ring = _apart(dots)
    around = zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True)
    kept = _apart(
        (x, y)
        for (a, b), (x, y), (c, d) in around
        if (x - a) * (d - y) != (y - b) * (c - x)
    )
    # What is too small to turn is still a speck of land.
    x, y = ring[0]
    return kept or [(x, y), (x + 1, y), (x, y + 1)]


def _apart(dots: Iterable[Dot]) -> list[Dot]:
    """None of them where the one before it is, all around the ring."""
    ring = [dot for dot, _same in groupby(dots)]
    return ring[1:] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _outline(rings: Sequence[list[Dot]]) -> Outline:
    sides = [side for ring in rings for side in pairwise([*ring, ring[0]])]
    largest = max(map(_box, rings), key=lambda box: min(_size(box)))
    x, y, room = _roomiest(sides, largest)
    return Outline("".join(map(_path, rings)), round(x), round(y), room)


def _path(ring: list[Dot]) -> str:
    """The first point, then the way to each next; the last one closes by itself."""
    (x, y), *_rest = ring
    way = " ".join(f"{c - a} {d - b}" for (a, b), (c, d) in pairwise(ring))
    # A minus parts two numbers as well as a space does.
    return f"M{x} {y}l{way}z".replace(" -", "-")


def _roomiest(sides: Sequence[Side], box: Box) -> tuple[float, float, float]:
    """The point farthest from every border, as nearly as a mark needs it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    across, down = (size / (LINES + 1) for size in _size(box))
    best = max(_looks(sides, x, y, (across, down), LINES // 2))
    for _ in range(CLOSER):
        across, down = across / 2, down / 2
        best = max(_looks(sides, *best[1:], (across, down), 1))
    return best[1], best[2], best[0]


def _looks(
    sides: Sequence[Side], x: float, y: float, step: tuple[float, float], reach: int
) -> Iterator[tuple[float, float, float]]:
    """The room at the points of a grid around this one."""
    for i in range(-reach, reach + 1):
        for j in range(-reach, reach + 1):
            at = x + i * step[0], y + j * step[1]
            yield _room(sides, *at), *at


def _room(sides: Sequence[Side], x: float, y: float) -> float:
    """How far it is to the nearest border; nothing from outside."""
    nearest, is_inside = float("inf"), False
    for (a, b), (c, d) in sides:
        across, down = c - a, d - b
        along = ((x - a) * across + (y - b) * down) / (across**2 + down**2)
        share = min(1, max(0, along))
        nearest = min(nearest, hypot(x - a - share * across, y - b - share * down))
        if (b > y) != (d > y) and x < across * (y - b) / down + a:
            is_inside = not is_inside
    return nearest if is_inside else 0
