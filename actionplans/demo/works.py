"""How an intervention goes: what changes of it from quarter to quarter."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from actionplans.demo.ground import days
from actionplans.models import ActionStatus, Intervention, InterventionUpdate
from portal.numbers import LAKH
from portal.periods import Quarter

STEP, WHOLE = 5, 100
# How much longer it takes than planned.
LONGER = (0.7, 0.9, 1.0, 1.3, 1.7, 2.2)
ON_HOLD, DROPPED, UNCHANGED = 1 / 15, 1 / 60, 1 / 5
SOON = dt.timedelta(days=70)


class Work:
    """One intervention, from start to end or to being dropped."""

    def __init__(
        self, intervention: Intervention, reasons: list[str], rng: random.Random
    ) -> None:
        assert intervention.start_on
        assert intervention.due_on
        self.intervention = intervention
        self.reasons = reasons
        self.rng = rng
        self.due = intervention.due_on
        self.start = intervention.start_on + days(rng, 0, 75)
        planned = intervention.due_on - intervention.start_on
        self.end = self.start + planned * rng.choice(LONGER)
        self.last = (ActionStatus.NOT_STARTED, 0)

    def update(self, quarter: Quarter) -> InterventionUpdate | None:
        """What changed by the end of the quarter, if anything did."""
        now = self._now(quarter.last_day)
        moved = self._moved(quarter.last_day, now[0])
        quiet = self.rng.random() < UNCHANGED and now[0] != ActionStatus.COMPLETED
        if not moved and (now == self.last or quiet):
            return None
        self.last = now
        status, percent = now
        return InterventionUpdate(
            line=self.intervention.line,
            quarter=quarter.code,
            status=status,
            percent=percent,
            **dict(self._money(percent)),
            due_on=moved,
            reason=self.rng.choice(self.reasons) if moved else "",
        )

    def _now(self, day: dt.date) -> tuple[ActionStatus, int]:
        was, before = self.last
        if was in (ActionStatus.COMPLETED, ActionStatus.DROPPED):
            return self.last
        if day < self.start:
            return ActionStatus.NOT_STARTED, 0
        if self.rng.random() < DROPPED:
            return ActionStatus.DROPPED, before
        if day >= self.end:
            return ActionStatus.COMPLETED, WHOLE
        if self.rng.random() < ON_HOLD:
            return ActionStatus.ON_HOLD, before
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        percent = max(before, round(share * WHOLE / STEP) * STEP)
        return ActionStatus.IN_PROGRESS, min(percent, WHOLE - STEP)

    def _moved(self, day: dt.date, status: ActionStatus) -> dt.date | None:
        """A new due date, once the old one is near and cannot be kept."""
        over = status in (ActionStatus.COMPLETED, ActionStatus.DROPPED)
        if over or day + SOON < self.due or self.end <= self.due:
            return None
        self.due = self.end + days(self.rng, 0, 40)
        return self.due

    def _money(self, percent: int) -> Iterator[tuple[str, int]]:
        """Released a little ahead of the work, spent a little behind it."""
        budget = self.intervention.budget or 0
        released = min(WHOLE, percent + 20 * (percent > 0))
        yield "released", _lakh(budget * released / WHOLE)
        yield "spent", _lakh(budget * percent / WHOLE * 0.9)


def _lakh(rupees: float) -> int:
    return int(rupees // LAKH) * LAKH
