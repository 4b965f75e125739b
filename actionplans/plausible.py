"""What is unusual about a goal: each thing asks a question, and none is refused.

Pure and exact: a pace is a whole number of hundredths of a per cent a year, rounded
down. It counts towards the goal, so that a rise from 10 to 20 and a fall from 20 to 10
have the same one; of a share it is points a year. Less than a year counts as a year.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from statistics import median_low
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.progress import Direction, Kind
from portal.numbers import hundredths, percent
from portal.periods import written

MONTHS_A_YEAR = 12
# Four years have 1,461 days and 48 months.
DAYS_OF_FOUR_YEARS, MONTHS_OF_FOUR_YEARS = 1461, 48
WHOLE = 100_00
# Above these a goal asks why. An amount in a year that grows by 25 % doubles in a
# little over three years; counts and sums begin small, and double in under two at
# 50 %; a share that gains 20 points a year has gone all the way in five.
USUAL_PACE: Mapping[str, int] = {
    Kind.YEARLY: 25_00,
    Kind.TOTAL: 50_00,
    Kind.STOCK: 50_00,
    Kind.RATE: 20_00,
}
# The median of fewer districts says nothing; and so it is far from others.
LEAST_PEERS = 5
TIMES = 3
# Paces closer than five points a year are alike, whatever their ratio.
ALIKE = 5_00


class Promise(Protocol):
    """What is looked at of a target; values in hundredths of its unit."""

    @property
    def kind(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def baseline(self) -> int: ...
    @property
    def baseline_on(self) -> date: ...
    @property
    def goal(self) -> int: ...
    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Pledge:
    """A target in plain values, as far as its pace needs them."""

    kind: str
    direction: str
    baseline: int
    goal: int
    baseline_on: date
    due_on: date


class Topic(StrEnum):
    """What a question is about."""

    GROWTH = "growth"
    AFTER_THE_PLAN = "after-the-plan"
    PEERS = "peers"
    SHARE = "share"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered in words, which are published with the target."""

    topic: Topic
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Past:
    """How the exports of the district grew, between two years, by recorded figures."""

    first: str
    last: str
    pace: int


def questions(
    promise: Promise,
    peers: Sequence[int] = (),
    *,
    ends_on: date | None = None,
    past: Past | None = None,
    marks: Iterable[tuple[date, int]] = (),
) -> list[Question]:
    """All that the target asks, beside the paces of peers with the same indicator."""
    return [
        *_share(promise),
        *_growth(promise, past),
        *_after_the_plan(promise, ends_on),
        *_far_from_peers(promise, peers),
        *_aside(promise, marks),
    ]


def pace(promise: Promise) -> int | None:
    """How fast the goal is approached; None if no yearly rate can be said."""
    if promise.kind == Kind.DONE:
        return None
    ahead = promise.goal - promise.baseline
    if promise.direction == Direction.DOWN:
        ahead = -ahead
    if ahead <= 0:
        return None
    months = max(MONTHS_A_YEAR, months_between(promise.baseline_on, promise.due_on))
    if promise.kind == Kind.RATE:
        return ahead * MONTHS_A_YEAR // months
    low, high = sorted((promise.baseline, promise.goal))
    return compound(low, high, months) if low > 0 else None


def months_between(first: date, last: date) -> int:
    """To the nearest month."""
    parts = (last - first).days * MONTHS_OF_FOUR_YEARS
    return (2 * parts + DAYS_OF_FOUR_YEARS) // (2 * DAYS_OF_FOUR_YEARS)


