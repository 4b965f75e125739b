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
    InterventionUpdate,
    Reading,
    ReadingEntry,
    Target,
    WhyNot,
)
from actionplans.pasts import GoalChange
from actionplans.progress import Figure, FigureState, Result
from portal.charts import spark
from portal.periods import Quarter

SPARK_SCALE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One target that is asked for its figure."""

    target: Target
    quarter: Quarter
    # How the target stands today, and how once this report is filed.
    result: Result
    outlook: Result
    # Where the goal was another one in the quarters before.
    goals: list[GoalChange]
    # The quarters before, oldest first, with their current readings.
    before: list[tuple[Quarter, Reading | None]]
    last: Figure | None
    entry: ReadingEntry | None
    # What stands in the report once it is filed.
    filed: Reading | None
    # The source of the last figure, or the usual one of the indicator.
    source: str

    @property
    def anchor(self) -> str:
        return f"figure-{self.target.pk}"

    @property
    def figure(self) -> Figure | None:
        """What is entered so far."""
        return entered(self.entry, self.quarter)

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
    def so_far(self) -> int | None:
        """The value so far; of an amount in a year that of the unfinished one."""
        running = self.outlook.running
        return running.amount if running else self.outlook.actual

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
        return issue_of(self.entry, self.doubt) if self.entry else ""


def entered(entry: ReadingEntry | None, quarter: Quarter) -> Figure | None:
    """The figure of an entry; none where nothing is said."""
    if entry is None or not entry.state:
        return None
    return Figure(
        quarter=quarter,
        state=entry.state,
        value=entry.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
    )


def issue_of(entry: ReadingEntry, doubt: str) -> str:
    """What an entry that raises this doubt leaves to be said, in a sentence."""
    if entry.state == FigureState.NOT_AVAILABLE:
        if not entry.reason:
            return _("Say why the figure is not available.")
        if entry.reason == WhyNot.OTHER and not entry.note:
            return _("Say in the note why the figure is not available.")
    if doubt and not entry.note:
        return f"{doubt} {_('Say why in the note, or correct it.')}"
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
    # What stands in the report once it is filed.
    filed: InterventionUpdate | None = None

    @property
    def anchor(self) -> str:
        return f"action-{self.intervention.pk}"
