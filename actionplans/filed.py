"""What a filed report says: its figures with their corrections, and its changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from actionplans.corrected_figures import VERIFIERS
from actionplans.evidence.files import files_of
from actionplans.models import (
    Evidence,
    Intervention,
    InterventionUpdate,
    Reading,
    Report,
    Target,
)
from portal.periods import written


@dataclass(frozen=True, slots=True)
class ReportState:
    """How far the report of a quarter is, in a word and a glyph of the sprite."""

    words: str
    ref: str
    tone: str
    is_late: bool = False

    @classmethod
    def of(cls, report: Report | None, *, owed: bool) -> ReportState:
        if report and report.filed_on:
            words = _("filed %(day)s") % {"day": written(report.filed_on)}
            return cls(words, "p-done", "fresh", report.is_late)
        if report:
            return cls(_("begun"), "p-due", "ageing")
        if owed:
            return cls(_("owed"), "p-off", "stale")
        return cls(_("not owed"), "p-none", "never")


@dataclass(frozen=True, slots=True)
class FiledFigure:
    """A figure as it stands now, its files, and what it corrects, newest first."""

    target: Target
    reading: Reading
    corrected: list[Reading]
    evidence: list[Evidence]

    @property
    def is_verified(self) -> bool:
        """Whether the office that filed it checked what another had entered."""
        return hasattr(self.reading, "verification")

    @property
    def waits(self) -> bool:
        """Whether another office put it right and nobody has checked that yet."""
        by = self.reading.entered_by.role
        return bool(self.corrected) and not self.is_verified and by not in VERIFIERS


@dataclass(frozen=True, slots=True)
class FiledChange:
    """What a report says of an intervention, and the files behind it."""

    intervention: Intervention
    update: InterventionUpdate
    evidence: list[Evidence]


def figures_of(report: Report) -> list[FiledFigure]:
    """The figures of a filed report in the order of the targets; three queries."""
    rows = Reading.objects.filter(
        line__in=report.readings.values("line"), quarter=report.quarter
    ).select_related(
        "entered_by__ra", "entered_by__district", "entered_by__state", "verification"
    )
    by_key = {row.pk: row for row in rows}
    corrected = {row.supersedes_id for row in by_key.values()}
    current = [row for row in by_key.values() if row.pk not in corrected]
    targets = targets_on([row.line_id for row in current])
    order = {line: at for at, line in enumerate(targets)}
    current.sort(key=lambda row: order[row.line_id])
    files = files_of(report)
    return [
        FiledFigure(
            target=targets[row.line_id],
            reading=row,
            corrected=_before(row, by_key),
            evidence=files.get(row.line_id, []),
        )
        for row in current
    ]


def changes_of(report: Report) -> list[FiledChange]:
    """The changes of interventions in a filed report; two queries more."""
    updates = list(report.updates.order_by("pk"))
    rows = Intervention.objects.filter(line__in=[row.line_id for row in updates])
    on = {row.line_id: row for row in rows.select_related("lead").order_by("pk")}
    files = files_of(report)
    return [
        FiledChange(on[update.line_id], update, files.get(update.line_id, []))
        for update in updates
    ]


def targets_on(lines: Iterable[UUID]) -> dict[UUID, Target]:
    """The newest target on each of these lines; one query."""
    rows = Target.objects.filter(line__in=list(lines)).select_related(
        "indicator", "plan_product__product"
    )
    return {row.line_id: row for row in rows.order_by("pk")}


def _before(reading: Reading, by_key: dict[int, Reading]) -> list[Reading]:
    found = []
    while reading.supersedes_id:
        reading = by_key[reading.supersedes_id]
        found.append(reading)
    return found
