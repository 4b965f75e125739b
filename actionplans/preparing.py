"""What the reports of districts ask for in a quarter, beside what is there already.

A target is asked for its figure when a period of its indicator closes with the quarter,
from the first period of the target to the last, and after that until the goal is
reached. Only the plan in force asks; without one there are three lines to write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from actionplans.asked import ActionRow, Course, FigureRow, entered
from actionplans.doubts import last_given
from actionplans.measures import TargetStanding, figure_of, standings
from actionplans.models import (
    ActionEntry,
    Intervention,
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
from actionplans.progress import Goal, is_asked, measure
from actionplans.sheet import Sheet
from districts.models import District
from portal.periods import Quarter

QUARTERS_SHOWN = 4
EVERYTHING, NOTHING = Q(), Q(pk__in=[])


def report_of(district: District, quarter: Quarter) -> Report:
    """The report with whoever filed it; one that nobody began is new and unsaved."""
    return reports_of([district], quarter)[district.pk]


def reports_of(districts: Collection[District], quarter: Quarter) -> dict[int, Report]:
    """The same of many districts, by their keys; one query."""
    rows = Report.objects.select_related(
        "prepared_by__ra",
        "prepared_by__district",
        "filed_by__ra",
        "filed_by__district",
        "filed_by__state",
    )
    return _reports(rows, districts, quarter)


def _reports(
    rows: QuerySet[Report], districts: Collection[District], quarter: Quarter
) -> dict[int, Report]:
    own = rows.filter(district__in=districts, quarter=quarter.code).order_by()
    found = {row.district_id: row for row in own}
    for district in districts:
        new = Report(district=district, quarter=quarter.code)
        found.setdefault(district.pk, new).district = district
    return found


def prepare(
    district: District, quarter: Quarter, report: Report | None = None
) -> Sheet:
    """The sheet of a district and quarter in a fixed number of queries."""
    reports = {district.pk: report} if report else None
    return prepare_all([district], quarter, reports=reports)[0]


def prepare_all(
    districts: Collection[District],
    quarter: Quarter,
    *,
    reports: dict[int, Report] | None = None,
    figures: Q = EVERYTHING,
    actions: Q = EVERYTHING,
) -> list[Sheet]:
    """A sheet for each district, in its order and in a fixed number of queries.

    `figures` and `actions` narrow targets and interventions: with either `NOTHING`,
    the sheets have none, and nothing is asked about them. Reports that are not handed
    in are read without the offices that wrote them.
    """
    reports = reports or _reports(Report.objects.all(), districts, quarter)
    plans = {p.district_id: p for p in _plans(districts)}
    saved = [report for report in reports.values() if report.pk]
    own_figures = _figures(plans.values(), quarter, saved, figures)
    own_actions = _actions(plans.values(), quarter, saved, actions)
    return [
        Sheet(
            district=district,
            quarter=quarter,
            report=reports[district.pk],
            plan=(plan := plans.get(district.pk)),
            figures=own_figures.get(plan.pk, []) if plan else [],
            actions=own_actions.get(plan.pk, []) if plan else [],
        )
        for district in districts
    ]


def asks(standing: TargetStanding, quarter: Quarter) -> bool:
    """Whether the report of the quarter asks for the figure of a target."""
    goal = standing.result.goal
    if not closes_a_period(goal, quarter):
        return False
    return quarter <= goal.last_period or standing.result.reached is None


def closes_a_period(goal: Goal, quarter: Quarter) -> bool:
    """Whether a period of the target ends with the quarter, its last one or a later."""
    return is_asked(goal.frequency, quarter) and quarter >= goal.first_period


def _plans(districts: Collection[District]) -> Iterable[Plan]:
    return Plan.objects.in_force().filter(district__in=districts).order_by()


def _figures(
    plans: Collection[Plan], quarter: Quarter, reports: Collection[Report], narrow: Q
) -> dict[int, list[FigureRow]]:
    """The figures that are asked for, by the key of the plan."""
    if narrow == NOTHING:
        return {}
    targets = list(
        Target.objects.filter(narrow, plan__in=plans)
        .select_related("indicator", "plan_product__product")
        .prefetch_related("milestones")
    )
    if not targets:
        return {}
    by_key = {plan.pk: plan for plan in plans}
    for target in targets:
        target.plan = by_key[target.plan_id]
    entries: dict[UUID, ReadingEntry] = {}
    if reports:
        lines = [target.line_id for target in targets]
        rows = ReadingEntry.objects.filter(report__in=reports, line__in=lines)
        entries = {entry.line_id: entry for entry in rows}
    pasts = pasts_of_targets(plans, narrow)
    found: dict[int, list[FigureRow]] = {}
    for standing in standings(targets):
        line = standing.target.line_id
        if asks(standing, quarter):
            row = _figure_row(standing, quarter, entries.get(line), pasts[line].goals)
            found.setdefault(standing.target.plan_id, []).append(row)
    return found


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
    figure = entered(entry, quarter)
    outlook = standing.result
    if figure and figure.is_given(target.kind) and quarter not in standing.readings:
        known = [figure_of(row) for row in standing.readings.values()]
        outlook = measure(outlook.goal, [*known, figure], outlook.on)
    shown = [quarter - back for back in range(QUARTERS_SHOWN, 0, -1)]
    return FigureRow(
        target=target,
        quarter=quarter,
        result=standing.result,
        outlook=outlook,
        goals=goals,
        before=[(q, earlier.get(q)) for q in shown],
        last=last,
        entry=entry,
        filed=standing.readings.get(quarter),
        source=source or target.indicator.usual_source,
    )


def _actions(
    plans: Collection[Plan], quarter: Quarter, reports: Collection[Report], narrow: Q
) -> dict[int, list[ActionRow]]:
    """Every intervention, by the key of the plan."""
    if narrow == NOTHING:
        return {}
    interventions = list(
        Intervention.objects.filter(narrow, plan__in=plans).select_related("lead")
    )
    if not interventions:
        return {}
    entries: dict[UUID, ActionEntry] = {}
    if reports:
        lines = [row.line_id for row in interventions]
        changes = ActionEntry.objects.filter(report__in=reports, line__in=lines)
        entries = {entry.line_id: entry for entry in changes}
    known = updates_of(plans)
    updates = [row for row in known if row.quarter < quarter.code]
    filed = {row.line_id: row for row in known if row.quarter == quarter.code}
    moves = moves_of_actions(plans, updates)
    last = {update.line_id: update for update in updates}
    found: dict[int, list[ActionRow]] = {}
    for row in interventions:
        line = row.line_id
        now = _course(moves[line].due_on, last.get(line))
        action = ActionRow(
            intervention=row, now=now, entry=entries.get(line), filed=filed.get(line)
        )
        found.setdefault(row.plan_id, []).append(action)
    return found


def _course(due_on: dt.date | None, last: InterventionUpdate | None) -> Course:
    """Where the last update left it; a due date stays moved until it moves again."""
    if last is None:
        return Course(due_on=due_on)
    return Course(last.status, last.percent, last.released, last.spent, due_on)
