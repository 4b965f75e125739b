"""How many of the figures that a quarter asks for are entered, by indicator.

It answers what a prepared sheet would, for many districts at once and without one: only
a target past its last period needs its readings, and of those the few that count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from actionplans.models import Indicator, Reading, ReadingEntry, Report, Target
from actionplans.progress import Figure, Frequency, Goal, is_asked, is_reached
from districts.models import District
from portal import charts
from portal.models import DataVersion
from portal.periods import Quarter, first_day_of_year
from portal.terms import Status

WHICH = ["line_id", "pk", "indicator_id", "plan__district_id"]
FACTS = ["kind", "direction", "frequency", "baseline", "baseline_on", "goal", "due_on"]
FIGURE = ["state", "value", "numerator", "denominator", "as_on"]


@dataclass(frozen=True, slots=True)
class AskedTarget:
    """A target that is asked for its figure."""

    line: UUID
    key: int
    kind: str
    indicator: int
    district: int


@dataclass(frozen=True, slots=True)
class IndicatorCount:
    """An indicator, and of how many targets its figure is asked and entered.

    Those left can still be entered: their report is not filed.
    """

    indicator: Indicator
    asked: int
    entered: int
    left: int

    @property
    def share(self) -> str:
        return charts.share(self.entered, self.asked)


def counts(districts: Collection[District], quarter: Quarter) -> list[IndicatorCount]:
    """The indicators that these districts are asked for, by name; five queries."""
    entered = lines_entered(districts, quarter)
    filed = filed_districts(districts, quarter)
    return by_indicator(asked_targets(districts, quarter), entered, filed)


def by_indicator(
    targets: Iterable[AskedTarget], entered: Container[UUID], filed: Container[int]
) -> list[IndicatorCount]:
    """The counts of these targets, by the name of the indicator; one query.

    `entered` are lines, `filed` the districts whose report takes nothing any more.
    """
    found: dict[int, list[AskedTarget]] = {}
    for target in targets:
        found.setdefault(target.indicator, []).append(target)
    return [
        _count(indicator, found[indicator.pk], entered, filed)
        for indicator in Indicator.objects.filter(pk__in=found)
    ]


def _count(
    indicator: Indicator,
    targets: list[AskedTarget],
    entered: Container[UUID],
    filed: Container[int],
) -> IndicatorCount:
    missing = [target for target in targets if target.line not in entered]
    return IndicatorCount(
        indicator=indicator,
        asked=len(targets),
        entered=len(targets) - len(missing),
        left=sum(target.district not in filed for target in missing),
    )


def asked_targets(
    districts: Collection[District],
    quarter: Quarter,
    indicator: Indicator | None = None,
) -> list[AskedTarget]:
    """Every target of their plans in force that is asked in the quarter.

    Where an indicator is named, only its own. Which are asked follows from what is
    public, so it is kept in memory until something public changes or the day does.
    """
    data = DataVersion.current()
    keys, today = tuple(district.pk for district in districts), timezone.localdate()
    if not data.pk:
        # Nothing says when this would be out of date.
        return _asked(keys, quarter, indicator, today)
    version = data.pk, data.number, data.changed_at
    return list(_kept(keys, quarter, indicator, today, version))


@lru_cache(maxsize=64)
def _kept(
    districts: tuple[int, ...],
    quarter: Quarter,
    indicator: Indicator | None,
    today: dt.date,
    _version: tuple[int, int, dt.datetime],
) -> list[AskedTarget]:
    return _asked(districts, quarter, indicator, today)


def _asked(
    districts: tuple[int, ...],
    quarter: Quarter,
    indicator: Indicator | None,
    today: dt.date,
) -> list[AskedTarget]:
    running: list[AskedTarget] = []
    over: dict[UUID, tuple[AskedTarget, Goal]] = {}
    for target, goal in _targets(districts, quarter, indicator):
        if quarter <= goal.last_period:
            running.append(target)
        else:
            over[target.line] = target, goal
    figures = readings_of(over)
    return running + [
        target
        for line, (target, goal) in over.items()
        if not is_reached(goal, figures.get(line, []), today)
    ]


def lines_entered(districts: Collection[District], quarter: Quarter) -> set[UUID]:
    """The lines of which a report of the quarter says something, or filed it."""
    of_quarter = {"report__district__in": districts, "report__quarter": quarter.code}
    entries = ReadingEntry.objects.filter(**of_quarter).exclude(state="")
    readings = Reading.objects.filter(**of_quarter).order_by()
    return {
        line
        for (line,) in entries.values_list("line_id").union(
            readings.values_list("line_id")
        )
    }


def filed_districts(districts: Collection[District], quarter: Quarter) -> set[int]:
    """The keys of those that have filed their report of the quarter."""
    rows = Report.objects.filter(
        district__in=districts, quarter=quarter.code, filed_on__isnull=False
    )
    return set(rows.order_by().values_list("district", flat=True))


def _targets(
    districts: Collection[int], quarter: Quarter, indicator: Indicator | None
) -> Iterator[tuple[AskedTarget, Goal]]:
    """Those whose period closes with the quarter and that have begun."""
    asked = [frequency for frequency in Frequency if is_asked(frequency, quarter)]
    rows = Target.objects.filter(
        plan__district__in=districts, plan__status=Status.PUBLISHED, frequency__in=asked
    )
    if indicator:
        rows = rows.filter(indicator=indicator)
    for line, key, what, district, year, *facts in rows.order_by().values_list(
        *WHICH, "plan__year_from", *FACTS
    ):
        values = dict(zip(FACTS, facts, strict=True))
        goal = Goal(**values, plan_starts_on=first_day_of_year(year))
        if quarter >= goal.first_period:
            yield AskedTarget(line, key, goal.kind, what, district), goal


def readings_of(
    lines: Iterable[UUID], before: Quarter | None = None
) -> dict[UUID, list[Figure]]:
    """The current figures of these lines, of all quarters or of those before one."""
    found: dict[UUID, list[Figure]] = {}
    rows = Reading.objects.current().filter(line__in=list(lines)).order_by()
    if before:
        rows = rows.filter(quarter__lt=before.code)
    for line, code, *said in rows.values_list("line_id", "quarter", *FIGURE):
        values = dict(zip(FIGURE, said, strict=True))
        figure = Figure(quarter=Quarter.from_code(code), **values)
        found.setdefault(line, []).append(figure)
    return found
