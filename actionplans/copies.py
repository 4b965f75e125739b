"""The parts of one plan, copied into a new draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from actionplans.models import (
    Bottleneck,
    Intervention,
    Line,
    Milestone,
    Plan,
    PlanProduct,
    PlanSection,
    Target,
)
from portal.periods import ONE_DAY

KINDS: dict[type[Model], Line.Kind] = {
    PlanProduct: Line.Kind.PRODUCT,
    Bottleneck: Line.Kind.BOTTLENECK,
    Intervention: Line.Kind.INTERVENTION,
    Target: Line.Kind.TARGET,
}


def copy_parts(source: Plan, plan: Plan, *, keep_lines: bool) -> None:
    """An amendment keeps the lines of its parts; what comes from a peer gets new ones.

    `source` is best fetched `whole`.
    """
    for section in source.sections.all():
        PlanSection.objects.create(**_values(section, plan))
    old: dict[Any, Any] = {None: None}
    for rows in (source.products, source.bottlenecks):
        _copy(rows.all(), plan, old, keep_lines)
    for row, copy in _copy(source.targets.all(), plan, old, keep_lines):
        Milestone.objects.bulk_create(
            Milestone(target=copy, due_on=m.due_on, value=m.value)
            for m in row.milestones.all()
        )
    for row, copy in _copy(source.interventions.all(), plan, old, keep_lines):
        copy.supporting.set(row.supporting.all())
        copy.targets.set([old[target] for target in row.targets.all()])


def _copy(
    rows: Iterable[Any], plan: Plan, old: dict[Any, Any], keep_lines: bool
) -> list[tuple[Any, Any]]:
    """Pairs of row and copy; `old` maps each row already copied to its copy."""
    pairs = []
    for row in rows:
        values = _values(row, plan)
        for parent in {"plan_product", "bottleneck"} & values.keys():
            values[parent] = old[values[parent]]
        if not keep_lines:
            values["line"] = new_line(plan, type(row), like=row.line_id)
        old[row] = type(row).objects.create(**values)
        pairs.append((row, old[row]))
    return pairs


def new_line(plan: Plan, model: type[Model], *, like: UUID | None = None) -> Line:
    """A line of the plan's district; `like` remembers from which it was copied."""
    return Line.objects.create(
        district_id=plan.district_id, kind=KINDS[model], copied_from_id=like
    )


def copy_row(row: Any, plan: Plan, under: PlanProduct | None, order: int) -> Any:
    """A row of another district's plan as a row of this draft, on a line of its own.

    What holds for that district only stays behind: the source of its baseline, its
    marks, its bottleneck, its targets, and days outside the years of this plan.
    """
    model = type(row)
    values = _values(row, plan) | {"plan_product": under, "order": order}
    values["line"] = new_line(plan, model, like=row.line_id)
    if model is Intervention:
        values["bottleneck"] = None
        for name in ("start_on", "due_on"):
            if not _lies_in(plan, values[name]):
                values[name] = None
    if model is Target:
        values |= {"baseline_source": "", "explanation": ""}
        values["baseline_on"] = plan.first_day - ONE_DAY
        if not _lies_in(plan, row.due_on):
            values["due_on"] = plan.last_day
    copy = model.objects.create(**values)
    if model is Intervention:
        copy.supporting.set(row.supporting.all())
    return copy


def _lies_in(plan: Plan, day: dt.date | None) -> bool:
    return day is not None and plan.first_day <= day <= plan.last_day


def mark_copied(rows: Iterable[Any]) -> None:
    """Tell each row the district whose row it was copied from, as `copied_from`.

    None where it was written here; one query for all.
    """
    marked = list(rows)
    lines = Line.objects.filter(
        pk__in=[row.line_id for row in marked], copied_from__isnull=False
    ).select_related("copied_from__district__state")
    places = {line.pk: line.copied_from for line in lines}
    for row in marked:
        origin = places.get(row.line_id)
        row.copied_from = origin and origin.district


def _values(row: Any, plan: Plan) -> dict[str, Any]:
    fields = [f.name for f in row._meta.concrete_fields]
    left_out = {"id", "plan", "revision", "due_moved"}
    values = {name: getattr(row, name) for name in fields if name not in left_out}
    return {**values, "plan": plan}
