"""An official's districts at a glance: stage, freshness, reports, in one query.

For a page that has few queries to spend. What it says is what `actionplans.stages`
says, as a test proves; that module also knows since when, and who holds the plan.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.utils import timezone

from actionplans.deadlines import asked_quarters, published_on
from actionplans.freshness import Freshness, freshness
from actionplans.models import PlanEvent, Report
from actionplans.stages import REACHED_BY, Stage
from districts.models import District, DistrictProduct
from portal.accounts.models import User
from portal.conditions import open_q
from portal.periods import Quarter
from portal.terms import Action, Status

NAMES = ["pk", "name", "name_hi", "slug", "aliases", "column", "row"]
OF_STATE = ["state_id", "state__name", "state__name_hi", "state__slug"]
COLUMNS = [*NAMES, "since", "until", *OF_STATE]


@dataclass(frozen=True, slots=True)
class StateName:
    """What a page needs to name a State and to link to it."""

    pk: int
    name: str
    name_hi: str
    slug: str


@dataclass(frozen=True, slots=True)
class Place:
    """A district without all that its row keeps: pages show up to 800 of them."""

    pk: int
    name: str
    name_hi: str
    slug: str
    aliases: str
    column: int | None
    row: int | None
    state: StateName


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Where one district stands, and which of its last quarters are owed and filed."""

    district: Place
    is_living: bool
    stage: Stage
    freshness: Freshness
    filed_on: dt.date | None
    owes: frozenset[Quarter]
    filed: frozenset[Quarter]
    # What the official may do with its reports.
    may_prepare: bool
    may_file: bool


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The quarters that matter on a day, made once for all districts."""

    today: dt.date
    due: Quarter
    # The last closed quarters, newest first, and the one before them: it stands for
    # all that are as far back, because they are stale alike.
    asked: list[Quarter]
    before: Quarter

    @classmethod
    def on(cls, today: dt.date) -> _Calendar:
        asked = asked_quarters(today)
        return cls(today, Quarter.last_due(today), asked, asked[-1].previous)


def glances(user: User, district: District | None = None) -> list[Glance]:
    """Every district in the official's charge, former ones too, or one; one query."""
    days = _Calendar.on(timezone.localdate())
    places = District.objects.filter(user.charge().q()).order_by("name", "pk")
    if district:
        places = places.filter(pk=district.pk)
    rows = places.values(*COLUMNS, **_facts(days, user))
    states: dict[int, StateName] = {}
    return [_glance(row, days, states) for row in rows]


def _facts(days: _Calendar, user: User) -> dict[str, Any]:
    events = PlanEvent.objects.filter(plan__district=OuterRef("pk"))
    events = events.exclude(plan__status=Status.ANNULLED).order_by()
    reports = Report.objects.filter(district=OuterRef("pk"), filed_on__isnull=False)
    current = reports.filter(quarter__gte=days.due.code)
    lately = reports.filter(quarter__in=[quarter.code for quarter in days.asked])
    products = DistrictProduct.objects.filter(district=OuterRef("pk"), until=None)
    return {
        "has_products": Exists(products),
        "furthest": _grouped(events, "plan__district", Max(_stage_of_step())),
        "published_on": published_on(),
        "filed_on": _grouped(reports, "district", Max("filed_on")),
        "lately": _grouped(lately, "district", Sum(_bit(days.asked))),
        "has_half": Exists(current.filter(asked__lte=F("given") * 2)),
        "may_prepare": flag(open_q(user, Action.PREPARE_REPORT)),
        "may_file": flag(open_q(user, Action.FILE_REPORT)),
    }


def flag(condition: Q) -> Case:
    """Whether the condition holds, as 1 or 0."""
    return Case(When(condition, then=1), default=0)


def _grouped(rows: QuerySet, by: str, value: Max | Sum) -> Subquery:
    grouped = rows.order_by().values(by).annotate(found=value)
    return Subquery(grouped.values("found"))


def _bit(quarters: list[Quarter]) -> Case:
    """A bit of its own for each of these quarters."""
    bits = [When(quarter=q.code, then=1 << at) for at, q in enumerate(quarters)]
    return Case(*bits, default=0, output_field=IntegerField())


def _stage_of_step() -> Case:
    steps = [When(Q(action=step), then=stage) for step, stage in REACHED_BY.items()]
    return Case(*steps, default=None, output_field=IntegerField())


def _glance(
    row: dict[str, Any], days: _Calendar, states: dict[int, StateName]
) -> Glance:
    since, lately = row["published_on"], row["lately"] or 0
    first_owed = Quarter.of(since) if since else None
    filed = [q for at, q in enumerate(days.asked) if lately >> at & 1]
    newest = filed[0] if filed else days.before if row["filed_on"] else None
    return Glance(
        district=_place(row, states),
        is_living=_lives(row, days.today),
        stage=_stage(row, newest, days),
        freshness=_freshness(newest, row["has_half"], days.today, first_owed),
        filed_on=row["filed_on"],
        owes=frozenset(q for q in days.asked if first_owed and first_owed <= q),
        filed=frozenset(filed),
        may_prepare=bool(row["may_prepare"]),
        may_file=bool(row["may_file"]),
    )


def _place(row: dict[str, Any], states: dict[int, StateName]) -> Place:
    key = row["state_id"]
    if key not in states:
        names = [row[f"state__{name}"] for name in ("name", "name_hi", "slug")]
        states[key] = StateName(key, *names)
    return Place(state=states[key], **{name: row[name] for name in NAMES})


def _lives(row: dict[str, Any], today: dt.date) -> bool:
    since, until = row["since"], row["until"]
    return (since is None or since <= today) and (until is None or today < until)


# Most districts have the same few answers.
@lru_cache(maxsize=1000)
def _freshness(
    newest: Quarter | None,
    has_half: bool,
    today: dt.date,
    first_owed: Quarter | None,
) -> Freshness:
    report = (1, 1) if has_half else (0, 1)
    return freshness({newest: report} if newest else {}, today, first_owed)


def _stage(row: dict[str, Any], newest: Quarter | None, days: _Calendar) -> Stage:
    if newest and newest >= days.due:
        return Stage.REPORTING
    if row["furthest"]:
        return Stage(row["furthest"])
    return Stage.IDENTIFIED if row["has_products"] else Stage.NONE
