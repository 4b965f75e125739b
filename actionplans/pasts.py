"""What the versions of a plan said of the same line: earlier goals, moved due dates.

Adopted versions count, and the one that is looked at; what was annulled does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from actionplans.models import Intervention, InterventionUpdate, Plan, Target
from portal.numbers import hundredths
from portal.periods import written
from portal.terms import Status


@dataclass(frozen=True, slots=True)
class Moves:
    """When something is due, and when it was due before, first of all first."""

    due_on: dt.date | None
    earlier: tuple[dt.date, ...] = ()
    reason: str = ""

    @property
    def times(self) -> int:
        return len(self.earlier)

    @property
    def first(self) -> dt.date | None:
        return self.earlier[0] if self.earlier else self.due_on

    def to(self, day: dt.date | None, reason: str) -> Moves:
        if not day or day == self.due_on:
            return self
        before = (self.due_on,) if self.due_on else ()
        return Moves(day, (*self.earlier, *before), reason if before else "")


@dataclass(frozen=True, slots=True)
class GoalChange:
    """An earlier goal, the one after it, and the day on which that was adopted.

    There is no day as long as the version with the later goal is not adopted.
    """

    before: int
    after: int
    on: dt.date | None

    def __str__(self) -> str:
        values = {"before": hundredths(self.before), "after": hundredths(self.after)}
        if not self.on:
            return _("Goal %(before)s as adopted, %(after)s in this draft.") % values
        return _("Goal %(before)s until %(day)s, %(after)s since.") % {
            **values,
            "day": written(self.on),
        }


@dataclass(frozen=True, slots=True)
class TargetPast:
    """How a target came to be what it is in this version."""

    goals: list[GoalChange]
    moves: Moves


@dataclass(frozen=True, slots=True)
class _Version:
    """A line's row in one version of the plan; `goal` only of targets."""

    line: UUID
    due_on: dt.date | None
    due_moved: str
    adopted_on: dt.date | None
    sealed_at: dt.datetime | None
    goal: int = 0


def pasts_of_targets(plan: Plan) -> dict[UUID, TargetPast]:
    """Of every target of the plan; one query."""
    rows = _versions(plan, Target, "goal")
    return {
        line: TargetPast(list(_goal_changes(own)), _moves(own))
        for line, own in rows.items()
    }


def moves_of_actions(
    plan: Plan, updates: Iterable[InterventionUpdate]
) -> dict[UUID, Moves]:
    """Of every intervention of the plan, with what its updates moved; one query."""
    by_line: dict[UUID, list[InterventionUpdate]] = {}
    for update in updates:
        by_line.setdefault(update.line_id, []).append(update)
    rows = _versions(plan, Intervention)
    return {line: _moves(own, by_line.get(line, [])) for line, own in rows.items()}


def updates_of(plan: Plan) -> list[InterventionUpdate]:
    """All that was reported of its interventions, oldest first; one query."""
    lines = plan.interventions.order_by().values("line")
    rows = InterventionUpdate.objects.filter(line__in=lines)
    return list(rows.order_by("quarter", "pk"))


def _versions(
    plan: Plan, model: type[Target | Intervention], *more: str
) -> dict[UUID, list[_Version]]:
    """The rows of the same lines, oldest version first, up to this version."""
    earlier = Q(plan__seal__isnull=False) & ~Q(plan__status=Status.ANNULLED)
    if plan.number:
        earlier &= Q(plan__number__lt=plan.number)
    event = "plan__seal__event"
    lines: Any = model._default_manager.filter(plan=plan).order_by().values("line")
    rows = (
        model._default_manager.filter(Q(plan=plan) | earlier, line__in=lines)
        .order_by(F("plan__number").asc(nulls_last=True), "plan")
        .values_list(
            "line",
            "due_on",
            "due_moved",
            # A corrected adoption has another day.
            Coalesce(f"{event}__replaced_by__effective_on", f"{event}__effective_on"),
            "plan__seal__sealed_at",
            *more,
        )
    )
    found: dict[UUID, list[_Version]] = {}
    for values in rows:
        version = _Version(*values)
        found.setdefault(version.line, []).append(version)
    return found


def _goal_changes(rows: list[_Version]) -> Iterator[GoalChange]:
    for before, after in pairwise(rows):
        if before.goal != after.goal:
            yield GoalChange(before.goal, after.goal, after.adopted_on)


def _moves(rows: list[_Version], updates: Iterable[InterventionUpdate] = ()) -> Moves:
    """In the order in which the days were set.

    A version that repeats the day of the one before does not take back what a report
    has moved since.
    """
    steps = [(u.recorded_at, u.due_on, u.reason) for u in updates if u.due_on]
    for before, after in pairwise(rows):
        if after.due_on and before.due_on != after.due_on:
            when = after.sealed_at or dt.datetime.max.replace(tzinfo=dt.UTC)
            steps.append((when, after.due_on, after.due_moved))
    moves = Moves(rows[0].due_on)
    for _when, day, reason in sorted(steps, key=lambda step: step[0]):
        moves = moves.to(day, reason)
    return moves
