"""What waits for an official: one function for each kind of thing, one query for all.

The rights table decides what waits for whom. A report waits for whoever may file it
until it is filed; for those who only prepare it, until every figure it asks for is
entered. Which reports are owed is seen from the districts at a glance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from actionplans.blockers import ENDORSEMENT_DAYS
from actionplans.deadlines import asked_quarters
from actionplans.glance import Glance, flag
from actionplans.models import Plan, PlanEvent, Report
from districts.models import District
from portal.accounts.models import User
from portal.rules import RULES, open_q
from portal.terms import Action, Role


class Kind(models.TextChoices):
    """What waits, in the order in which a district comes through it."""

    START = "start", _("Plans to start")
    DRAFT = "draft", _("Drafts to complete")
    ENDORSE = "endorse", _("Drafts to endorse")
    ASSESS = "assess", _("Plans to assess")
    ADOPT = "adopt", _("Plans to adopt")
    RECORD = "record", _("Adoptions to record")
    CONFIRM = "confirm", _("Adoptions to confirm")
    PUBLISH = "publish", _("Plans to publish")
    REPORT = "report", _("Reports")


class Row(NamedTuple):
    """What the database says of one thing that waits; the columns of every kind."""

    kind: str
    district: int
    # A plan's key, or the code of a quarter.
    thing: int
    # The day on which the plan came to its status, and the step that brought it there.
    since: dt.date | None
    how: str
    # Of a report: whether it is begun, its figures entered, and all of them.
    begun: int
    entered: int
    figures: int
    # Whether the official may take the last step, and not only help with it.
    leads: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose work is looked up, on which day, and if in one district only, in which."""

    user: User
    today: dt.date
    district: District | None = None

    def takes(self, action: Action) -> bool:
        """Whether it can ever wait for them, whatever the place and the plan."""
        rule, held = RULES[action], {a.role for a in self.user.current_appointments}
        stands_in = rule.stands_in and Role.HQ_OFFICER in held
        return bool(stands_in or held & set(rule.who))

    def plans(self, action: Action) -> QuerySet[Plan]:
        plans = Plan.objects.open_to(self.user, action).order_by()
        return plans.filter(district=self.district) if self.district else plans

    def districts(self, action: Action) -> QuerySet[District]:
        places = District.objects.living(self.today).order_by()
        places = places.filter(open_q(self.user, action))
        return places.filter(pk=self.district.pk) if self.district else places


Rows = QuerySet[Any, Any]


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
    in_force = Plan.objects.in_force().filter(district=OuterRef("pk"))
    return _columns(
        places.filter(~Exists(in_force)),
        kind=Value(Kind.START.value),
        place=F("pk"),
    )


def drafts(asker: Asker) -> Rows:
    """Drafts that may be edited, by those who may submit and those who only type."""
    leads = open_q(asker.user, Action.SUBMIT)
    return _plans(asker.plans(Action.EDIT), Kind.DRAFT, leads)


def endorsements(asker: Asker) -> Rows:
    """Until the State has spoken, or its silence counts as consent."""
    since_then = PlanEvent.objects.filter(
        plan=OuterRef("pk"), action=Action.ENDORSE, pk__gt=OuterRef("moved")
    )
    lapsed = asker.today - dt.timedelta(days=ENDORSEMENT_DAYS)
    plans = asker.plans(Action.ENDORSE).annotate(moved=_last_move("pk"))
    plans = plans.filter(~Exists(since_then), moved__isnull=False)
    rows = _plans(plans.annotate(since=_last_move("effective_on")), Kind.ENDORSE)
    return rows.filter(since__gt=lapsed)


def step(kind: Kind) -> Callable[[Asker], Rows]:
    """The plans that wait for one step, with nothing else to be told apart."""

    def rows(asker: Asker) -> Rows:
        return _plans(asker.plans(ACTION_OF[kind]), kind)

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
    return _columns(
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
    Kind.REPORT: Action.PREPARE_REPORT,
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
    Kind.REPORT: reports,
}


def _plans(plans: QuerySet[Plan], kind: Kind, leads: Q | None = None) -> Rows:
    return _columns(
        plans,
        kind=Value(kind.value),
        place=F("district_id"),
        thing=F("pk"),
        since=_last_move("effective_on"),
        how=_last_move("action"),
        leads=Value(1) if leads is None else flag(leads),
    )


def _columns(rows: QuerySet[Any], **columns: Any) -> Rows:
    """The rows with every column, in the order of `Row`, whatever model they are of.

    Each column has the same type in all kinds, as a union asks.
    """
    whole: dict[str, Any] = {
        "kind": None,
        "place": None,
        "thing": Value(0),
        "since": Cast(Value(None), models.DateField()),
        "how": Value(""),
        "begun": Value(0),
        "entered": Value(0),
        "figures": Value(0),
        "leads": Value(1),
        **columns,
    }
    return rows.values_list(*(whole[name] for name in whole))


@cache
def _last_move(column: str) -> Subquery:
    """What is known of the event that brought a plan to its status."""
    moves = PlanEvent.objects.filter(plan=OuterRef("pk")).exclude(before=F("after"))
    return Subquery(moves.order_by("-pk").values(column)[:1])
