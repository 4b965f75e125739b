"""What waits while a plan is carried out: reports, figures, decisions, bottlenecks."""

from __future__ import annotations

from django.db.models import CharField, Count, F, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Left, TruncDate

from actionplans.corrected_figures import unverified
from actionplans.deadlines import asked_quarters
from actionplans.models import Decision, Escalation, Report
from actionplans.waiting.rows import RIGHTS, Asker, Kind, Rows, columns
from portal.conditions import open_q
from portal.terms import Action, Asked

# As much of a text as a row of the list has room for.
LONGEST = 160


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
        .annotate(k=Count("entries", filter=~Q(entries__state="")))
    )
    return columns(
        begun.filter(district=asker.district) if asker.district else begun,
        kind=Value(Kind.REPORT.value),
        place=F("district_id"),
        thing=F("quarter"),
        begun=Value(1),
        entered=F("k"),
        figures=F("asked"),
    )


def corrected_figures(asker: Asker) -> Rows:
    """Figures of a district and quarter that another office put right, unverified."""
    rows = unverified().order_by().exclude(entered_by__user=asker.user)
    rows = rows.filter(line__district__in=asker.inside(Action.VERIFY))
    grouped = rows.values("line__district", "quarter").annotate(
        n=Count("pk"),
        oldest=Min("pk"),
        first=Min("recorded_at"),
        last=Max("recorded_at"),
    )
    return columns(
        grouped,
        kind=Value(Kind.VERIFY.value),
        place=F("line__district"),
        thing=F("quarter"),
        since=TruncDate("first"),
        figures=F("n"),
        changed_at=F("last"),
        at=Cast("oldest", CharField()),
    )


def decisions(asker: Asker) -> Rows:
    """Open decisions of meetings that give an office something to do, or a day."""
    given = Q(owner__isnull=False) | Q(due_on__isnull=False)
    rows = Decision.objects.order_by().filter(
        given,
        kind=Decision.Kind.ACTION,
        status=Decision.Status.OPEN,
        meeting__committee__district__in=asker.inside(Action.CONVENE),
    )
    return columns(
        rows,
        kind=Value(Kind.DECISION.value),
        place=F("meeting__committee__district_id"),
        thing=F("pk"),
        since=F("meeting__held_on"),
        how=Cast("meeting__number", CharField()),
        figures=F("number"),
        due_on=F("due_on"),
        at=Cast("meeting_id", CharField()),
        words=Left("text", LONGEST),
    )


def answers(asker: Asker) -> Rows:
    """Bottlenecks put to a rung for which the official may answer."""
    may = Q(pk__in=[])
    for action in RIGHTS[Kind.ANSWER]:
        may |= open_q(asker.user, action)
    return _escalations(asker, Escalation.objects.newest().filter(may), Kind.ANSWER)


def settlements(asker: Asker) -> Rows:
    """Bottlenecks that were answered, for who may close them or go higher."""
    may = open_q(asker.user, Action.SETTLE)
    rows = Escalation.objects.newest().filter(may, status=Asked.ANSWERED)
    return _escalations(asker, rows, Kind.SETTLE)


def _escalations(asker: Asker, rows: QuerySet[Escalation], kind: Kind) -> Rows:
    rows = rows.order_by()
    return columns(
        rows.filter(district=asker.district) if asker.district else rows,
        kind=Value(kind.value),
        place=F("district_id"),
        thing=F("pk"),
        since=TruncDate("recorded_at"),
        how=F("status"),
        due_on=F("answer_by"),
        changed_at=F("recorded_at"),
        at=Cast("line_id", CharField()),
        words=Left("text", LONGEST),
    )
