"""What happened to a plan, step by step, with what a correction has replaced.

A correction is recorded long after the step that it puts right, so the order in which
rows were written is not that in which the steps were taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from actionplans.models import Plan, PlanEvent
from portal.terms import Action

# What is only said beside the steps of a plan binds the day of no step.
REMARKS = (Action.COMMENT, Action.NOTIFY)
ADOPTED_AT = (Action.ADOPT, Action.CONFIRM, Action.RECORD)


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


def binding(action: str, earlier: Iterable[PlanEvent]) -> PlanEvent | None:
    """Of the steps taken earlier, the one before whose day this one cannot lie.

    The order that notifies a plan is often typed long after the plan is published: it
    is only younger than the adoption.
    """
    steps = [event for event in earlier if event.action not in REMARKS]
    if action == Action.NOTIFY:
        steps = [event for event in steps if event.action in ADOPTED_AT]
    return steps[-1] if steps else None


def latest(plan: Plan, action: Action | None = None) -> PlanEvent | None:
    """The last step that was taken, or the last one of this action."""
    found = [event for event in taken(plan) if action in (None, event.action)]
    return found[-1] if found else None
