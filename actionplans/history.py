"""What happened to a plan, step by step, with what a correction has replaced.

A correction is recorded long after the step that it puts right, so the order in which
rows were written is not that in which the steps were taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from actionplans.models import Plan, PlanEvent
from portal.terms import Action


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it stands, and as it was recorded before, the latest first."""

    event: PlanEvent
    was: list[PlanEvent] = field(default_factory=list)


def steps(events: Iterable[PlanEvent]) -> list[Step]:
    """The steps of one plan, in the order in which they were taken; no query."""
    rows = sorted(events, key=lambda event: event.pk)
    found: dict[int, Step] = {}
    first: dict[int, int] = {}
    for event in rows:
        root = first.get(event.replaces_id or event.pk, event.pk)
        first[event.pk] = root
        old = found.get(root)
        found[root] = Step(event, [old.event, *old.was] if old else [])
    return list(found.values())


def taken(plan: Plan) -> list[PlanEvent]:
    """The standing steps of the plan, in the order in which they were taken."""
    rows = plan.events.select_related("decision__meeting")
    return [step.event for step in steps(rows)]


def latest(plan: Plan, action: Action | None = None) -> PlanEvent | None:
    """The last step that was taken, or the last one of this action."""
    found = [event for event in taken(plan) if action in (None, event.action)]
    return found[-1] if found else None
