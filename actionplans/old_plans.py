"""Adopted plans of which there is no more than the document."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from actionplans.models import Document, Plan, PlanEvent, PlanQuerySet
from portal.charts import share
from portal.terms import IN_FORCE, RECORDED_AS_DOCUMENT, Action, Status


@dataclass(frozen=True, slots=True)
class Recorded:
    """The plan, the record of its adoption, and its document if it is released."""

    plan: Plan
    adoption: PlanEvent
    document: Document | None

    @property
    def is_in_force(self) -> bool:
        return self.plan.status in IN_FORCE


def recorded(plan: Plan) -> Recorded:
    return recorded_of(plan, plan.events.standing().get(action=Action.RECORD))


def recorded_of(plan: Plan, adoption: PlanEvent) -> Recorded:
    """One query: for the document."""
    released = Document.objects.released().filter(plan=plan).first()
    return Recorded(plan, adoption, released)


@dataclass(frozen=True, slots=True)
class Structured:
    """Of the plans that districts adopted last: how many are structured."""

    structured: int
    as_document: int

    @property
    def adopted(self) -> int:
        return self.structured + self.as_document

    @property
    def share(self) -> str:
        return share(self.structured, self.adopted)


def is_structured() -> Q:
    """The plan in force or, if there is none, the one adopted to be so."""
    in_force = Plan.objects.filter(district=OuterRef("district"), status__in=IN_FORCE)
    adopted = Q(~Exists(in_force), status=Status.ADOPTED)
    return Q(status=Status.PUBLISHED) | adopted


def is_document() -> Q:
    return Q(status__in=RECORDED_AS_DOCUMENT)


def structured_among(plans: PlanQuerySet) -> Structured:
    """One query."""
    found = plans.order_by().aggregate(
        structured=Count("pk", filter=is_structured()),
        as_document=Count("pk", filter=is_document()),
    )
    return Structured(**found)
