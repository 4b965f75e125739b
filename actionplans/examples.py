"""Worked examples for the page on figures, made by the arithmetic itself.

So that page and portal cannot differ. All lie in a plan that begins on 1 April 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.freshness import Freshness, freshness
from actionplans.plausible import Pledge, Question, questions
from actionplans.progress import (
    Direction,
    Figure,
    FigureState,
    Goal,
    Kind,
    Result,
    Verdict,
    measure,
    working,
)
from portal.numbers import hundredths, percent
from portal.periods import Quarter

BEGINS, BASELINE_ON = date(2026, 4, 1), date(2026, 3, 31)
Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
AFTER_Q2, AFTER_Q3 = date(2026, 11, 22), date(2027, 1, 20)
ONE_YEAR, TWO_YEARS = date(2027, 3, 31), date(2028, 3, 31)
# Yearly growth that five other districts aim at, in hundredths of a per cent.
PEERS = [8_00, 9_00, 10_00, 12_00, 15_00]


@dataclass(frozen=True, slots=True)
class Example:
    """A target, what was reported of it, and what follows."""

    name: str | Promise
    result: Result
    figures: list[Figure]

    @property
    def working(self) -> list[str]:
        return working(self.result)

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict

    @property
    def reported(self) -> str:
        said = [f"{figure.quarter}: {_shown(figure)}" for figure in self.figures]
        return ", ".join(said) or _("no figure")

    @property
    def progress(self) -> str:
        share = self.result.progress
        return "\N{EN DASH}" if share is None else percent(share)

    @property
    def expected(self) -> str:
        return percent(self.result.expected)


@dataclass(frozen=True, slots=True)
class Filed:
    """What a district has filed by 22 November 2026, and how fresh that is."""

    word: Freshness
    quarter: Quarter | None
    given: int
    asked: int


def of_kinds() -> list[Example]:
    """One target of each kind, in the order of the kinds."""
    return [
        _example(
            gettext_lazy("People trained: 400 by 31 Mar 2027"),
            _goal(Kind.TOTAL, 0, 400, ONE_YEAR),
            _figures(90, 110),
        ),
        _example(
            gettext_lazy("Exports: from 60 to 90 crore rupees a year by 31 Mar 2029"),
            _goal(Kind.YEARLY, 60, 90, date(2029, 3, 31)),
            _figures(16, 17, 18, 19, 18),
            date(2027, 8, 1),
        ),
        _example(
            gettext_lazy("Units with a certificate: from 12 to 30 by 31 Mar 2028"),
            _goal(Kind.STOCK, 12, 30, TWO_YEARS),
            _figures(13, 15),
        ),
        _example(
            gettext_lazy(
                "Grievances settled in time: from 60 % to 90 % by 31 Mar 2027"
            ),
            _goal(Kind.RATE, 60, 90, ONE_YEAR),
            [
                Figure(quarter=Q1, numerator=12_00, denominator=20_00),
                Figure(quarter=Q2, numerator=15_00, denominator=20_00),
            ],
        ),
        _example(
            gettext_lazy("Laboratory accredited: by 31 Mar 2027"),
            _goal(Kind.DONE, 0, 1, ONE_YEAR),
            [Figure(quarter=Q2, state=FigureState.NIL)],
        ),
    ]


def of_milestones() -> tuple[Result, Result]:
    """What is expected with and without a mark for the year between."""
    without = _goal(Kind.STOCK, 12, 30, TWO_YEARS)
    marked = _goal(Kind.STOCK, 12, 30, TWO_YEARS, milestones=((ONE_YEAR, 15_00),))
    return measure(without, [], AFTER_Q2), measure(marked, [], AFTER_Q2)


def of_verdicts() -> list[Example]:
    """Units with a certificate, from 12 to 30 by 31 March 2027, in every verdict."""
    goal = _goal(Kind.STOCK, 12, 30, ONE_YEAR)
    cases: list[tuple[date, list[int]]] = [
        (AFTER_Q2, [20, 31]),
        (AFTER_Q2, [31, 28]),
        (date(2027, 8, 1), [15, 18, 22, 27, 30]),
        (date(2027, 5, 1), [15, 18, 22, 27]),
        (date(2026, 5, 15), []),
        (AFTER_Q2, []),
        (AFTER_Q3, [15]),
        (AFTER_Q2, [16, 21]),
        (AFTER_Q2, [15, 18]),
        (AFTER_Q2, [13, 15]),
    ]
    return [_example("", goal, _figures(*values), day) for day, values in cases]


def of_freshness() -> list[Filed]:
    """On 22 November 2026, when the report for Q2 has fallen due."""
    cases = [(Q2, 6, 8), (Q1, 8, 8), (Q1.previous, 8, 8)]
    filed = [
        Filed(freshness({quarter: (given, asked)}, AFTER_Q2), quarter, given, asked)
        for quarter, given, asked in cases
    ]
    return [*filed, Filed(freshness({}, AFTER_Q2), None, 0, 0)]


def of_questions() -> Iterator[Question]:
    """A goal that grows fast, is due late, and is far from what others aim at."""
    exports = Pledge(
        kind=Kind.YEARLY,
        direction=Direction.UP,
        baseline=14_20,
        goal=60_00,
        baseline_on=BASELINE_ON,
        due_on=date(2031, 3, 31),
    )
    yield from questions(exports, PEERS, ends_on=date(2030, 3, 31))


def _goal(
    kind: Kind,
    baseline: int,
    goal: int,
    due_on: date,
    milestones: tuple[tuple[date, int], ...] = (),
) -> Goal:
    return Goal(
        kind=kind,
        baseline=baseline * 100,
        goal=goal * 100,
        due_on=due_on,
        plan_starts_on=BEGINS,
        baseline_on=BASELINE_ON,
        milestones=milestones,
    )


def _figures(*values: int) -> list[Figure]:
    """One for each quarter from the first."""
    return [Figure(quarter=Q1 + at, value=v * 100) for at, v in enumerate(values)]


def _example(
    name: str | Promise, goal: Goal, figures: list[Figure], on: date = AFTER_Q2
) -> Example:
    return Example(name, measure(goal, figures, on), figures)


def _shown(figure: Figure) -> str:
    if figure.state == FigureState.NIL:
        return str(FigureState.NIL.label)
    if figure.ratio and figure.numerator is not None:
        part, whole = map(hundredths, figure.ratio)
        return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    return hundredths(figure.amount or 0)
