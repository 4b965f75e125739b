"""How far the reports of a quarter are in many districts, counted without their sheets.

A test proves that they say what the sheets say. Filed reports are as they were filed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from actionplans.asked import entered, issue_of
from actionplans.doubts import doubt, last_given
from actionplans.entered import (
    AskedTarget,
    IndicatorCount,
    asked_targets,
    by_indicator,
    readings_of,
)
from actionplans.freshness import is_half_full
from actionplans.models import (
    ActionEntry,
    Indicator,
    Intervention,
    Plan,
    Reading,
    ReadingEntry,
    Report,
)
from actionplans.preparing import reports_of
from actionplans.progress import Figure
from actionplans.sheet import Issue, lack
from districts.models import District
from portal.periods import Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The report of one district: what it is asked, gives and still leaves to say."""

    district: District
    report: Report
    asked: int
    given: int
    missing: list[Indicator]
    issues: list[Issue]

    @property
    def is_thin(self) -> bool:
        """Whether it gives too few figures to make the district fresh."""
        return not is_half_full((self.given, self.asked))

    @property
    def is_complete(self) -> bool:
        """Whether it can be filed as it is."""
        return not self.report.is_filed and not self.issues


@dataclass(frozen=True, slots=True)
class Tallies:
    """Those of many districts, in their order, and what is entered by indicator."""

    rows: list[Tally]
    indicators: list[IndicatorCount]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the reports that are not filed, by the keys of rows."""

    quarter: Quarter
    indicators: dict[int, Indicator]
    asked: dict[int, list[AskedTarget]]
    entries: dict[UUID, ReadingEntry]
    last: dict[UUID, Figure | None]
    with_plan: set[int]
    with_changes: set[int]

    def tally(self, report: Report) -> Tally:
        district = report.district
        if report.is_filed:
            return Tally(
                district=district,
                report=report,
                asked=report.asked,
                given=report.given,
                missing=[],
                issues=[],
            )
        targets = self.asked.get(district.pk, [])
        figures = {target: self._figure(target) for target in targets}
        missing = [target for target, figure in figures.items() if not figure]
        return Tally(
            district=district,
            report=report,
            asked=len(targets),
            given=sum(bool(f and f.is_given(t.kind)) for t, f in figures.items()),
            missing=[self.indicators[target.indicator] for target in missing],
            issues=self._issues(report, targets, is_empty=missing == targets),
        )

    def _figure(self, target: AskedTarget) -> Figure | None:
        return entered(self.entries.get(target.line), self.quarter)

    def _issues(
        self, report: Report, targets: list[AskedTarget], *, is_empty: bool
    ) -> list[Issue]:
        key = report.district_id
        found = [issue for target in targets if (issue := self._issue(target))]
        whole = lack(
            report,
            has_plan=key in self.with_plan,
            is_empty=is_empty and report.pk not in self.with_changes,
        )
        return [*found, whole] if whole else found

    def _issue(self, target: AskedTarget) -> Issue | None:
        entry, figure = self.entries.get(target.line), self._figure(target)
        if not entry or not figure:
            return None
        sentence = issue_of(
            entry, doubt(target.kind, figure, self.last.get(target.line))
        )
        where = f"figure-{target.key}"
        indicator = self.indicators[target.indicator]
        return Issue(sentence, where, indicator) if sentence else None


def tallies_of(districts: Collection[District], quarter: Quarter) -> Tallies:
    """A tally for each district, in a fixed number of queries."""
    reports = reports_of(districts, quarter)
    targets = asked_targets(districts, quarter)
    lines = _filed(reports.values())
    open_ones = {key: row for key, row in reports.items() if not row.is_filed}
    entries = _entries(open_ones.values())
    filed = reports.keys() - open_ones.keys()
    counts = by_indicator(targets, {*lines, *entries}, filed)
    asked: dict[int, list[AskedTarget]] = {}
    for target in sorted(targets, key=attrgetter("key")):
        asked.setdefault(target.district, []).append(target)
    facts = _Facts(
        quarter=quarter,
        indicators={row.indicator.pk: row.indicator for row in counts},
        asked=asked,
        entries=entries,
        last=_last(targets, entries, quarter),
        with_plan=_with_plan(open_ones),
        with_changes=_with_changes(open_ones),
    )
    return Tallies([facts.tally(reports[d.pk]) for d in districts], counts)


def _filed(reports: Iterable[Report]) -> set[UUID]:
    """The lines of which a figure is filed."""
    keys = [report.pk for report in reports if report.is_filed]
    rows = Reading.objects.filter(report__in=keys).order_by()
    return set(rows.values_list("line_id", flat=True))


def _entries(reports: Iterable[Report]) -> dict[UUID, ReadingEntry]:
    """Those that say something, by line: a line has one report in a quarter."""
    keys = [report.pk for report in reports if report.pk]
    rows = ReadingEntry.objects.filter(report__in=keys).exclude(state="")
    return {entry.line_id: entry for entry in rows}


def _last(
    targets: Iterable[AskedTarget],
    entries: dict[UUID, ReadingEntry],
    quarter: Quarter,
) -> dict[UUID, Figure | None]:
    """The last figure given before, of those whose entry explains nothing itself."""
    kinds = {
        target.line: target.kind
        for target in targets
        if target.line in entries and not entries[target.line].note
    }
    earlier = readings_of(kinds, before=quarter)
    return {
        line: last_given(kinds[line], {figure.quarter: figure for figure in figures})
        for line, figures in earlier.items()
    }


def _with_plan(keys: Collection[int]) -> set[int]:
    rows = Plan.objects.in_force().filter(district__in=keys).order_by()
    return set(rows.values_list("district", flat=True))


def _with_changes(reports: dict[int, Report]) -> set[int]:
    """The reports that say a change of an intervention in the plan in force."""
    keys = [report.pk for report in reports.values() if report.pk]
    in_force = Plan.objects.in_force().filter(district__in=reports).order_by()
    lines = Intervention.objects.filter(plan__in=in_force.values("pk")).order_by()
    rows = ActionEntry.objects.filter(report__in=keys, line__in=lines.values("line"))
    return set(rows.values_list("report", flat=True))
