"""What the versions of a plan said of the same line: earlier goals, moved due dates.

Adopted versions count, and the one that is looked at; what was annulled does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    """When something is due, and when it was due before, first of all first.

    Each earlier day has its reason: why it could not stay.
    """

    due_on: dt.date | None
    earlier: tuple[dt.date, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def times(self) -> int:
        return len(self.earlier)

    @property
    def first(self) -> dt.date | None:
        return self.earlier[0] if self.earlier else self.due_on

    @property
    def reason(self) -> str:
        """Why it was moved last."""
        return self.reasons[-1] if self.reasons else ""

    @property
    def slips(self) -> list[tuple[dt.date, str]]:
        return list(zip(self.earlier, self.reasons, strict=True))

    def to(self, day: dt.date | None, reason: str) -> Moves:
        if not day or day == self.due_on:
            return self
        if not self.due_on:
            return Moves(day, self.earlier, self.reasons)
        return Moves(day, (*self.earlier, self.due_on), (*self.reasons, reason))


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


def pasts_of_targets(
    plans: Collection[Plan], narrow: Q | None = None
) -> dict[UUID, TargetPast]:
    """Of every target of these plans, each of its own district; one query.

    `narrow` leaves out others of their targets.
    """
    rows = _versions(plans, Target, "goal", narrow=narrow)
    return {
        line: TargetPast(list(_goal_changes(own)), _moves(own))
        for line, own in rows.items()
    }


def moves_of_actions(
    plans: Collection[Plan],
    updates: Iterable[InterventionUpdate],
    narrow: Q | None = None,
) -> dict[UUID, Moves]:
    """Of every intervention of these plans, with what updates moved; one query.

    `narrow` leaves out others of their interventions.
    """
    return _moved(_versions(plans, Intervention, narrow=narrow), updates)


def pasts_of_first(targets: Iterable[Target]) -> dict[UUID, TargetPast]:
    """The same of a district's first version, before which there was nothing."""
    return {row.line_id: TargetPast([], Moves(row.due_on)) for row in targets}


def moves_of_first(
    actions: Iterable[Intervention], updates: Iterable[InterventionUpdate]
) -> dict[UUID, Moves]:
    rows = {
        row.line_id: [_Version(row.line_id, row.due_on, row.due_moved, None, None)]
        for row in actions
    }
    return _moved(rows, updates)


def updates_of(plans: Collection[Plan]) -> list[InterventionUpdate]:
    """All that was reported of their interventions, oldest first; one query."""
    lines = Intervention.objects.filter(plan__in=plans).order_by().values("line")
    rows = InterventionUpdate.objects.filter(line__in=lines)
    return list(rows.order_by("quarter", "pk"))


def _versions(
    plans: Collection[Plan],
    model: type[Target | Intervention],
    *more: str,
    narrow: Q | None = None,
) -> dict[UUID, list[_Version]]:
    """The rows of the same lines, oldest version first, up to the version looked at."""
    keys = {plan.pk for plan in plans}
    numbers = {plan.district_id: plan.number for plan in plans}
    earlier = Q(plan__seal__isnull=False) & ~Q(plan__status=Status.ANNULLED)
    event = "plan__seal__event"
    rows: Any = model._default_manager
    lines = rows.filter(narrow or Q(), plan__in=keys).order_by().values("line")
    found: dict[UUID, list[_Version]] = {}
    for key, district, number, *values in (
        rows.filter(Q(plan__in=keys) | earlier, line__in=lines)
        .order_by(F("plan__number").asc(nulls_last=True), "plan")
        .values_list(
            "plan",
            "plan__district",
            "plan__number",
            "line",
            "due_on",
            "due_moved",
            # A corrected adoption has another day.
            Coalesce(f"{event}__replaced_by__effective_on", f"{event}__effective_on"),
            "plan__seal__sealed_at",
            *more,
        )
    ):
        shown = numbers[district]
        if key in keys or shown is None or number < shown:
            version = _Version(*values)
            found.setdefault(version.line, []).append(version)
    return found


def _moved(
    rows: Mapping[UUID, list[_Version]], updates: Iterable[InterventionUpdate]
) -> dict[UUID, Moves]:
    by_line: dict[UUID, list[InterventionUpdate]] = {}
    for update in updates:
        by_line.setdefault(update.line_id, []).append(update)
    return {line: _moves(own, by_line.get(line, [])) for line, own in rows.items()}


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
