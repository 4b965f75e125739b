"""Plans on their way through the database: drafts first, then step by step.

The database lets a plan start as a draft or an old plan only, change its parts only
while it is one, and move only along the rules. So all plans of a generation are written
as they start, with their parts, and then take their steps together, a round at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from actionplans.demo.lives import Life
from actionplans.demo.store import Store
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
from portal.terms import Status

AT_A_TIME = 500
Supporting = Intervention.supporting.through
Aim = Intervention.targets.through


def write(store: Store, lives: Sequence[Life], number: int) -> None:
    """Write a generation of plans; `number` is the version of the adopted ones."""
    for life in lives:
        parts = life.parts
        store.add(parts.plan, *parts.lines, *parts.sections, *parts.products)
        store.add(*parts.bottlenecks, *parts.interventions, *parts.targets)
        store.add(*parts.milestones)
        for intervention, targets in parts.aims:
            store.add(*(Aim(intervention=intervention, target=t) for t in targets))
        for intervention, agencies in parts.supporting:
            links = (
                Supporting(intervention=intervention, agency=agency)
                for agency in agencies
            )
            store.add(*links)
    store.save(Plan, Line, PlanSection, PlanProduct, Bottleneck, Intervention)
    store.save(Supporting, Target, Milestone, Aim)
    store.tell("steps of plans")
    for steps in zip_longest(*[_moves(life) for life in lives]):
        _move(filter(None, steps), number)
    _forget_submitters(lives)


def _moves(life: Life) -> Iterator[tuple[Plan, Status]]:
    for status in life.path:
        yield life.parts.plan, status


def _move(steps: Iterable[tuple[Plan, Status]], number: int) -> None:
    """One round: every plan that still has a step to take takes it."""
    by_status: defaultdict[Status, list[Plan]] = defaultdict(list)
    for plan, status in steps:
        by_status[status].append(plan)
        plan.status = status
    for status, plans in by_status.items():
        if status == Status.PUBLISHED:
            _update([p.amends_id for p in plans], status=Status.SUPERSEDED)
        values: dict[str, object] = {"status": status}
        if status == Status.ADOPTED:
            values["number"] = number
        if status == Status.PUBLISHED:
            values["structured"] = True
        _update([plan.pk for plan in plans], **values)
        if status == Status.ANNULLED:
            _update([p.amends_id for p in plans], status=Status.PUBLISHED)


def _forget_submitters(lives: Iterable[Life]) -> None:
    """A draft that was returned waits for whoever submits it again."""
    plans = [life.parts.plan for life in lives]
    again = [plan for plan in plans if plan.status == Status.DRAFT]
    _update([plan.pk for plan in again], submitted_by=None)


def _update(keys: Sequence[int | None], **values: object) -> None:
    found = [key for key in keys if key]
    for start in range(0, len(found), AT_A_TIME):
        Plan.objects.filter(pk__in=found[start : start + AT_A_TIME]).update(**values)
