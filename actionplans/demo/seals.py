"""Seals for all plans adopted in the demonstration, in one chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actionplans.demo.store import Store
from actionplans.models import Plan, PlanEvent, Seal
from actionplans.seal import adoption_of, canonical, contents, digest
from portal.terms import Action

AT_A_TIME = 100
SEALED_BY = (Action.ADOPT, Action.CONFIRM, Action.TRANSCRIBE)


def seal_all(store: Store, events: Iterable[PlanEvent]) -> None:
    """Seal what these events adopted, in the order in which they were recorded."""
    adopted = [event for event in events if event.action in SEALED_BY]
    previous = ""
    for event, plan in _whole(adopted):
        body = canonical(contents(plan, adoption_of(event), previous))
        seal = Seal(
            plan=plan,
            event=event,
            body=body,
            sha256=digest(body),
            previous=previous,
            sealed_at=event.recorded_at,
        )
        store.add(seal)
        previous = seal.sha256
    store.save(Seal)


def _whole(adopted: list[PlanEvent]) -> Iterator[tuple[PlanEvent, Plan]]:
    """Each event with its plan as the database has it, parts and all."""
    for start in range(0, len(adopted), AT_A_TIME):
        some = adopted[start : start + AT_A_TIME]
        plans = Plan.objects.whole().in_bulk([event.plan_id for event in some])
        for event in some:
            yield event, plans[event.plan_id]
