"""Where districts stand: the stages they reached, who holds the plan, how fresh it is.

Nothing here is stored: it follows from committees, products, events and filed reports,
in a fixed number of queries for any number of districts, so that a count and the list
behind it cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import models
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.freshness import Freshness, freshness, lifted_by
from actionplans.models import Committee, Plan, PlanEvent, Report
from districts.models import District, DistrictProduct
from portal.periods import Quarter
from portal.terms import HOLDERS, IN_PREPARATION, Action, Role, Status


class Stage(models.IntegerChoices):
    """The furthest that a district's plan has come. The value is that of its glyph."""

    NONE = 0, _("Products not identified")
    IDENTIFIED = 1, _("Products identified")
    DRAFTED = 2, _("Draft prepared")
    ADOPTED = 3, _("Adopted")
    PUBLISHED = 4, _("Published")
    REPORTING = 5, _("Reporting")

    @property
    def slug(self) -> str:
        return self.name.lower()

    @classmethod
    def from_slug(cls, slug: str) -> Stage | None:
        return cls.__members__.get(slug.upper())


# The steps that reach a stage, whichever came first. An annulled plan reaches nothing.
REACHED_BY = {
    Action.SUBMIT: Stage.DRAFTED,
    Action.ADOPT: Stage.ADOPTED,
    Action.CONFIRM: Stage.ADOPTED,
    Action.PUBLISH: Stage.PUBLISHED,
    # An old plan: the draft or the adoption that it was, then its structure.
    Action.RECORD_DRAFT: Stage.DRAFTED,
    Action.RECORD: Stage.ADOPTED,
    Action.TRANSCRIBE: Stage.PUBLISHED,
}
PLAN_STAGES = [Stage.PUBLISHED, Stage.ADOPTED, Stage.DRAFTED, Stage.IDENTIFIED]
Days = dict[Stage, dt.date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one district stands today.

    `reached` has the stages it reached, each with its day if that was recorded.
    `status` and `holder` are those of the plan in preparation; `since` is the day on
    which it came to its status or, without a plan in preparation, the furthest stage
    was reached.
    `quarters` counts reports filed, of those owed since the first publication in the
    quarter `first_owed`. `figures` counts those given, of those asked for in the report
    filed for the newest due quarter; a report for `lifted_by` would make it fresh.
    """

    stage: Stage
    reached: Days
    committee_on: dt.date | None
    status: Status | None
    holder: Role | None
    since: dt.date | None
    freshness: Freshness
    filed_on: dt.date | None
    last_quarter: Quarter | None
    quarters: tuple[int, int]
    figures: tuple[int, int]
    first_owed: Quarter | None
    lifted_by: Quarter | None

    @property
    def waits_for_adoption(self) -> bool:
        return Stage.DRAFTED in self.reached and Stage.ADOPTED not in self.reached


@dataclass(frozen=True, slots=True)
class Filings:
    """What a district has filed: how often, when first and last, for which quarters."""

    count: int = 0
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    newest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Counts of districts: by stage reached, by furthest stage, by freshness."""

    total: int
    reached: dict[Stage, int]
    at: dict[Stage, int]
    fresh: dict[Freshness, int]
    committees: int
    waiting: int
    median_wait: int | None


def standings(districts: QuerySet[District] | None = None) -> dict[int, Standing]:
    """The standing of each of these districts (of all that live today) by its key."""
    chosen = District.objects.living() if districts is None else districts
    keys = list(chosen.values_list("pk", flat=True))
    within = {} if districts is None else {"in": keys}
    facts = _Facts.gather(within)
    return {key: facts.standing(key) for key in keys}


def counts(found: Iterable[Standing]) -> Funnel:
    """The funnel of these standings."""
    rows = list(found)
    today = timezone.localdate()
    waits = [row for row in rows if row.waits_for_adoption]
    days = [(today - on).days for row in waits if (on := row.reached[Stage.DRAFTED])]
    at = Counter(row.stage for row in rows)
    fresh = Counter(row.freshness for row in rows)
    return Funnel(
        total=len(rows),
        reached={s: sum(s in row.reached for row in rows) for s in Stage if s},
        at={stage: at[stage] for stage in Stage},
        fresh={word: fresh[word] for word in Freshness},
        committees=sum(row.committee_on is not None for row in rows),
        waiting=len(waits),
        median_wait=int(median(days)) if days else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the database says of many districts at once, each by the district's key."""

    today: dt.date
    due: Quarter
    committees: dict[int, dt.date]
    products: dict[int, dt.date | None]
    events: dict[int, Days]
    preparing: dict[int, tuple[Status, dt.date]]
    filings: dict[int, Filings]
    newest: dict[int, dict[Quarter, tuple[int, int]]]

    @classmethod
    def gather(cls, within: dict[str, list[int]]) -> _Facts:
        today = timezone.localdate()
        due = Quarter.last_due(today)
        return cls(
            today=today,
            due=due,
            committees=_committees(within),
            products=_products(within),
            events=_events(within),
            preparing=_preparing(within),
            filings=_filings(within),
            newest=_newest(within, due),
        )

    def standing(self, key: int) -> Standing:
        filed = self.filings.get(key, Filings())
        last = Quarter.from_code(filed.newest) if filed.newest else None
        reached = self._reached(key, filed)
        stage = max(reached, default=Stage.NONE)
        status, since = self.preparing.get(key, (None, reached.get(stage)))
        published = reached.get(Stage.PUBLISHED)
        first_owed = Quarter.of(published) if published else None
        reports = self._filed(key, last)
        word = freshness(reports, self.today, first_owed)
        return Standing(
            stage=stage,
            reached=reached,
            committee_on=self.committees.get(key),
            status=status,
            holder=HOLDERS[status] if status else None,
            since=since,
            freshness=word,
            filed_on=filed.last_on,
            last_quarter=last,
            quarters=(filed.count, self._owed(first_owed)),
            figures=reports.get(self.due, (0, 0)),
            first_owed=first_owed,
            lifted_by=lifted_by(word, reports, self.today),
        )

    def _reached(self, key: int, filed: Filings) -> Days:
        """A later stage implies those before it, on its day or an earlier one."""
        own: Days = dict(self.events.get(key, {}))
        if key in self.products:
            own[Stage.IDENTIFIED] = self.products[key]
        reached: Days = {}
        earliest: dt.date | None = None
        for stage in PLAN_STAGES:
            if stage not in own and not reached:
                continue
            days = [day for day in (own.get(stage), earliest) if day]
            reached[stage] = earliest = min(days, default=None)
        if filed.newest and filed.newest >= self.due.code:
            reached[Stage.REPORTING] = filed.first_on
        return reached

    def _filed(self, key: int, last: Quarter | None) -> dict[Quarter, tuple[int, int]]:
        known = self.newest.get(key)
        return known or ({last: (0, 0)} if last else {})

    def _owed(self, first: Quarter | None) -> int:
        if first is None:
            return 0
        return max(0, self.due.quarters_after(first) + 1)


def _at(path: str, within: dict[str, list[int]]) -> dict[str, Any]:
    return {f"{path}__{lookup}": keys for lookup, keys in within.items()}


def _committees(within: dict[str, list[int]]) -> dict[int, dt.date]:
    rows = Committee.objects.filter(**_at("district", within))
    return dict(rows.values_list("district", "constituted_on"))


def _products(within: dict[str, list[int]]) -> dict[int, dt.date | None]:
    rows = DistrictProduct.objects.filter(until=None, **_at("district", within))
    grouped = rows.order_by().values_list("district").annotate(Min("since"))
    return dict(grouped)


def _events(within: dict[str, list[int]]) -> dict[int, Days]:
    rows = (
        PlanEvent.objects.standing()
        .filter(action__in=REACHED_BY, **_at("plan__district", within))
        .exclude(plan__status=Status.ANNULLED)
        .order_by()
        .values_list("plan__district", "action")
        .annotate(Min("effective_on"))
    )
    found: dict[int, Days] = {}
    for key, action, day in rows:
        days = found.setdefault(key, {})
        stage = REACHED_BY[Action(action)]
        days[stage] = min(day, days.get(stage) or day)
    return found


def _preparing(within: dict[str, list[int]]) -> dict[int, tuple[Status, dt.date]]:
    moved = ~Q(events__before=F("events__after")) & Q(events__replaced_by=None)
    rows = (
        Plan.objects.filter(status__in=IN_PREPARATION, **_at("district", within))
        .order_by()
        .values_list("district", "status")
        .annotate(since=Max("events__effective_on", filter=moved))
    )
    return {key: (Status(status), day) for key, status, day in rows}


def _filings(within: dict[str, list[int]]) -> dict[int, Filings]:
    rows = (
        Report.objects.filter(filed_on__isnull=False, **_at("district", within))
        .order_by()
        .values_list("district")
        .annotate(Count("pk"), Min("filed_on"), Max("filed_on"), Max("quarter"))
    )
    return {key: Filings(*values) for key, *values in rows}


def _newest(
    within: dict[str, list[int]], due: Quarter
) -> dict[int, dict[Quarter, tuple[int, int]]]:
    """Figures given of those asked, in reports for the newest due quarter or later."""
    rows = Report.objects.filter(
        filed_on__isnull=False, quarter__gte=due.code, **_at("district", within)
    ).values_list("district", "quarter", "given", "asked")
    found: dict[int, dict[Quarter, tuple[int, int]]] = {}
    for key, code, given, asked in rows:
        found.setdefault(key, {})[Quarter.from_code(code)] = (given, asked)
    return found
