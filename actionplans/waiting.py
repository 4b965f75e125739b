"""What waits for an official: one function for each kind of thing, one query for all.

The rights table decides what waits for whom. A report waits for whoever may file it
until it is filed; for those who only prepare it, until every figure it asks for is
entered. Which reports are owed is seen from the districts at a glance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import TruncDate

from actionplans.blockers import ENDORSEMENT_DAYS
from actionplans.deadlines import asked_quarters
from actionplans.glance import Glance
from actionplans.models import (
    ConsultationComment,
    Correction,
    Erratum,
    Intake,
    Plan,
    PlanEvent,
    Report,
)
from actionplans.waiting_rows import (
    Asker,
    Kind,
    Row,
    Rows,
    columns,
    last_move,
    of_plans,
)
from districts.models import District
from portal.conditions import open_q
from portal.terms import IN_FORCE, Action, Status


def waiting(asker: Asker, seen: Iterable[Glance]) -> list[Row]:
    """Everything that waits in the districts seen, in one query however much."""
    parts = [KINDS[kind](asker) for kind in Kind if asker.takes(ACTION_OF[kind])]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True)
    rows = [Row(*values) for values in found]
    begun = {(r.district, r.thing): r for r in rows if r.kind == Kind.REPORT}
    owed = [row for glance in seen for row in _owed(glance, begun)]
    return [row for row in rows if row.kind != Kind.REPORT] + owed


def _owed(glance: Glance, begun: Mapping[tuple[int, int], Row]) -> Iterator[Row]:
    """The reports that wait in a district, those that nobody began among them."""
    if not glance.is_living or not glance.may_prepare:
        return
    key, leads = glance.district.pk, int(glance.may_file)
    for quarter in glance.owes - glance.filed:
        new = Row(Kind.REPORT, key, quarter.code, None, "", 0, 0, 0, 1)
        row = begun.get((key, quarter.code), new)._replace(leads=leads)
        if row.leads or not row.begun or row.entered < row.figures:
            yield row


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
    may = District.objects.filter(open_q(asker.user, Action.MODERATE))
    plans = Plan.objects.order_by().filter(waiting, district__in=may.values("pk"))
    if asker.district:
        plans = plans.filter(district=asker.district)
    return columns(
        plans.annotate(n=Count("consultations__comments")),
        kind=Value(Kind.COMMENT.value),
        place=F("district_id"),
        thing=F("pk"),
        figures=F("n"),
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


def step(kind: Kind) -> Callable[[Asker], Rows]:
    """The plans that wait for one step, with nothing else to be told apart."""

    def rows(asker: Asker) -> Rows:
        return of_plans(asker.plans(ACTION_OF[kind]), kind)

    return rows


def reports(asker: Asker) -> Rows:
    """Reports begun and not filed, with how far their figures are entered."""
    newest, *_between, oldest = asked_quarters(asker.today)
    begun = (
        Report.objects.order_by()
        .filter(
            asker.user.charge().q("district"),
            filed_on=None,
            quarter__range=(oldest.code, newest.code),
        )
        .annotate(n=Count("entries"), k=Count("entries", filter=~Q(entries__state="")))
    )
    return columns(
        begun.filter(district=asker.district) if asker.district else begun,
        kind=Value(Kind.REPORT.value),
        place=F("district_id"),
        thing=F("quarter"),
        begun=Value(1),
        entered=F("k"),
        figures=F("n"),
    )


# What may be done about each kind: the right that lets it wait for somebody.
ACTION_OF = {
    Kind.START: Action.START,
    Kind.DRAFT: Action.EDIT,
    Kind.ENDORSE: Action.ENDORSE,
    Kind.ASSESS: Action.ASSESS,
    Kind.ADOPT: Action.ADOPT,
    Kind.RECORD: Action.RECORD_ADOPTION,
    Kind.CONFIRM: Action.CONFIRM,
    Kind.PUBLISH: Action.PUBLISH,
    Kind.CORRECTION: Action.CONFIRM_CORRECTION,
    Kind.ERRATUM: Action.CONFIRM_CORRECTION,
    Kind.COMMENT: Action.MODERATE,
    Kind.REPORT: Action.PREPARE_REPORT,
    Kind.CHECK: Action.TRANSCRIBE,
    Kind.INTAKE: Action.RECORD_IN_BULK,
    Kind.STRUCTURE: Action.EDIT,
}
KINDS: dict[Kind, Callable[[Asker], Rows]] = {
    Kind.START: starts,
    Kind.DRAFT: drafts,
    Kind.ENDORSE: endorsements,
    Kind.ASSESS: step(Kind.ASSESS),
    Kind.ADOPT: step(Kind.ADOPT),
    Kind.RECORD: step(Kind.RECORD),
    Kind.CONFIRM: step(Kind.CONFIRM),
    Kind.PUBLISH: step(Kind.PUBLISH),
    Kind.CORRECTION: asked(Kind.CORRECTION, Correction),
    Kind.ERRATUM: asked(Kind.ERRATUM, Erratum),
    Kind.COMMENT: comments,
    Kind.REPORT: reports,
    Kind.CHECK: step(Kind.CHECK),
    Kind.INTAKE: intakes,
    Kind.STRUCTURE: old_plans,
}
