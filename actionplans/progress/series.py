"""The values a target has had, one after another, made from its figures."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from actionplans.progress.goal import Figure, Goal, Kind, is_asked
from portal.periods import (
    QUARTERS_A_YEAR,
    Quarter,
    financial_year_of,
    first_day_of_year,
    last_day_of_year,
)


@dataclass(frozen=True, slots=True)
class Point:
    """The value of the indicator on a day, and whether that was in time."""

    day: date
    value: int | Fraction
    in_time: bool


@dataclass(frozen=True, slots=True)
class RunningYear:
    """The unfinished year of an amount in a year: shown, not judged."""

    year: int
    quarters: tuple[Quarter, ...]
    amount: int
    # The same quarters of the year before, if each of them has a figure.
    before: int | None


def known_figures(goal: Goal, figures: Iterable[Figure], on: date) -> list[Figure]:
    """The figures that say something and whose day has come, oldest first."""
    known = [
        figure
        for figure in figures
        if figure.is_given(goal.kind) and goal.day_of(figure) <= on
    ]
    return sorted(known, key=lambda figure: (goal.day_of(figure), figure.quarter))


def series(goal: Goal, known: list[Figure]) -> list[Point]:
    """The values of the indicator in the order in which they came about."""
    return list(_SERIES[goal.kind](goal, known))


def running_year(goal: Goal, known: list[Figure], on: date) -> RunningYear | None:
    if goal.kind != Kind.YEARLY:
        return None
    year = Quarter.last_closed(on).next.financial_year
    amounts = _amounts(goal, known)
    quarters = tuple(q for q in sorted(amounts) if q.financial_year == year)
    if not quarters:
        return None
    return RunningYear(
        year=year,
        quarters=quarters,
        amount=sum(amounts[quarter] for quarter in quarters),
        before=_sum_of_all(amounts, [q - QUARTERS_A_YEAR for q in quarters]),
    )


def _totals(goal: Goal, known: list[Figure]) -> Iterator[Point]:
    total, first, last = 0, goal.first_period, goal.last_period
    for quarter, amount in sorted(_amounts(goal, known).items()):
        if quarter >= first:
            total += amount
            yield Point(quarter.last_day, total, quarter <= last)


def _years(goal: Goal, known: list[Figure]) -> Iterator[Point]:
    amounts = _amounts(goal, known)
    for year in sorted({quarter.financial_year for quarter in amounts}):
        begins_on, ends_on = first_day_of_year(year), last_day_of_year(year)
        periods = Quarter.between(begins_on, ends_on, goal.quarters_a_period)
        total = _sum_of_all(amounts, periods)
        if total is not None and (not goal.baseline_on or ends_on > goal.baseline_on):
            in_time = year <= financial_year_of(goal.due_on)
            yield Point(ends_on, total, in_time)


def _counts(goal: Goal, known: list[Figure]) -> Iterator[Point]:
    for figure in _since_baseline(goal, known):
        if figure.amount is not None:
            day, in_time = goal.day_of(figure), goal.is_in_time(figure)
            yield Point(day, figure.amount, in_time)


def _rates(goal: Goal, known: list[Figure]) -> Iterator[Point]:
    ratios = {
        figure.quarter: figure.ratio
        for figure in _since_baseline(goal, known)
        if figure.ratio and is_asked(goal.frequency, figure.quarter)
    }
    a_year: deque[tuple[int, int]] = deque(
        maxlen=QUARTERS_A_YEAR // goal.quarters_a_period
    )
    last = goal.last_period
    for quarter, ratio in sorted(ratios.items()):
        a_year.append(ratio)
        done = sum(numerator for numerator, _ in a_year)
        of = sum(denominator for _, denominator in a_year)
        # Nothing out of nothing is no rate.
        if of > 0:
            value = Fraction(done * goal.per * 100, of)
            yield Point(quarter.last_day, value, quarter <= last)


_SERIES: Mapping[str, Callable[[Goal, list[Figure]], Iterator[Point]]] = {
    Kind.TOTAL: _totals,
    Kind.YEARLY: _years,
    Kind.STOCK: _counts,
    Kind.RATE: _rates,
    Kind.DONE: _counts,
}


def _amounts(goal: Goal, known: list[Figure]) -> dict[Quarter, int]:
    """The amount of each period; a figure from inside a period would count twice."""
    return {
        figure.quarter: figure.amount
        for figure in known
        if figure.amount is not None and is_asked(goal.frequency, figure.quarter)
    }


def _since_baseline(goal: Goal, known: list[Figure]) -> Iterator[Figure]:
    for figure in known:
        if not goal.baseline_on or goal.day_of(figure) >= goal.baseline_on:
            yield figure


def _sum_of_all(
    amounts: Mapping[Quarter, int], quarters: Iterable[Quarter]
) -> int | None:
    """The sum over the quarters, or None if one of them has no amount."""
    found = [amounts.get(quarter) for quarter in quarters]
    given = [amount for amount in found if amount is not None]
    return sum(given) if len(given) == len(found) else None
