"""One thing that waits as a row of the database, whatever kind of thing it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from actionplans.glance import flag
from actionplans.models import Plan, PlanEvent
from districts.models import District
from portal.accounts.models import User
from portal.conditions import open_q
from portal.rules import RULES
from portal.terms import Action, Role

Rows = QuerySet[Any, Any]


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
    CORRECTION = "correction", _("Corrections to decide")
    ERRATUM = "erratum", _("Errata to decide")
    COMMENT = "comment", _("Comments to read")
    REPORT = "report", _("Reports")
    VERIFY = "verify", _("Figures to verify")
    DECISION = "decision", _("Decisions owed")
    ANSWER = "answer", _("Bottlenecks to answer")
    SETTLE = "settle", _("Answers to read")
    CHECK = "check", _("Transcriptions to check")
    INTAKE = "intake", _("Old plans handed in")
    STRUCTURE = "structure", _("Plans to structure")


# What an official put off comes as rows of this kind, in the same query.
PUT_OFF = "put-off"
# What may be done about each kind: any of these rights lets it wait for somebody.
RIGHTS: Mapping[Kind, Sequence[Action]] = {
    Kind.START: [Action.START],
    Kind.DRAFT: [Action.EDIT],
    Kind.ENDORSE: [Action.ENDORSE],
    Kind.ASSESS: [Action.ASSESS],
    Kind.ADOPT: [Action.ADOPT],
    Kind.RECORD: [Action.RECORD_ADOPTION],
    Kind.CONFIRM: [Action.CONFIRM],
    Kind.PUBLISH: [Action.PUBLISH],
    Kind.CORRECTION: [Action.CONFIRM_CORRECTION],
    Kind.ERRATUM: [Action.CONFIRM_CORRECTION],
    Kind.COMMENT: [Action.MODERATE],
    Kind.REPORT: [Action.PREPARE_REPORT],
    Kind.VERIFY: [Action.VERIFY],
    Kind.DECISION: [Action.CONVENE],
    Kind.ANSWER: [
        Action.ANSWER_AS_DEPC,
        Action.ANSWER_AS_SEPC,
        Action.ANSWER_AS_HQ,
    ],
    Kind.SETTLE: [Action.SETTLE],
    Kind.CHECK: [Action.TRANSCRIBE],
    Kind.INTAKE: [Action.RECORD_IN_BULK],
    Kind.STRUCTURE: [Action.EDIT],
}


class Row(NamedTuple):
    """What the database says of one thing that waits; the columns of every kind."""

    kind: str
    # The district's key; of an intake, the State's.
    district: int
    # A plan's key, the code of a quarter, or the key of what is to be decided.
    thing: int
    # The day on which it came to where it waits, and the step that brought it there:
    # of an escalation, with whom it waits; of a decision, the number of its meeting; of
    # what is put off, its kind.
    since: dt.date | None
    how: str
    # Of a report: whether it is begun, its figures entered, and all of them; of a plan
    # to publish, whether that was held; of comments and corrected figures, `figures` is
    # how many, of a decision its number.
    begun: int
    entered: int
    figures: int
    # Whether the official may take the last step, and not only help with it.
    leads: int
    # The day that the thing itself names: by when it is asked for, from when the grace
    # of a publication counts, until when it is put off.
    due_on: dt.date | None
    changed_at: dt.datetime | None
    # What leads to its page where its key does not: a line, a reading, a meeting.
    at: str
    # What it says of itself.
    words: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose work is looked up, on which day, and if in one district only, in which."""

    user: User
    today: dt.date
    district: District | None = None

    def takes(self, kind: Kind) -> bool:
        """Whether it can ever wait for them, whatever the place and the plan."""
        held = {appointment.role for appointment in self.user.current_appointments}
        return any(
            held & set(rule.who) or (rule.stands_in and Role.HQ_OFFICER in held)
            for rule in (RULES[action] for action in RIGHTS[kind])
        )

    def plans(self, action: Action) -> QuerySet[Plan]:
        plans = Plan.objects.open_to(self.user, action).order_by()
        return plans.filter(district=self.district) if self.district else plans

    def inside(self, action: Action) -> QuerySet[Any]:
        """The keys of the districts, former ones too, in which they may do it."""
        places = District.objects.order_by().filter(open_q(self.user, action))
        if self.district:
            places = places.filter(pk=self.district.pk)
        return places.values("pk")

    def districts(self, action: Action) -> QuerySet[District]:
        places = District.objects.living(self.today).order_by()
        places = places.filter(open_q(self.user, action))
        return places.filter(pk=self.district.pk) if self.district else places


def of_plans(
    plans: QuerySet[Plan], kind: Kind, leads: Q | None = None, **columns_besides: Any
) -> Rows:
    """Plans that wait, each with the step that brought it to its status."""
    return columns(
        plans,
        kind=Value(kind.value),
        place=F("district_id"),
        thing=F("pk"),
        since=last_move("effective_on"),
        how=last_move("action"),
        leads=Value(1) if leads is None else flag(leads),
        changed_at=last_move("recorded_at"),
        **columns_besides,
    )


def columns(rows: QuerySet[Any], **columns: Any) -> Rows:
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
        "due_on": Cast(Value(None), models.DateField()),
        "changed_at": Cast(Value(None), models.DateTimeField()),
        "at": Value(""),
        "words": Value(""),
        **columns,
    }
    return rows.values_list(*(whole[name] for name in whole))


@cache
def last_move(column: str) -> Subquery:
    """What is known of the event that brought a plan to its status."""
    return Subquery(PlanEvent.objects.that_brought().values(column)[:1])
