"""How a target fares, quarter by quarter: the figures that would be reported of it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from actionplans.demo.goals import HUNDREDTHS, step_of
from actionplans.demo.material import Size
from actionplans.models import Target
from actionplans.progress import (
    Figure,
    FigureState,
    Goal,
    Kind,
    is_asked,
    measure,
)
from actionplans.progress.goal import QUARTERS_A_PERIOD
from portal.periods import Quarter, last_day_of_year

# How far a target comes of what was expected, and how many come so far.
PACES = [
    (50, (0.98, 1.2)),
    (20, (0.64, 0.83)),
    (12, (0.15, 0.5)),
    (12, (1.2, 1.5)),
    (6, (-0.2, 0.05)),
]
# What each quarter has of a year.
SEASONS = (0.21, 0.2, 0.28, 0.31)
AFTER_DUE = 0.15
PER_CENT = 100
LATE, EARLY = 3, -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the source says in a quarter: a value, or a part of a whole."""

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None

    @property
    def is_nil(self) -> bool:
        return not self.value and not self.numerator


class Track:
    """The course of one target; it remembers the figures that were given."""

    def __init__(self, target: Target, size: Size, rng: random.Random) -> None:
        self.target = target
        self.size = size
        self.rng = rng
        self.step = step_of(target.indicator)
        spans = [span for _, span in PACES]
        weights = [weight for weight, _ in PACES]
        self.pace = rng.uniform(*rng.choices(spans, weights)[0])
        self.goal = Goal(
            kind=target.kind,
            direction=target.direction,
            frequency=target.frequency,
            baseline=target.baseline,
            baseline_on=target.baseline_on,
            goal=target.goal,
            due_on=target.due_on,
            plan_starts_on=target.plan.first_day,
        )
        late = rng.randint(EARLY, LATE)
        self.done_from = self.goal.last_period + late if self.pace > 0 else None
        self.figures: list[Figure] = []

    def is_asked(self, quarter: Quarter) -> bool:
        """As in a real report: until the due date, and then until it is reached."""
        goal = self.goal
        if not is_asked(goal.frequency, quarter) or quarter < goal.first_period:
            return False
        if quarter <= goal.last_period:
            return True
        return measure(goal, self.figures, quarter.last_day).reached is None

    def measured(self, quarter: Quarter) -> Measured:
        makers = {
            Kind.TOTAL: self._added,
            Kind.YEARLY: self._of_the_year,
            Kind.STOCK: self._counted,
            Kind.RATE: self._rate,
            Kind.DONE: self._done,
        }
        return makers[Kind(self.goal.kind)](quarter)

    def remember(self, quarter: Quarter, state: str, found: Measured) -> None:
        self.figures.append(
            Figure(
                quarter=quarter,
                state=state,
                value=found.value,
                numerator=found.numerator,
                denominator=found.denominator,
            )
        )

    def _share(self, day: dt.date) -> float:
        """How far on the way it is on a day; after the due date it moves slowly on."""
        start = self.goal.starts_on
        gone = (day - start).days / (self.goal.due_on - start).days
        if gone > 1:
            gone = 1 + (gone - 1) * AFTER_DUE
        return self.pace * max(0.0, gone)

    def _level(self, day: dt.date) -> float:
        way = self.goal.goal - self.goal.baseline
        level = self.goal.baseline + way * self._share(day)
        return max(0.0, level * self.rng.uniform(0.985, 1.015))

    def _round(self, value: float) -> int:
        return round(value / self.step) * self.step

    def _added(self, quarter: Quarter) -> Measured:
        before = quarter - self.goal.quarters_a_period
        now, then = self._share(quarter.last_day), self._share(before.last_day)
        amount = self.goal.goal * (now - then) * self.rng.uniform(0.8, 1.2)
        return Measured(value=max(0, self._round(amount)))

    def _of_the_year(self, quarter: Quarter) -> Measured:
        level = self._level(last_day_of_year(quarter.financial_year))
        last = quarter.number
        seasons = SEASONS[last - QUARTERS_A_PERIOD[self.goal.frequency] : last]
        return Measured(value=self._round(level * sum(seasons)))

    def _counted(self, quarter: Quarter) -> Measured:
        return Measured(value=self._round(self._level(quarter.last_day)))

    def _rate(self, quarter: Quarter) -> Measured:
        of = self.rng.randint(*self.size.of)
        share = min(1.0, self._level(quarter.last_day) / HUNDREDTHS / PER_CENT)
        part = round(of * share)
        return Measured(numerator=part * HUNDREDTHS, denominator=of * HUNDREDTHS)

    def _done(self, quarter: Quarter) -> Measured:
        done = self.done_from is not None and quarter >= self.done_from
        return Measured(value=HUNDREDTHS if done else 0)


def state_of(kind: str, found: Measured) -> str:
    """Nothing at all is reported as nil, except that a thing is not done yet."""
    if found.is_nil and kind != Kind.DONE:
        return FigureState.NIL
    return FigureState.VALUE
