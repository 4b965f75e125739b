"""Second versions: the first with a target moved and another added."""

from __future__ import annotations

from typing import Any

from django.db import models

from actionplans.demo.days import Days
from actionplans.demo.goals import Setter, milestones_of
from actionplans.demo.material import Material
from actionplans.demo.parts import Parts
from actionplans.models import Plan, SectionCode
from portal.periods import last_day_of_year


def amended(first: Parts, days: Days, setter: Setter, material: Material) -> Parts:
    """A version of the plan whose parts keep their lines."""
    place = first.place
    plan: Plan = _copy(
        first.plan, amends=first.plan, submitted_by=None, year_to=days.years[1]
    )
    parts = Parts(plan, place, first.speech)
    parts.sections = [_copy(row, plan=plan) for row in first.sections]
    said = material.words["amendment"]["target"]
    for section in parts.sections:
        if section.code == SectionCode.TARGETS:
            section.body += said
    old: dict[int, Any] = {id(None): None}
    parts.products = _copies(first.products, plan, old)
    parts.bottlenecks = _copies(first.bottlenecks, plan, old)
    parts.interventions = _copies(first.interventions, plan, old)
    parts.supporting = [(old[id(row)], agencies) for row, agencies in first.supporting]
    parts.targets = _copies(first.targets, plan, old)
    parts.aims = [(old[id(row)], [old[id(t)] for t in own]) for row, own in first.aims]
    _move_latest(parts, material.words["amendment"])
    for target in parts.targets:
        parts.milestones += milestones_of(target)
    setter.add(parts, days, "people-trained", None)
    parts.targets[-1].order = len(parts.targets)
    return parts


def _move_latest(parts: Parts, words: dict[str, str]) -> None:
    """What is due last, of each product and of all that is done, gets more time."""
    end = last_day_of_year(parts.plan.year_to)
    for chosen in parts.products:
        own = [t for t in parts.targets if t.plan_product is chosen]
        latest = max(own, key=lambda target: target.due_on)
        if latest.due_on != end:
            latest.due_on, latest.due_moved = end, words["moved_target"]
    last = max(parts.interventions, key=lambda row: row.due_on or end)
    if last.due_on != end:
        last.due_on, last.due_moved = end, words["moved_action"]


def _copies(rows: list[Any], plan: Plan, old: dict[int, Any]) -> list[Any]:
    """Copies of the rows. `old` finds the copy of each by the identity of its row."""
    found = []
    for row in rows:
        parents = {
            name: old[id(getattr(row, name))]
            for name in ("plan_product", "bottleneck")
            if hasattr(row, name)
        }
        old[id(row)] = _copy(row, plan=plan, **parents)
        found.append(old[id(row)])
    return found


def _copy(row: models.Model, **changes: object) -> Any:
    values = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**{**values, **changes})
