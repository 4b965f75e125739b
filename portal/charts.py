"""Numbers to shapes: the geometry of our small charts, as text for SVG attributes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

# A bullet is 244 wide: the track lies between 4 and 236.
TRACK_START, TRACK_WIDTH = 4, 232
SPARK_WIDTH, SPARK_LEFT, SPARK_BOTTOM, SPARK_HEIGHT = 74, 3, 21, 17
LEAST_PART = 0.5


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
