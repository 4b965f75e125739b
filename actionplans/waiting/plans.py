"""Plans that wait, and what is asked or said about them: one function for each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from actionplans.blockers import ENDORSEMENT_DAYS
from actionplans.glance import flag
from actionplans.models import (
    ConsultationComment,
    Correction,
    Erratum,
    Intake,
    Plan,
    PlanEvent,
)
from actionplans.waiting.rows import (
    RIGHTS,
    Asker,
    Kind,
    Rows,
    columns,
    last_move,
    of_plans,
)
from portal.conditions import open_q
from portal.terms import IN_FORCE, Action, Status


def starts(asker: Asker) -> Rows:
    """Districts that have no plan, neither in force nor in preparation."""
    places = asker.districts(Action.START)
    in_force = Plan.objects.filter(district=OuterRef("pk"), status__in=IN_FORCE)
    return columns(
        places.filter(~Exists(in_force)),
        kind=Value(Kind.START.value),
        place=F("pk"),
    )


def drafts(asker: Asker) -> Rows:
    """Drafts that may be edited, by those who may submit and those who only type."""
    leads = open_q(asker.user, Action.SUBMIT)
    plans = asker.plans(Action.EDIT).filter(status=Status.DRAFT)
    return of_plans(plans, Kind.DRAFT, leads)


def old_plans(asker: Asker) -> Rows:
    """Adopted plans of which there is only the document; nothing presses them."""
    plans = asker.plans(Action.EDIT).filter(status=Status.UNSTRUCTURED)
    return of_plans(plans, Kind.STRUCTURE)


def comments(asker: Asker) -> Rows:
    """What the public said of a draft and nobody has read yet, by plan."""
    waiting = Q(consultations__comments__status=ConsultationComment.Status.WAITING)
    plans = Plan.objects.order_by().filter(
        waiting, district__in=asker.inside(Action.MODERATE)
    )
    came = "consultations__comments__received_at"
    return columns(
        plans.annotate(
            n=Count("consultations__comments"), first=Min(came), last=Max(came)
        ),
        kind=Value(Kind.COMMENT.value),
        place=F("district_id"),
        thing=F("pk"),
        since=TruncDate("first"),
        figures=F("n"),
        changed_at=F("last"),
    )


def asked(kind: Kind, model: type[Correction | Erratum]) -> Callable[[Asker], Rows]:
    """What another office asked to put right, in a step or in a text."""

    def rows(asker: Asker) -> Rows:
        found = model._default_manager.order_by()
        found = found.filter(open_q(asker.user, Action.CONFIRM_CORRECTION))
        return columns(
            found.filter(district=asker.district) if asker.district else found,
            kind=Value(kind.value),
            place=F("district_id"),
            thing=F("pk"),
            since=TruncDate("recorded_at"),
            changed_at=F("recorded_at"),
        )

    return rows


def intakes(asker: Asker) -> Rows:
    """Handed in and tried by the official, but not recorded yet."""
    places = asker.districts(Action.RECORD_IN_BULK)
    mine = Intake.objects.order_by().filter(
        uploaded_by__user=asker.user, done_at=None, state__in=places.values("state")
    )
    return columns(
        mine.none() if asker.district else mine,
        kind=Value(Kind.INTAKE.value),
        place=F("state_id"),
        thing=F("pk"),
        since=TruncDate("uploaded_at"),
    )


def endorsements(asker: Asker) -> Rows:
    """Until the State has spoken, or its silence counts as consent."""
    since_then = PlanEvent.objects.filter(
        plan=OuterRef("pk"), action=Action.ENDORSE, pk__gt=OuterRef("moved")
    )
    lapsed = asker.today - dt.timedelta(days=ENDORSEMENT_DAYS)
    # As they were taken: a submission that is corrected later was not made later.
    first = PlanEvent.objects.filter(replaces=None, action=Action.SUBMIT)
    moved = first.filter(plan=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    plans = asker.plans(Action.ENDORSE).annotate(moved=Subquery(moved))
    plans = plans.filter(~Exists(since_then), moved__isnull=False)
    rows = of_plans(plans.annotate(since=last_move("effective_on")), Kind.ENDORSE)
    return rows.filter(since__gt=lapsed)


def publications(asker: Asker) -> Rows:
    """Adopted plans, with the day from which their grace counts: a hold begins anew.

    Those of districts that have ended are published by nobody but an official.
    """
    held = PlanEvent.objects.standing().filter(plan=OuterRef("pk"), action=Action.HOLD)
    held_on = Subquery(held.order_by("-pk").values("effective_on")[:1])
    living = Q(district__until=None) | Q(district__until__gt=asker.today)
    counts_from = Case(
        When(living, then=Coalesce(held_on, TruncDate("seal__sealed_at"))),
        output_field=DateField(),
    )
    return of_plans(
        asker.plans(Action.PUBLISH),
        Kind.PUBLISH,
        due_on=counts_from,
        begun=flag(Q(Exists(held))),
    )


def step(kind: Kind) -> Callable[[Asker], Rows]:
    """The plans that wait for one step, with nothing else to be told apart."""

    def rows(asker: Asker) -> Rows:
        return of_plans(asker.plans(RIGHTS[kind][0]), kind)

    return rows
