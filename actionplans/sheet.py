"""What the report of a district and quarter asks for, beside what is there already.

A target is asked for its figure when a period of its indicator closes with the quarter,
from the first period of the target to the last, and after that until the goal is
reached. Only the plan in force asks; without one there are three lines to write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Field
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplans.asked import ActionRow, Course, FigureRow
from actionplans.doubts import last_given
from actionplans.measures import TargetStanding, figure_of, targets_of
from actionplans.models import (
    ActionEntry,
    InterventionUpdate,
    Plan,
    ReadingEntry,
    Report,
    Target,
)
from actionplans.pasts import (
    GoalChange,
    moves_of_actions,
    pasts_of_targets,
    updates_of,
)
from actionplans.progress import is_asked
from districts.models import District
from portal.periods import Quarter

QUARTERS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Issue:
    """What must be said before the report can be filed, and where on its page."""

    sentence: str
    anchor: str
    target: Target | None = None

    def __str__(self) -> str:
        return f"{self.target}: {self.sentence}" if self.target else self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A quarterly report being prepared: all that its page shows."""

    district: District
    quarter: Quarter
    report: Report
    plan: Plan | None
    figures: list[FigureRow]
    actions: list[ActionRow]

    @property
    def given(self) -> list[FigureRow]:
        return [row for row in self.figures if row.is_given]

    @property
    def unavailable(self) -> list[FigureRow]:
        return [row for row in self.figures if row.figure and not row.is_given]

    @property
    def missing(self) -> list[FigureRow]:
        return [row for row in self.figures if not row.figure]

    @property
    def doubtful(self) -> list[FigureRow]:
        """Those about which something is still to be said."""
        return [row for row in self.figures if row.issue]

    @property
    def is_late(self) -> bool:
        """Whether it would be filed late today."""
        return timezone.localdate() > self.quarter.due_on

    @property
    def changes(self) -> list[ActionRow]:
        return [row for row in self.actions if row.entry]

    @property
    def lines(self) -> list[tuple[str, str]]:
        return lines_of(self.report)

    @property
    def issues(self) -> list[Issue]:
        return list(self._issues())

    def _issues(self) -> Iterator[Issue]:
        for row in self.doubtful:
            yield Issue(row.issue, row.anchor, row.target)
        if any(text for _label, text in self.lines):
            return
        if not self.plan:
            yield Issue(
                _(
                    "Write at least one of the three lines: without a plan in force"
                    " they are the report."
                ),
                "lines",
            )
        elif len(self.missing) == len(self.figures) and not self.changes:
            yield Issue(
                _("Give at least a figure, a change of an intervention or a line."),
                "lines",
            )


def lines_of(report: Report) -> list[tuple[str, str]]:
    """The three lines of text, each with its label."""
    fields = map(Report._meta.get_field, ["done", "next_steps", "help_needed"])
    return [
        (str(capfirst(field.verbose_name)), getattr(report, field.name))
        for field in fields
        if isinstance(field, Field)
    ]


def report_of(district: District, quarter: Quarter) -> Report:
    """The report with whoever filed it; one that nobody began is new and unsaved."""
    rows = district.reports.filter(quarter=quarter.code).select_related(
        "filed_by__ra", "filed_by__district", "filed_by__state"
    )
    return rows.first() or Report(district=district, quarter=quarter.code)


def prepare(
    district: District, quarter: Quarter, report: Report | None = None
) -> Sheet:
    """The sheet of a district and quarter in a fixed number of queries."""
    report = report or report_of(district, quarter)
    plan = district.plans.in_force().first()
    return Sheet(
        district=district,
        quarter=quarter,
        report=report,
        plan=plan,
        figures=_figures(plan, quarter, report) if plan else [],
        actions=_actions(plan, quarter, report) if plan else [],
    )


def asks(standing: TargetStanding, quarter: Quarter) -> bool:
    """Whether the report of the quarter asks for the figure of a target."""
    goal = standing.result.goal
    if not is_asked(goal.frequency, quarter) or quarter < goal.first_period:
        return False
    return quarter <= goal.last_period or standing.result.reached is None


def _figures(plan: Plan, quarter: Quarter, report: Report) -> list[FigureRow]:
    entries: Mapping[UUID, ReadingEntry] = {}
    if report.pk:
        entries = {entry.line_id: entry for entry in report.entries.all()}
    pasts = pasts_of_targets(plan)
    return [
        _figure_row(
            standing,
            quarter,
            entries.get(standing.target.line_id),
            pasts[standing.target.line_id].goals,
        )
        for standing in targets_of(plan)
        if asks(standing, quarter)
    ]


def _figure_row(
    standing: TargetStanding,
    quarter: Quarter,
    entry: ReadingEntry | None,
    goals: list[GoalChange],
) -> FigureRow:
    target = standing.target
    earlier = {q: row for q, row in standing.readings.items() if q < quarter}
    figures = {q: figure_of(row) for q, row in earlier.items()}
    last = last_given(target.kind, figures)
    source = earlier[last.quarter].source if last else ""
    shown = [quarter - back for back in range(QUARTERS_SHOWN, 0, -1)]
    return FigureRow(
        target=target,
        quarter=quarter,
        goals=goals,
        before=[(q, earlier.get(q)) for q in shown],
        last=last,
        entry=entry,
        source=source or target.indicator.usual_source,
    )


def _actions(plan: Plan, quarter: Quarter, report: Report) -> list[ActionRow]:
    interventions = plan.interventions.select_related("plan_product__product", "lead")
    entries: Mapping[UUID, ActionEntry] = {}
    if report.pk:
        entries = {entry.line_id: entry for entry in report.action_entries.all()}
    updates = [row for row in updates_of(plan) if row.quarter < quarter.code]
    moves = moves_of_actions(plan, updates)
    last = {update.line_id: update for update in updates}
    return [
        ActionRow(
            intervention=row,
            now=_course(moves[row.line_id].due_on, last.get(row.line_id)),
            entry=entries.get(row.line_id),
        )
        for row in interventions
    ]


def _course(due_on: dt.date | None, last: InterventionUpdate | None) -> Course:
    """Where the last update left it; a due date stays moved until it moves again."""
    if last is None:
        return Course(due_on=due_on)
    return Course(last.status, last.percent, last.released, last.spent, due_on)
