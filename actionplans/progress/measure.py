"""From a goal and its figures to progress, expectation and verdict on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from actionplans.progress.goal import WHOLE, ZERO, Figure, Goal, Kind, nearest
from actionplans.progress.series import (
    Point,
    RunningYear,
    known_figures,
    running_year,
    series,
)
from portal.periods import QUARTERS_A_YEAR, Quarter

ON_TRACK_FROM = Fraction(85, 100)
AT_RISK_FROM = Fraction(60, 100)
# Bars end a little behind the goal, so that more than the whole can be seen.
BAR_END = Fraction(103, 100)
RECENT = 2


class Verdict(TextChoices):
    ACHIEVED = "achieved", _("Achieved")
    ACHIEVED_NOW_BELOW = "achieved-now-below", _("Achieved, now below")
    ACHIEVED_LATE = "achieved-late", _("Achieved late")
    NOT_MET = "not-met", _("Not met")
    NOT_DUE_YET = "not-due-yet", _("Not due yet")
    NO_DATA = "no-data", _("No data")
    NO_RECENT_FIGURE = "no-recent-figure", _("No recent figure")
    ON_TRACK = "on-track", _("On track")
    AT_RISK = "at-risk", _("At risk")
    OFF_TRACK = "off-track", _("Off track")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a target stands on a day, with everything its working needs."""

    goal: Goal
    on: date
    progress: Fraction | None
    expected: Fraction
    expected_on: date
    latest: Point | None
    reached: Point | None
    # The quarters whose figure is due or given, and those of them without one.
    asked: tuple[Quarter, ...]
    missing: tuple[Quarter, ...]
    running: RunningYear | None

    @property
    def actual(self) -> int | None:
        """The value so far in the indicator's unit; of a total, what was in time."""
        return nearest(self.latest.value) if self.latest else None

    @property
    def expected_value(self) -> int:
        return self.goal.value_at(self.expected)

    @property
    def due(self) -> int:
        return len(self.asked)

    @property
    def given(self) -> int:
        return len(self.asked) - len(self.missing)

    @property
    def actual_bar(self) -> Fraction | None:
        return None if self.progress is None else _cut(self.progress)

    @property
    def expected_bar(self) -> Fraction:
        return _cut(self.expected)

    @property
    def verdict(self) -> Verdict:
        """The first that fits; the order is part of the rule."""
        return self._final() or self._unjudged() or self._judged()

    def _final(self) -> Verdict | None:
        if self.reached and not self.reached.in_time:
            return Verdict.ACHIEVED_LATE
        if self.reached:
            still = self.progress is not None and self.progress >= WHOLE
            return Verdict.ACHIEVED if still else Verdict.ACHIEVED_NOW_BELOW
        return Verdict.NOT_MET if self.on > self.goal.due_on else None

    def _unjudged(self) -> Verdict | None:
        if self.expected <= ZERO:
            return Verdict.NOT_DUE_YET
        if self.progress is None:
            return Verdict.NO_DATA
        recent = self.asked[-RECENT:]
        if len(recent) == RECENT and set(recent) <= set(self.missing):
            return Verdict.NO_RECENT_FIGURE
        return None

    def _judged(self) -> Verdict:
        progress = self.progress or ZERO
        if progress < AT_RISK_FROM * self.expected:
            return Verdict.OFF_TRACK
        if self.missing or progress < ON_TRACK_FROM * self.expected:
            return Verdict.AT_RISK
        return Verdict.ON_TRACK


def measure(goal: Goal, figures: Iterable[Figure], on: date) -> Result:
    """How the target stands on a day, by the figures current then."""
    known = known_figures(goal, figures, on)
    points = series(goal, known)
    counted = [p for p in points if p.in_time or goal.kind != Kind.TOTAL]
    latest = counted[-1] if counted else None
    asked, missing = _coverage(goal, known, on)
    expected_on = _expected_on(goal, on)
    return Result(
        goal=goal,
        on=on,
        progress=goal.share(latest.value) if latest else None,
        expected=_expected(goal, expected_on),
        expected_on=expected_on,
        latest=latest,
        reached=_first_reached(goal, points),
        asked=asked,
        missing=missing,
        running=running_year(goal, known, on),
    )


def is_reached(goal: Goal, figures: Iterable[Figure], on: date) -> bool:
    """Whether the figures known on a day ever reached the goal, in time or late."""
    points = series(goal, known_figures(goal, figures, on))
    return _first_reached(goal, points) is not None


def _first_reached(goal: Goal, points: list[Point]) -> Point | None:
    reached = [point for point in points if goal.share(point.value) >= WHOLE]
    return min(reached, key=lambda p: (not p.in_time, p.day), default=None)


def _coverage(
    goal: Goal, known: list[Figure], on: date
) -> tuple[tuple[Quarter, ...], tuple[Quarter, ...]]:
    given = {figure.quarter for figure in known}
    due = Quarter.last_due(on)
    asked = tuple(q for q in goal.periods() if q <= due or q in given)
    return asked, tuple(quarter for quarter in asked if quarter not in given)


def _expected_on(goal: Goal, on: date) -> date:
    """The last quarter end on which the indicator could move, or the due date."""
    if on > goal.due_on:
        return goal.due_on
    yearly = goal.kind == Kind.YEARLY
    every = QUARTERS_A_YEAR if yearly else goal.quarters_a_period
    quarter = Quarter.last_closed(on)
    return (quarter - quarter.number % every).last_day


def _expected(goal: Goal, day: date) -> Fraction:
    """The share expected on a day: straight lines from milestone to milestone."""
    if day >= goal.due_on:
        return WHOLE
    if day <= goal.starts_on or goal.kind == Kind.DONE:
        return ZERO
    legs = pairwise(_bends(goal))
    (since, low), (until, high) = next(leg for leg in legs if day <= leg[1][0])
    passed = Fraction((day - since).days, (until - since).days)
    return low + passed * (high - low)


def _bends(goal: Goal) -> list[tuple[date, Fraction]]:
    """Where the expected line changes its slope, from the start to the due date."""
    milestones = {
        day: goal.share(value)
        for day, value in goal.milestones
        if goal.starts_on < day < goal.due_on
    }
    return [
        (goal.starts_on, ZERO),
        *sorted(milestones.items()),
        (goal.due_on, WHOLE),
    ]


def _cut(share: Fraction) -> Fraction:
    return max(ZERO, min(BAR_END, share))
