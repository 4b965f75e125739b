"""An official's districts at a glance: stage, freshness, reports, in one query.

For a page that has few queries to spend. What it says is what `actionplans.stages`
says, as a test proves; that module also knows since when, and who holds the plan.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

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

from actionplans.deadlines import QUARTERS_ASKED, asked_quarters, published_on
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
COLUMNS = [*NAMES, "since", "until"]
# The bits of `lately`: the newest quarters, and as far above them the half full ones.
HALF_FULL = QUARTERS_ASKED
NEWEST = (1 << HALF_FULL) - 1


class StateName(NamedTuple):
    """What a page needs to name a State and to link to it."""

    pk: int
    name: str
    name_hi: str
    slug: str


class Place(NamedTuple):
    """A district without all that its row keeps: pages show up to 800 of them."""

    pk: int
    name: str
    name_hi: str
    slug: str
    aliases: str
    column: int | None
    row: int | None
    state: StateName


class Glance(NamedTuple):
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

    def owed(self, first: Quarter | None) -> frozenset[Quarter]:
        return frozenset(q for q in self.asked if first and first <= q)

    def among(self, bits: int) -> frozenset[Quarter]:
        return frozenset(q for at, q in enumerate(self.asked) if bits >> at & 1)

    @property
    def due_bits(self) -> int:
        """Those of the newest quarter that is due, and of any after it."""
        return sum(1 << at for at, q in enumerate(self.asked) if q >= self.due)


def glances(user: User, district: District | None = None) -> list[Glance]:
    """Every district in the official's charge, former ones too, or one; one query."""
    days = _Calendar.on(timezone.localdate())
    places = District.objects.filter(user.charge().q()).order_by("name", "pk")
    if district:
        places = places.filter(pk=district.pk)
    facts = _facts(days, user)
    rows = places.annotate(**facts).values_list(*OF_STATE, *COLUMNS, *facts)
    read = _Reader(days)
    return [read.glance(row) for row in rows]


def _facts(days: _Calendar, user: User) -> dict[str, Any]:
    """In the order of `_Facts`."""
    events = PlanEvent.objects.filter(plan__district=OuterRef("pk"))
    events = events.exclude(plan__status=Status.ANNULLED).order_by()
    reports = Report.objects.filter(district=OuterRef("pk"), filed_on__isnull=False)
    lately = reports.filter(quarter__in=[quarter.code for quarter in days.asked])
    products = DistrictProduct.objects.filter(district=OuterRef("pk"), until=None)
    return {
        "has_products": Exists(products),
        "furthest": _grouped(events, "plan__district", Max(_stage_of_step())),
        "published_on": published_on(),
        "filed_on": _grouped(reports, "district", Max("filed_on")),
        "lately": _grouped(lately, "district", Sum(_bits(days.asked))),
        "may_prepare": flag(open_q(user, Action.PREPARE_REPORT)),
        "may_file": flag(open_q(user, Action.FILE_REPORT)),
    }


def flag(condition: Q) -> Case:
    """Whether the condition holds, as 1 or 0."""
    return Case(When(condition, then=1), default=0)


def _grouped(rows: QuerySet, by: str, value: Max | Sum) -> Subquery:
    grouped = rows.order_by().values(by).annotate(found=value)
    return Subquery(grouped.values("found"))


def _bits(quarters: list[Quarter]) -> Case:
    """A bit of its own for each of these quarters, and another if it is half full."""
    half = Q(asked__lte=F("given") * 2)
    bits = []
    for at, quarter in enumerate(quarters):
        one = 1 << at
        bits.append(When(half, quarter=quarter.code, then=one | one << HALF_FULL))
        bits.append(When(quarter=quarter.code, then=one))
    return Case(*bits, default=0, output_field=IntegerField())


def _stage_of_step() -> Case:
    steps = [When(Q(action=step), then=stage) for step, stage in REACHED_BY.items()]
    return Case(*steps, default=None, output_field=IntegerField())


class _Facts(NamedTuple):
    """What is looked up of a district besides its own columns."""

    has_products: bool
    furthest: int | None
    published_on: dt.date | None
    filed_on: dt.date | None
    lately: int | None
    may_prepare: int
    may_file: int


class _Reader:
    """Rows into glances; most districts have the same few answers."""

    def __init__(self, days: _Calendar) -> None:
        self.days = days
        self.due_bits = days.due_bits
        self.states: dict[int, StateName] = {}
        self.owed = cache(days.owed)
        self.among = cache(days.among)
        self.freshness = cache(self._freshness)

    def glance(self, row: tuple[Any, ...]) -> Glance:
        of_state, rest = row[: len(OF_STATE)], row[len(OF_STATE) :]
        *place, since, until = rest[: len(COLUMNS)]
        facts = _Facts(*rest[len(COLUMNS) :])
        newest = self._newest(facts)
        first_owed = Quarter.of(facts.published_on) if facts.published_on else None
        bits = facts.lately or 0
        has_half = bool(bits >> HALF_FULL & self.due_bits)
        return Glance(
            district=Place._make((*place, self._state(of_state))),
            is_living=self._lives(since, until),
            stage=self._stage(facts, newest),
            freshness=self.freshness(newest, has_half, first_owed),
            filed_on=facts.filed_on,
            owes=self.owed(first_owed),
            filed=self.among(bits & NEWEST),
            may_prepare=bool(facts.may_prepare),
            may_file=bool(facts.may_file),
        )

    def _state(self, columns: tuple[Any, ...]) -> StateName:
        key = columns[0]
        if key not in self.states:
            self.states[key] = StateName(*columns)
        return self.states[key]

    def _lives(self, since: dt.date | None, until: dt.date | None) -> bool:
        today = self.days.today
        return (since is None or since <= today) and (until is None or today < until)

    def _newest(self, facts: _Facts) -> Quarter | None:
        """The newest quarter filed, or one that stands for all that are long past."""
        bits = (facts.lately or 0) & NEWEST
        if bits:
            return self.days.asked[(bits & -bits).bit_length() - 1]
        return self.days.before if facts.filed_on else None

    def _stage(self, facts: _Facts, newest: Quarter | None) -> Stage:
        if newest and newest >= self.days.due:
            return Stage.REPORTING
        if facts.furthest:
            return Stage(facts.furthest)
        return Stage.IDENTIFIED if facts.has_products else Stage.NONE

    def _freshness(
        self, newest: Quarter | None, has_half: bool, first_owed: Quarter | None
    ) -> Freshness:
        filed = {newest: (1, 1) if has_half else (0, 1)} if newest else {}
        return freshness(filed, self.days.today, first_owed)