def compound(low: int, high: int, months: int) -> int:
    """The yearly growth that leads from low to high, at least a year later."""
    common = math.gcd(months, MONTHS_A_YEAR)
    every, year = months // common, MONTHS_A_YEAR // common
    reached, begun = high**year, low**year

    def fits(rate: int) -> bool:
        return begun * (WHOLE + rate) ** every <= reached * WHOLE**every

    return _largest(fits, near=_guess(low, high, months), below=WHOLE * high // low + 1)


def _guess(low: int, high: int, months: int) -> int:
    """Only where to look first: floating point does not decide."""
    log = (math.log(high) - math.log(low)) * MONTHS_A_YEAR / months
    return int(math.expm1(log) * WHOLE)


def _largest(fits: Callable[[int], bool], *, near: int, below: int) -> int:
    """The largest number from 0 that fits, where all up to it do."""
    low, high = max(0, near - 1), near + 2
    if not fits(low) or fits(high):
        low, high = 0, below
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _share(promise: Promise) -> Iterator[Question]:
    if promise.kind == Kind.RATE and not 0 <= promise.goal <= WHOLE:
        sentence = _("A share lies between 0 and 100; this goal is %(goal)s.")
        yield Question(Topic.SHARE, sentence % {"goal": hundredths(promise.goal)})


def _growth(promise: Promise, past: Past | None) -> Iterator[Question]:
    own = pace(promise)
    if own is None:
        return
    is_unlike = past is not None and _is_far(own, past.pace) and own > past.pace
    if own > USUAL_PACE[promise.kind] or is_unlike:
        sentences = [_from_to(promise) % _words(promise, own)]
        if past:
            sentences.append(_of_the_past(past))
        yield Question(Topic.GROWTH, " ".join(sentences))


def _from_to(promise: Promise) -> str:
    if promise.kind == Kind.RATE:
        return _("From %(baseline)s to %(goal)s in %(time)s is %(pace)s points a year.")
    if promise.direction == Direction.DOWN:
        return _(
            "From %(baseline)s to %(goal)s in %(time)s is a fall of %(pace)s a year."
        )
    return _("From %(baseline)s to %(goal)s in %(time)s is %(pace)s a year.")


def _words(promise: Promise, own: int) -> dict[str, str]:
    months = months_between(promise.baseline_on, promise.due_on)
    return {
        "baseline": hundredths(promise.baseline),
        "goal": hundredths(promise.goal),
        "time": _time(months),
        "pace": _shown(promise, own),
    }


def _time(months: int) -> str:
    years, rest = divmod(months, MONTHS_A_YEAR)
    if years and not rest:
        return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    return ngettext("%(months)d month", "%(months)d months", months) % {
        "months": months
    }


def _shown(promise: Promise, own: int) -> str:
    """A pace as people say it: a fall never loses more than there is."""
    if promise.kind == Kind.RATE:
        return hundredths(own)
    of = WHOLE + own if promise.direction == Direction.DOWN else WHOLE
    return percent(Fraction(own, of))


def _of_the_past(past: Past) -> str:
    sentence = (
        _("The district's exports grew %(pace)s a year from %(first)s to %(last)s.")
        if past.pace >= 0
        else _(
            "The district's exports fell %(pace)s a year from %(first)s to %(last)s."
        )
    )
    return sentence % {
        "pace": percent(Fraction(abs(past.pace), WHOLE)),
        "first": past.first,
        "last": past.last,
    }


def _after_the_plan(promise: Promise, ends_on: date | None) -> Iterator[Question]:
    if ends_on and promise.due_on > ends_on:
        sentence = _("It is due on %(day)s, and the plan ends on %(end)s.")
        days = {"day": written(promise.due_on), "end": written(ends_on)}
        yield Question(Topic.AFTER_THE_PLAN, sentence % days)


def _far_from_peers(promise: Promise, peers: Sequence[int]) -> Iterator[Question]:
    own = pace(promise)
    if own is None or len(peers) < LEAST_PEERS:
        return
    usual = median_low(peers)
    if not _is_far(own, usual):
        return
    sentence = (
        _(
            "Half of %(count)d other districts go for less than %(median)s points a"
            " year, half for more; this target goes for %(pace)s points."
        )
        if promise.kind == Kind.RATE
        else _(
            "Half of %(count)d other districts go for less than %(median)s a year, half"
            " for more; this target goes for %(pace)s."
        )
    )
    yield Question(
        Topic.PEERS,
        sentence
        % {
            "count": len(peers),
            "median": _shown(promise, usual),
            "pace": _shown(promise, own),
        },
    )


def _aside(promise: Promise, marks: Iterable[tuple[date, int]]) -> Iterator[Question]:
    """What adds up begins at nothing, all else at its baseline."""
    begun = 0 if promise.kind == Kind.TOTAL else promise.baseline
    low, high = sorted((begun, promise.goal))
    aside = [(day, value) for day, value in marks if not low <= value <= high]
    if aside:
        day, value = min(aside)
        sentence = _(
            "The mark of %(value)s by %(day)s lies outside the way to the goal."
        )
        words = {"value": hundredths(value), "day": written(day)}
        yield Question(Topic.MARKS, sentence % words)


def _is_far(own: int, usual: int) -> bool:
    """More than three times as fast, or less than a third."""
    if abs(own - usual) <= ALIKE:
        return False
    return own > TIMES * usual or TIMES * own < usual
