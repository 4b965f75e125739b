"""The plans of a district with what happened to them, for its public page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from actionplans.by_itself import Publication, publication_after
from actionplans.models import Plan, PlanEvent
from districts.models import District
from portal.terms import PUBLIC, RECORDED_AS_DOCUMENT, Action, Status

# What the public may know of: other steps stay between the offices.
TOLD = (
    Action.SUBMIT,
    Action.ASSESS,
    Action.ADOPT,
    Action.RECORD_ADOPTION,
    Action.CONFIRM,
    Action.NOTIFY,
    Action.HOLD,
    Action.PUBLISH,
    Action.ANNUL,
    Action.RECORD_DRAFT,
    Action.RECORD,
    Action.TRANSCRIBE,
)
ADOPTED_BY = {Action.ADOPT, Action.CONFIRM, Action.RECORD}
SHOWN_TO_ALL = {Action.PUBLISH, Action.RECORD}


@dataclass(frozen=True, slots=True)
class Version:
    """A plan that was public once: when it was adopted and came into force."""

    plan: Plan
    adopted_on: dt.date | None
    published_on: dt.date | None


@dataclass(frozen=True, eq=False)
class Chronicle:
    """Plans come newest first; events oldest first, each with its plan.

    Of a step that was corrected, both rows are there: the later one `replaces` the
    other.
    """

    plans: list[Plan]
    events: list[PlanEvent]

    @classmethod
    def of(cls, district: District) -> Chronicle:
        """Two queries."""
        rows = district.plans.select_related("seal", "document").defer("seal__body")
        plans = {plan.pk: plan for plan in rows.order_by("-number", "-pk")}
        events = PlanEvent.objects.filter(plan__in=plans, action__in=TOLD)
        events = events.select_related("appointment__ra", "decision__meeting")
        found = list(events.defer("reason_codes", "checklist").order_by("pk"))
        for event in found:
            event.plan = plans[event.plan_id]
        return cls(list(plans.values()), found)

    @cached_property
    def standing(self) -> list[PlanEvent]:
        """Without what a correction has replaced."""
        replaced = {event.replaces_id for event in self.events}
        return [event for event in self.events if event.pk not in replaced]

    @property
    def in_force(self) -> Plan | None:
        """Structured and published."""
        return self._first([Status.PUBLISHED])

    @property
    def as_document(self) -> Plan | None:
        """In force, but no more of it than its document."""
        return self._first(RECORDED_AS_DOCUMENT)

    @property
    def versions(self) -> list[Plan]:
        """What everybody may read or, of what was annulled, once could."""
        return [plan for plan in self.plans if self._been_public(plan)]

    @property
    def history(self) -> list[Version]:
        """The versions with their days."""
        return [
            Version(plan, self._day(plan, ADOPTED_BY), self._day(plan, SHOWN_TO_ALL))
            for plan in self.versions
        ]

    @property
    def publication(self) -> Publication | None:
        """Of the plan that is adopted and not published."""
        adopted = self._first([Status.ADOPTED])
        if adopted is None:
            return None
        holds = [e for e in self.of_plan(adopted) if e.action == Action.HOLD]
        return publication_after(adopted, holds[-1] if holds else None)

    def of_plan(self, plan: Plan) -> list[PlanEvent]:
        return [event for event in self.standing if event.plan_id == plan.pk]

    def _day(self, plan: Plan, actions: Container[str]) -> dt.date | None:
        days = (e.effective_on for e in self.of_plan(plan) if e.action in actions)
        return next(days, None)

    def _first(self, statuses: Container[str]) -> Plan | None:
        return next((plan for plan in self.plans if plan.status in statuses), None)

    def _been_public(self, plan: Plan) -> bool:
        if plan.status != Status.ANNULLED:
            return plan.status in PUBLIC
        return any(
            event.action in SHOWN_TO_ALL
            for event in self.events
            if event.plan_id == plan.pk
        )
