"""Numbers to shapes: the geometry of our small charts, as text for SVG attributes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

# A bullet is 244 wide: the track lies between 4 and 236.
TRACK_START, TRACK_WIDTH = 4, 232
SPARK_WIDTH, SPARK_LEFT, SPARK_BOTTOM, SPARK_HEIGHT = 74, 3, 21, 17
LEAST_PART = 0.5
# A line chart is 470 wide and 206 high; its lines lie between these.
LINES_LEFT, LINES_RIGHT, LINES_TOP, LINES_FLOOR = 24, 446, 34, 176
# A line that ends left of this has room for its name beside its last point.
ROOM_BESIDE = 290


def share(value: int, of: int) -> str:
    """Per cent of the width, for a bar; nothing of nothing is nothing."""
    return f"{100 * value / of:.1f}" if of else "0"


@dataclass(frozen=True, slots=True)
class Bullet:
    """From baseline to goal: what was expected by now, and how far it has come."""

    expected: str
    mark: str
    actual: str

    @classmethod
    def of(cls, actual: Fraction | None, expected: Fraction | None) -> Bullet:
        """Shares of the way; bars are cut at 0 and just above 1, figures are not."""
        band = _cut(expected or Fraction(0))
        return cls(
            expected=f"{band:.1f}",
            mark=f"{TRACK_START + band - 1:.1f}",
            actual="" if actual is None else f"{_cut(actual):.1f}",
        )


def _cut(share_of_way: Fraction) -> float:
    return TRACK_WIDTH * float(max(Fraction(0), min(Fraction(103, 100), share_of_way)))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stacked bar, in per cent of its width."""

    name: str
    start: str
    width: str


def meter(counts: Iterable[tuple[str, int]]) -> list[Part]:
    """Parts of a whole side by side, with a hair's gap."""
    rows = list(counts)
    total = sum(count for _name, count in rows) or 1
    parts, start = [], 0.0
    for name, count in rows:
        width = 100 * count / total
        drawn = max(width - 0.4, LEAST_PART) if count else 0
        parts.append(Part(name, f"{start:.2f}", f"{drawn:.2f}"))
        start += width
    return parts


def spark(values: Sequence[int | None]) -> tuple[str, str, str]:
    """Path, and x and y of the last point, of a line through the values there are."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(known) < 2:  # noqa: PLR2004
        return "", "", ""
    low = min(value for _at, value in known)
    span = (max(value for _at, value in known) - low) or 1
    step = SPARK_WIDTH / (len(values) - 1)
    points = [
        (
            f"{SPARK_LEFT + at * step:.1f}",
            f"{SPARK_BOTTOM - SPARK_HEIGHT * (value - low) / span:.1f}",
        )
        for at, value in known
    ]
    return "M" + " L".join(f"{x} {y}" for x, y in points), *points[-1]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel: its silhouette down to the next, and its bar on a phone."""

    points: str
    width: str


def funnel(counts: Sequence[int]) -> list[Step]:
    """One step for each count, as high as its share of the first."""
    whole = counts[0] or 1
    tops = [100 - 100 * count / whole for count in counts]
    following = [*tops[1:], tops[-1]]
    return [
        Step(
            f"0,100 0,{top:.1f} 72,{top:.1f} 100,{after:.1f} 100,100",
            f"{100 - top:.1f}",
        )
        for top, after in zip(tops, following, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a line chart; it is not written again while it stays the same."""

    x: int
    y: int
    value: int
    is_written: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line through its points, with its name written at `x` and `y`."""

    name: str
    points: list[Point]
    x: int
    y: int
    anchor: str

    @property
    def path(self) -> str:
        return "M" + " L".join(f"{point.x} {point.y}" for point in self.points)


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over one axis of years, which starts at nought; None is no chart."""

    lines: list[Line]
    years: list[tuple[int, int]]


Values = Sequence[tuple[dt.date, int]]


def line_chart(series: Sequence[tuple[str, Values]]) -> LineChart | None:
    """A line for each series that has values, each in the order of its days."""
    known = [(name, values) for name, values in series if values]
    if not known:
        return None
    every = [pair for _name, values in known for pair in values]
    first, last = min(every)[0].year, max(every)[0].year + 1
    start, highest = dt.date(first, 1, 1), max(value for _day, value in every) or 1
    days = (dt.date(last, 1, 1) - start).days

    def across(day: dt.date) -> int:
        return LINES_LEFT + (LINES_RIGHT - LINES_LEFT) * (day - start).days // days

    def down(value: int) -> int:
        return LINES_FLOOR - (LINES_FLOOR - LINES_TOP) * value // highest

    lines = [
        _line(name, [(across(day), down(value), value) for day, value in values])
        for name, values in known
    ]
    years = [(year, across(dt.date(year, 1, 1))) for year in range(first, last + 1)]
    return LineChart(lines, years)


def _line(name: str, places: Sequence[tuple[int, int, int]]) -> Line:
    """Its name stands beside its end or, without room there, under its last stretch."""
    repeats = [False, *(before[2] == after[2] for before, after in pairwise(places))]
    points = [
        Point(*place, is_written=not again)
        for place, again in zip(places, repeats, strict=True)
    ]
    before, end = points[-2:][0], points[-1]
    if end.x < ROOM_BESIDE:
        return Line(name, points, end.x + 10, end.y + 5, "start")
    if len(points) == 1:
        return Line(name, points, end.x, end.y + 22, "end")
    middle, lower = (before.x + end.x) // 2, max(before.y, end.y)
    return Line(name, points, middle, lower + 22, "middle")
