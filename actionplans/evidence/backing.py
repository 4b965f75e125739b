"""What files stand behind: a target or an intervention, in the report of a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from actionplans.models import (
    Intervention,
    Plan,
    Reading,
    ReadingEntry,
    Report,
    Target,
)
from portal.terms import IN_FORCE, PUBLIC, Status

# Whose figures were asked for once.
ONCE_IN_FORCE = (*PUBLIC, Status.ANNULLED)


@dataclass(frozen=True, slots=True)
class Backed:
    """A report, and what it speaks of on one line: either of the two is there."""

    report: Report
    target: Target | None
    intervention: Intervention | None

    @property
    def line(self) -> UUID:
        return self._row.line_id

    @property
    def is_in_force(self) -> bool:
        return self._row.plan.status in IN_FORCE

    def figure(self) -> Reading | ReadingEntry | None:
        """What the report says of the target; one query."""
        if self.target is None or self.report.pk is None:
            return None
        if self.report.is_filed:
            rows = Reading.objects.current().filter(quarter=self.report.quarter)
            return rows.filter(line=self.line).first()
        return self.report.entries.exclude(state="").filter(line=self.line).first()

    @property
    def _row(self) -> Target | Intervention:
        row = self.target or self.intervention
        assert row
        return row


def backed(report: Report, line: UUID) -> Backed | None:
    """None for a line on which no plan of the district ever had either; two queries."""
    plans = Plan.objects.filter(district=report.district, status__in=ONCE_IN_FORCE)
    targets = Target.objects.filter(line=line, plan__in=plans).select_related(
        "plan", "indicator", "plan_product__product"
    )
    if found := max(targets, key=_standing, default=None):
        return Backed(report, found, None)
    actions = Intervention.objects.filter(line=line, plan__in=plans)
    action = max(actions.select_related("plan"), key=_standing, default=None)
    return Backed(report, None, action) if action else None


def _standing(row: Target | Intervention) -> tuple[bool, int]:
    """The wording in force, or else the newest."""
    return row.plan.status in IN_FORCE, row.pk
