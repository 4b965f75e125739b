"""The rows of a quarterly report: one target, or one intervention, and what is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actionplans.doubts import doubt, figure_value
from actionplans.measures import figure_of
from actionplans.models import (
    ActionEntry,
    ActionStatus,
    Intervention,
    Reading,
    ReadingEntry,
    Target,
    WhyNot,
)
from actionplans.pasts import GoalChange
from actionplans.progress import Figure, FigureState
from portal.charts import spark
from portal.periods import Quarter

SPARK_SCALE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One target that is asked for its figure."""

    target: Target
    quarter: Quarter
    # Where the goal was another one in the quarters before.
    goals: list[GoalChange]
    # The quarters before, oldest first, with their current readings.
    before: list[tuple[Quarter, Reading | None]]
    last: Figure | None
    entry: ReadingEntry | None
    # The source of the last figure, or the usual one of the indicator.
    source: str

    @property
    def anchor(self) -> str:
        return f"figure-{self.target.pk}"

    @property
    def figure(self) -> Figure | None:
        """What is entered so far."""
        entry = self.entry
        if entry is None or not entry.state:
            return None
        return Figure(
            quarter=self.quarter,
            state=entry.state,
            value=entry.value,
            numerator=entry.numerator,
            denominator=entry.denominator,
        )

    @property
    def trend(self) -> tuple[str, str, str]:
        """The line through the values before."""
        return spark([self._height(reading) for _quarter, reading in self.before])

    def _height(self, reading: Reading | None) -> int | None:
        if reading is None:
            return None
        value = figure_value(self.target.kind, figure_of(reading))
        # Shares of a whole are small beside other values.
        return None if value is None else int(value * SPARK_SCALE)

    @property
    def is_given(self) -> bool:
        return bool(self.figure and self.figure.is_given(self.target.kind))

    @property
    def doubt(self) -> str:
        figure = self.figure
        return doubt(self.target.kind, figure, self.last) if figure else ""

    @property
    def issue(self) -> str:
        """What is still to be said about the entry, in a sentence."""
        entry = self.entry
        if entry is None:
            return ""
        if entry.state == FigureState.NOT_AVAILABLE:
            if not entry.reason:
                return _("Say why the figure is not available.")
            if entry.reason == WhyNot.OTHER and not entry.note:
                return _("Say in the note why the figure is not available.")
        if self.doubt and not entry.note:
            return f"{self.doubt} {_('Say why in the note, or correct it.')}"
        return ""


@dataclass(frozen=True, slots=True)
class Course:
    """Where an intervention stands; its due date is the latest it was moved to."""

    status: str = ActionStatus.NOT_STARTED
    percent: int = 0
    released: int | None = None
    spent: int | None = None
    due_on: dt.date | None = None

    @property
    def get_status_display(self) -> str:
        return str(ActionStatus(self.status).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One intervention: where it stood, and what is entered as changed."""

    intervention: Intervention
    now: Course
    entry: ActionEntry | None

    @property
    def anchor(self) -> str:
        return f"action-{self.intervention.pk}"
