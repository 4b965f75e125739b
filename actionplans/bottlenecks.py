"""The bottlenecks of plans in force: with whom each waits, and which is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from actionplans.models import Bottleneck, Escalation
from districts.models import District
from portal.accounts.models import User
from portal.terms import Asked, Status

NOT_ASKED = "none"
WAITING = [*Asked.choices, (NOT_ASKED, _("Put to nobody yet"))]


@dataclass(frozen=True, slots=True)
class Standing:
    """A bottleneck and the last move about it, if there was any."""

    bottleneck: Bottleneck
    last: Escalation | None


def in_charge(user: User) -> QuerySet[Bottleneck]:
    """Those of the plans in force in the official's districts.

    One that left the plan while somebody was asked stays until it is closed. `asked`
    says with whom each waits, `answer_by` until when.
    """
    rows = Bottleneck.objects.filter(user.charge().q("plan__district")).order_by()
    in_force = Q(plan__status=Status.PUBLISHED)
    asked = Escalation.objects.open().order_by().values("line")
    left = rows.filter(line__in=asked, plan__seal__isnull=False)
    left = left.exclude(line__in=rows.filter(in_force).values("line"))
    newest = left.values("line").annotate(newest=Max("pk")).values("newest")
    return _with_last_move(rows.filter(in_force | Q(pk__in=newest)))


def _with_last_move(rows: QuerySet[Bottleneck]) -> QuerySet[Bottleneck]:
    later = Escalation.objects.filter(
        line=OuterRef("line"), number__gt=OuterRef("number")
    )
    return rows.annotate(
        number=F("line__escalations__number"),
        asked=Coalesce(F("line__escalations__status"), Value(NOT_ASKED)),
        answer_by=F("line__escalations__answer_by"),
    ).filter(Q(number=None) | ~Exists(later.order_by()))


def most_pressing_first(rows: QuerySet[Any]) -> QuerySet[Bottleneck]:
    """What waits, by its day; then what was answered, what was not asked, the rest."""
    rows = rows.select_related("plan_product__product", "plan__district__state")
    order = {Asked.ANSWERED: 1, NOT_ASKED: 2, Asked.SETTLED: 3}
    whens = [When(asked=asked, then=place) for asked, place in order.items()]
    return rows.order_by(
        Case(*whens, default=0),
        "answer_by",
        "-severity",
        "plan__district__name",
        "pk",
    )


def counts(rows: QuerySet[Any]) -> dict[str, int]:
    """How many wait with whom; one query."""
    found = rows.order_by().values_list("asked").annotate(n=Count("pk"))
    return Counter(dict(found))


def standings(rows: Iterable[Bottleneck]) -> list[Standing]:
    """Each with the last move about it; one query."""
    shown = list(rows)
    moves = last_moves(row.line_id for row in shown)
    return [Standing(row, moves.get(row.line_id)) for row in shown]


def last_moves(lines: Iterable[UUID]) -> dict[UUID, Escalation]:
    found = Escalation.objects.newest().filter(line__in=list(lines)).order_by()
    return {move.line_id: move for move in found}


def newest_row(place: District, line: UUID) -> Bottleneck | None:
    """As the plan in force names it or, if it does not, the last one that did."""
    rows = Bottleneck.objects.with_names().select_related("plan__district__state")
    named = rows.filter(plan__district=place, line=line, plan__seal__isnull=False)
    now = Case(When(plan__status=Status.PUBLISHED, then=0), default=1)
    return named.order_by(now, "-plan__number").first()
