"""One thing that waits as a row of the database, whatever kind of thing it is."""

from __future__ import annotations

import datetime as dt
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
    CHECK = "check", _("Transcriptions to check")
    INTAKE = "intake", _("Old plans handed in")
    STRUCTURE = "structure", _("Plans to structure")


class Row(NamedTuple):
    """What the database says of one thing that waits; the columns of every kind."""

    kind: str
    # The district's key; of an intake, the State's.
    district: int
    # A plan's key, the code of a quarter, or the key of what is to be decided.
    thing: int
    # The day on which the plan came to its status, and the step that brought it there.
    since: dt.date | None
    how: str
    # Of a report: whether it is begun, its figures entered, and all of them; of
    # comments, `figures` is how many.
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


def of_plans(plans: QuerySet[Plan], kind: Kind, leads: Q | None = None) -> Rows:
    return columns(
        plans,
        kind=Value(kind.value),
        place=F("district_id"),
        thing=F("pk"),
        since=last_move("effective_on"),
        how=last_move("action"),
        leads=Value(1) if leads is None else flag(leads),
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
        **columns,
    }
    return rows.values_list(*(whole[name] for name in whole))


@cache
def last_move(column: str) -> Subquery:
    """What is known of the event that brought a plan to its status."""
    return Subquery(PlanEvent.objects.that_brought().values(column)[:1])
