"""The parts of one plan, copied into a new draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
    for row, copy in _copy(source.interventions.all(), plan, old, keep_lines):
        copy.supporting.set(row.supporting.all())
    for row, copy in _copy(source.targets.all(), plan, old, keep_lines):
        Milestone.objects.bulk_create(
            Milestone(target=copy, due_on=m.due_on, value=m.value)
            for m in row.milestones.all()
        )


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
            values["line"] = new_line(plan, type(row))
        old[row] = type(row).objects.create(**values)
        pairs.append((row, old[row]))
    return pairs


def new_line(plan: Plan, model: type[Model]) -> Line:
    return Line.objects.create(district_id=plan.district_id, kind=KINDS[model])


def _values(row: Any, plan: Plan) -> dict[str, Any]:
    fields = [f.name for f in row._meta.concrete_fields]
    left_out = {"id", "plan", "revision"}
    values = {name: getattr(row, name) for name in fields if name not in left_out}
    return {**values, "plan": plan}
