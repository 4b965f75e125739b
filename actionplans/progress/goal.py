"""What a target promises and what its quarters report, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.periods import ONE_DAY, Quarter

ZERO, WHOLE = Fraction(0), Fraction(1)


class Kind(TextChoices):
    """How the figures of an indicator make up its value."""

    TOTAL = "total", _("Adds up until the goal")
    YEARLY = "yearly", _("Amount in a year")
    STOCK = "stock", _("Latest count")
    RATE = "rate", _("Share or rate")
    DONE = "done", _("Done or not done")


class Direction(TextChoices):
    UP = "up", _("More is better")
    DOWN = "down", _("Less is better")


class Frequency(TextChoices):
    """How often an indicator is asked for: at the end of each such period."""

    QUARTER = "quarter", _("Every quarter")
    HALF_YEAR = "half-year", _("Every half-year")
    YEAR = "year", _("Every year")


class FigureState(TextChoices):
    VALUE = "value", _("Figure")
    NIL = "nil", _("Nil")
    NOT_AVAILABLE = "not-available", _("Not available")


QUARTERS_A_PERIOD: Mapping[str, int] = {
    Frequency.QUARTER: 1,
    Frequency.HALF_YEAR: 2,
    Frequency.YEAR: 4,
}


def nearest(value: int | Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def is_asked(frequency: str, quarter: Quarter) -> bool:
    """Whether the report of this quarter asks for an indicator of this frequency."""
    return quarter.closes(QUARTERS_A_PERIOD[frequency])


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a target promises: from where to where, from when to when."""

    kind: str
    goal: int
    due_on: date
    plan_starts_on: date
    baseline: int = 0
    baseline_on: date | None = None
    direction: str = Direction.UP
    frequency: str = Frequency.QUARTER
    milestones: tuple[tuple[date, int], ...] = ()
    # A rate counts its numerators per so many denominators: 100 makes a per cent.
    per: int = 100

    @property
    def starts_on(self) -> date:
        return max(self.plan_starts_on, self.baseline_on or self.plan_starts_on)

    @property
    def origin(self) -> int:
        """The value at which progress is 0; totals begin at nothing."""
        return 0 if self.kind == Kind.TOTAL else self.baseline

    @property
    def quarters_a_period(self) -> int:
        return QUARTERS_A_PERIOD[self.frequency]

    @property
    def counts_from(self) -> date:
        """The first day whose doings count: a baseline stands at the end of its day."""
        if not self.baseline_on:
            return self.plan_starts_on
        return max(self.plan_starts_on, self.baseline_on + ONE_DAY)

    @property
    def first_period(self) -> Quarter:
        """The closing quarter of the first period that belongs to the target."""
        return Quarter.of(self.counts_from).closing(self.quarters_a_period)

    @property
    def last_period(self) -> Quarter:
        return Quarter.of(self.due_on).closing(self.quarters_a_period)

    def periods(self) -> tuple[Quarter, ...]:
        """The closing quarters of all its periods: those that ask for a figure."""
        return Quarter.between(self.counts_from, self.due_on, self.quarters_a_period)

    def share(self, value: int | Fraction) -> Fraction:
        """Where a value lies on the way from the origin (0) to the goal (1)."""
        if self.kind == Kind.DONE:
            return WHOLE if value > 0 else ZERO
        if self.goal == self.origin:
            up = self.direction == Direction.UP
            return WHOLE if (value >= self.goal if up else value <= self.goal) else ZERO
        return Fraction(value - self.origin, self.goal - self.origin)

    def value_at(self, share: Fraction) -> int:
        """The value at that share of the way, to the nearest whole."""
        return nearest(self.origin + share * (self.goal - self.origin))

    def day_of(self, figure: Figure) -> date:
        """The day for which a figure speaks."""
        if figure.as_on and self.kind in (Kind.STOCK, Kind.DONE):
            return figure.as_on
        return figure.quarter.last_day

    def is_in_time(self, figure: Figure) -> bool:
        if figure.as_on:
            return figure.as_on <= self.due_on
        return figure.quarter <= self.last_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The current reading of a quarter, whoever entered it."""

    quarter: Quarter
    state: str = FigureState.VALUE
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    # The day of a count, where it is not the last day of the quarter.
    as_on: date | None = None

    @property
    def amount(self) -> int | None:
        if self.state == FigureState.NIL:
            return 0
        return self.value if self.state == FigureState.VALUE else None

    @property
    def ratio(self) -> tuple[int, int] | None:
        """Numerator and denominator; of a nil nothing was done, perhaps out of some."""
        if self.state == FigureState.NIL:
            return 0, self.denominator or 0
        if self.state != FigureState.VALUE:
            return None
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator

    def is_given(self, kind: str) -> bool:
        return (self.ratio if kind == Kind.RATE else self.amount) is not None
