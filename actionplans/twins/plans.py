"""The versions of plans, and the public steps that brought them there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actionplans.adopted import Adopted, AdoptedFilter, rows_of
from actionplans.changes import PUBLIC_STEPS, office_of
from actionplans.models import Plan, PlanEvent, PlanQuerySet
from actionplans.twins.columns import district_of
from districts.columns import of_district
from portal.datasets import Column, Dataset, Table, checked
from portal.kinds import ADDRESS, CODE, DAY, MOMENT, NUMBER, TEXT, YES_NO
from portal.terms import Action, Status


def _plans(*_asked: Any) -> PlanQuerySet:
    return Plan.objects.been_public().order_by(
        "district__state__name", "district__name", "number", "pk"
    )


PLANS = Table(
    name="plan-versions",
    title=_("Versions of plans"),
    about=_(
        "Every version of a plan that everybody may read or could read before it was"
        " annulled, with the seal of what was adopted."
    ),
    columns=[
        *of_district("district"),
        Column("number", _("version"), NUMBER, "number"),
        Column("status", _("status"), CODE, "status", choices=Status),
        Column("year_from", _("first financial year"), NUMBER, "year_from"),
        Column("year_to", _("last financial year"), NUMBER, "year_to"),
        Column(
            "prepared_by",
            _("prepared by"),
            CODE,
            "prepared_by",
            choices=Plan.PreparedBy,
        ),
        Column("amends", _("version that it amends"), NUMBER, "amends__number"),
        Column(
            "is_structured",
            _("its targets can be followed; else it is a document"),
            YES_NO,
            "structured",
        ),
        Column("sealed_at", _("when it was sealed"), MOMENT, "seal__sealed_at"),
        Column("sha256", _("seal: SHA-256 of the whole plan"), CODE, "seal__sha256"),
    ],
    rows=_plans,
)


def _adopted(query: QueryDict | None = None) -> Iterator[Adopted]:
    return rows_of(checked(AdoptedFilter(query or QueryDict())).found)


ADOPTED = Dataset(
    name="plans",
    title=_("Adopted plans"),
    about=_(
        "Every version of a plan that was adopted, the newest first: when, by which"
        " decision, and its seal. Of one that is not published yet, only that it is."
    ),
    columns=[
        *district_of("plan.district"),
        Column("number", _("version"), NUMBER, "plan.number"),
        Column("status", _("status"), CODE, "plan.status", choices=Status),
        Column("year_from", _("first financial year"), NUMBER, "plan.year_from"),
        Column("year_to", _("last financial year"), NUMBER, "plan.year_to"),
        Column("adopted_on", _("adopted on"), DAY, "adopted_on"),
        Column(
            "meeting",
            _("number of the meeting"),
            NUMBER,
            "adoption.decision.meeting.number",
        ),
        Column("order_number", _("order number"), TEXT, "adoption.order_number"),
        Column("targets", _("targets, if they can be read"), NUMBER, "targets"),
        Column("sha256", _("seal, or hash of the document"), CODE, "sha256"),
        Column("address", _("its page, or that of the district"), ADDRESS, "href"),
    ],
    rows=_adopted,
)


def public_events(*_asked: Any) -> QuerySet[PlanEvent]:
    """What an annulled plan went through is undone."""
    rows = PlanEvent.objects.standing().filter(action__in=PUBLIC_STEPS)
    rows = rows.exclude(plan__status=Status.ANNULLED)
    rows = rows.select_related("plan__district__state", "appointment__ra")
    rows = rows.defer("note", "reason_codes", "checklist")
    return rows.order_by("effective_on", "pk")


EVENT_COLUMNS = [
    Column("plan", _("version of the plan; empty: none yet"), NUMBER, "plan.number"),
    Column("step", _("step"), CODE, "action", choices=Action),
    Column("on", _("day from which it holds"), DAY, "effective_on"),
    Column("recorded_at", _("when it was recorded"), MOMENT, "recorded_at"),
    Column(
        "office",
        _("office that acted; empty: it followed from another step"),
        TEXT,
        lambda row: office_of(row.appointment),
    ),
]
EVENTS = Dataset(
    name="events",
    title=_("Steps of plans"),
    about=_(
        "Each public step in the life of a plan: what, on which day, by which office."
        " Reasons, comments and persons are not public."
    ),
    columns=[*district_of("plan.district"), *EVENT_COLUMNS],
    rows=lambda *_asked: public_events().iterator(),
)
