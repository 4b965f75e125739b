"""What hangs together in a plan: bottleneck, intervention and target, from each end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from actionplans.bottlenecks import last_moves
from actionplans.gate import Gap, hints
from actionplans.measures import TargetStanding, targets_of
from actionplans.models import (
    Escalation,
    Intervention,
    InterventionUpdate,
    Plan,
    Target,
)
from actionplans.pasts import (
    Moves,
    TargetPast,
    moves_of_actions,
    moves_of_first,
    pasts_of_first,
    pasts_of_targets,
    updates_of,
)
from actionplans.plausible import Question
from actionplans.questions import open_questions

FIRST = 1


def tie(plan: Plan) -> None:
    """Fetches the targets of the interventions of a plan that is to be read.

    One query; that they are the plan's own spares a database the search among all.
    """
    own = Target.objects.filter(plan=plan).select_related("indicator")
    prefetch_related_objects(list(plan.interventions.all()), Prefetch("targets", own))


@dataclass(frozen=True, eq=False)
class Ties:
    """Beside the rows of a plan, by their keys; each is looked up once when asked for.

    No query for the interventions if the plan was fetched `whole`.
    """

    plan: Plan

    @property
    def is_first(self) -> bool:
        """Whether it is the first version, so that no query asks for those before."""
        return self.plan.number == FIRST

    @cached_property
    def against(self) -> dict[int, list[Intervention]]:
        """The interventions against each bottleneck."""
        found: dict[int, list[Intervention]] = {}
        for row in self.plan.interventions.all():
            if row.bottleneck_id:
                found.setdefault(row.bottleneck_id, []).append(row)
        return found

    @cached_property
    def serving(self) -> dict[int, list[Intervention]]:
        """The interventions for each target."""
        found: dict[int, list[Intervention]] = {}
        for row in self.plan.interventions.all():
            for target in row.targets.all():
                found.setdefault(target.pk, []).append(row)
        return found

    @cached_property
    def hints(self) -> dict[int | None, Gap]:
        """What is missing at each severe bottleneck."""
        return {hint.row: hint for hint in hints(self.plan)}

    @cached_property
    def standings(self) -> dict[int, TargetStanding]:
        """How each target stands today; one query."""
        return {standing.target.pk: standing for standing in targets_of(self.plan)}

    @cached_property
    def pasts(self) -> dict[UUID, TargetPast]:
        """Earlier goals and due dates of each target, by its line; one query."""
        if self.is_first:
            return pasts_of_first(self.plan.targets.all())
        return pasts_of_targets([self.plan])

    @cached_property
    def updates(self) -> list[InterventionUpdate]:
        return updates_of([self.plan])

    @cached_property
    def moves(self) -> dict[UUID, Moves]:
        """Earlier due dates of each intervention, by its line; two queries."""
        if self.is_first:
            return moves_of_first(self.plan.interventions.all(), self.updates)
        return moves_of_actions([self.plan], self.updates)

    @cached_property
    def asked(self) -> dict[UUID, Escalation]:
        """The last move about each bottleneck, by its line; one query."""
        return last_moves(row.line_id for row in self.plan.bottlenecks.all())

    @cached_property
    def questions(self) -> dict[int, list[Question]]:
        """What each target still asks; three queries at most."""
        return open_questions(self.plan)
