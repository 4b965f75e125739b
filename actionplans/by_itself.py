"""What happens to plans without anybody: due publications, drafts of ended districts.

An adopted plan is published by itself on the fifteenth day after its adoption was
recorded. Whoever may publish it may hold that once, for thirty days, and says why.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actionplans import history, workflow
from actionplans.models import Plan, PlanEvent, PlanQuerySet
from portal.terms import Action, Status

DAYS_OF_GRACE = dt.timedelta(days=15)
HELD_FOR = dt.timedelta(days=30)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Publication:
    """On which day an adopted plan is published by itself, and what holds it."""

    on: dt.date
    hold: PlanEvent | None

    @property
    def is_due(self) -> bool:
        """Whether it only waits for the timer to run."""
        return self.on <= timezone.localdate()


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a plan, or that it failed."""

    plan: Plan
    action: Action
    failed: bool = False


def publication(plan: Plan) -> Publication | None:
    """Of an adopted plan whose district lives; the others wait for somebody."""
    if plan.status != Status.ADOPTED or not plan.district.lives_on(
        timezone.localdate()
    ):
        return None
    return publication_after(plan, history.latest(plan, Action.HOLD))


def publication_after(plan: Plan, hold: PlanEvent | None) -> Publication:
    """Of an adopted plan, with what holds it."""
    if hold is None:
        recorded_on = timezone.localdate(plan.seal.sealed_at)
        return Publication(recorded_on + DAYS_OF_GRACE, None)
    return Publication(hold.effective_on + HELD_FOR, hold)


def move_on() -> Iterator[Done]:
    """Do all that is due today. One plan's failure does not stop the others."""
    yield from _each(_adopted(), Action.PUBLISH, _publish)
    yield from _each(_left_behind(), Action.DISCARD, _discard)


def _adopted() -> PlanQuerySet:
    return Plan.objects.filter(status=Status.ADOPTED)


def _left_behind() -> PlanQuerySet:
    """Drafts of districts that have ended."""
    ended = Plan.objects.filter(district__until__lte=timezone.localdate())
    return ended.filter(status=Status.DRAFT)


def _each(
    rows: PlanQuerySet, action: Action, do: Callable[[Plan], bool]
) -> Iterator[Done]:
    """Each plan in a transaction of its own, as it is once it is locked."""
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        locked = rows.with_place().select_for_update(of=("self",)).filter(pk=key)
        plan = None
        try:
            with transaction.atomic():
                plan = locked.first()
                is_done = plan is not None and do(plan)
        except Exception:
            logger.exception("plan %s: %s failed", key, action)
            yield Done(Plan.objects.with_place().get(pk=key), action, failed=True)
        else:
            if plan and is_done:
                yield Done(plan, action)


def _publish(plan: Plan) -> bool:
    due = publication(plan)
    if due is None or not due.is_due:
        return False
    workflow.publish_by_itself(plan)
    return True


def _discard(plan: Plan) -> bool:
    workflow.discard_by_itself(plan)
    return True
