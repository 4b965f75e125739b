"""How the quarterly report of a district is kept and filed.

While it is prepared, its figures are entries that anybody entitled may change. Filing
turns them into readings, each by whoever entered it, and freezes the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans.entered import asked_targets
from actionplans.merging import CHANGE, FIGURE, Values
from actionplans.models import (
    ActionEntry,
    InterventionUpdate,
    Reading,
    ReadingEntry,
    Report,
    Verification,
)
from actionplans.preparing import EVERYTHING, prepare_all
from actionplans.sheet import Sheet
from districts.models import District
from portal.accounts.models import Appointment, User
from portal.models import DataVersion
from portal.periods import Quarter, written
from portal.rules import role_for
from portal.terms import Action

# What a save changes in the report itself.
KEPT = ["done", "next_steps", "help_needed", "asked", "prepared_by", "revision"]


class ReportBlocked(Exception):
    """Something that may be done but lacks a word; the text says what to do."""


class FiledAlready(Exception):
    """The report was filed before, perhaps by a second click."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody touched in a sheet, by line; a change of None is taken back."""

    sheet: Sheet
    figures: Mapping[UUID, Values]
    changes: Mapping[UUID, Values | None]


def not_open_yet(quarter: Quarter) -> str:
    """Why no district has a report of this quarter yet, or nothing."""
    if timezone.localdate() >= quarter.opens_on:
        return ""
    return _("The report of %(quarter)s opens on %(day)s, after the quarter.") % {
        "quarter": quarter,
        "day": written(quarter.opens_on),
    }


def not_open(district: District, quarter: Quarter) -> str:
    """Why the district has no report of this quarter, or nothing if it has one."""
    if why := not_open_yet(quarter):
        return why
    words = {"quarter": quarter, "district": district.name}
    if district.since and quarter.last_day < district.since:
        words["day"] = written(district.since)
        return (
            _("%(district)s exists since %(day)s, so it has no report of %(quarter)s.")
            % words
        )
    if district.until and quarter.first_day >= district.until:
        words["day"] = written(district.until)
        return (
            _("%(district)s ended on %(day)s, so it has no report of %(quarter)s.")
            % words
        )
    return ""


def open_to_write(district: District, quarter: Quarter) -> Sheet:
    """The sheet, its report kept from others until the transaction ends."""
    return open_all_to_write([district], quarter)[0]


def open_all_to_write(
    districts: Collection[District],
    quarter: Quarter,
    *,
    figures: Q = EVERYTHING,
    actions: Q = EVERYTHING,
) -> list[Sheet]:
    """The same for many districts, in a fixed number of queries.

    `figures` and `actions` narrow the sheets as they do when they are prepared.
    Reports are begun in the order of their districts and locked in that of their keys,
    so that two who write to the same districts wait for each other and never block
    each other.
    """
    rows = Report.objects.filter(district__in=districts, quarter=quarter.code)
    known = set(rows.values_list("district", flat=True))
    new = [
        Report(district=district, quarter=quarter.code)
        for district in sorted(districts, key=lambda district: district.pk)
        if district.pk not in known
    ]
    Report.objects.bulk_create(new, ignore_conflicts=True)
    locked = rows.select_for_update().order_by("pk")
    reports = {report.district_id: report for report in locked}
    for district in districts:
        reports[district.pk].district = district
    return prepare_all(
        districts, quarter, reports=reports, figures=figures, actions=actions
    )


def save(
    sheet: Sheet,
    figures: Mapping[UUID, Values],
    changes: Mapping[UUID, Values | None],
    *,
    by: User,
) -> None:
    """Keep what was typed. Call inside the transaction that opened the sheet.

    `figures` and `changes` are what somebody touched, by line. An entry stays with
    whoever entered it until somebody changes it.
    """
    save_all([Typed(sheet, figures, changes)], by=by)


def save_all(typed: Collection[Typed], *, by: User) -> None:
    """The same for many sheets, in a fixed number of queries."""
    offices = [acting(by, Action.PREPARE_REPORT, one.sheet.district) for one in typed]
    reports = [one.sheet.report for one in typed]
    asked = _asked(typed)
    for report, office in zip(reports, offices, strict=True):
        if report.is_filed:
            raise FiledAlready
        if report.prepared_by_id is None:
            report.prepared_by = office
        report.revision += 1
        report.asked = asked[report.district_id]
    Report.objects.bulk_update(reports, KEPT)
    _keep_figures(typed, offices)
    _keep_changes(typed, offices)


@transaction.atomic
def file_report(
    district: District, quarter: Quarter, *, by: User, revision: int
) -> Report:
    """File the report as it was read: `revision` is that of the page shown before."""
    appointment = acting(by, Action.FILE_REPORT, district)
    sheet = open_to_write(district, quarter)
    report = sheet.report
    if report.is_filed:
        raise FiledAlready
    if why := blocker(sheet, revision):
        raise ReportBlocked(why)
    _make_readings(sheet, appointment)
    _make_updates(sheet)
    report.asked, report.given = len(sheet.figures), len(sheet.given)
    report.filed_by = appointment
    report.filed_on, report.filed_at = timezone.localdate(), timezone.now()
    report.save()
    DataVersion.rise()
    return report


def blocker(sheet: Sheet, revision: int) -> str:
    """What keeps the report, as it was read in this revision, from being filed."""
    if why := not_open(sheet.district, sheet.quarter):
        return why
    if sheet.report.revision != revision:
        return _(
            "Somebody changed the report meanwhile: look through it again, then file"
            " it."
        )
    return " ".join(map(str, sheet.issues))


def acting(by: User, action: Action, district: District) -> Appointment:
    """The appointment under which somebody does this, or PermissionDenied."""
    role = role_for(by, action, district)
    appointment = by.appointment_for(role, district) if role else None
    if appointment is None:
        raise PermissionDenied
    return appointment


def _asked(typed: Collection[Typed]) -> Counter[int]:
    """How many figures each district is asked for, which a narrowed sheet hides."""
    if not typed:
        return Counter()
    districts = [one.sheet.district for one in typed]
    quarter = next(iter(typed)).sheet.quarter
    return Counter(one.district for one in asked_targets(districts, quarter))


def _keep_figures(typed: Collection[Typed], offices: list[Appointment]) -> None:
    new: list[ReadingEntry] = []
    touched: list[ReadingEntry] = []
    for one, office in zip(typed, offices, strict=True):
        for row in one.sheet.figures:
            line = row.target.line_id
            if line not in one.figures:
                continue
            entry = row.entry or ReadingEntry(report=one.sheet.report, line_id=line)
            _write(entry, one.figures[line], office)
            (touched if row.entry else new).append(entry)
    ReadingEntry.objects.bulk_create(new)
    ReadingEntry.objects.bulk_update(touched, [*FIGURE, "entered_by"])


def _keep_changes(typed: Collection[Typed], offices: list[Appointment]) -> None:
    new: list[ActionEntry] = []
    touched: list[ActionEntry] = []
    undone: list[int] = []
    for one, office in zip(typed, offices, strict=True):
        for row in one.sheet.actions:
            line = row.intervention.line_id
            values = one.changes.get(line)
            if values is not None:
                entry = row.entry or ActionEntry(report=one.sheet.report, line_id=line)
                _write(entry, values, office)
                (touched if row.entry else new).append(entry)
            elif line in one.changes and row.entry:
                undone.append(row.entry.pk)
    ActionEntry.objects.bulk_create(new)
    ActionEntry.objects.bulk_update(touched, [*CHANGE, "entered_by"])
    ActionEntry.objects.filter(pk__in=undone).delete()


def _write(
    entry: ReadingEntry | ActionEntry, values: Values, appointment: Appointment
) -> None:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.entered_by = appointment


def _make_readings(sheet: Sheet, filed_by: Appointment) -> None:
    """One reading for each figure; filing verifies those that others entered."""
    entries = [row.entry for row in sheet.figures if row.entry and row.figure]
    readings = Reading.objects.bulk_create(
        Reading(
            **{name: getattr(entry, name) for name in FIGURE},
            line_id=entry.line_id,
            quarter=sheet.quarter.code,
            report=sheet.report,
            entered_by_id=entry.entered_by_id,
        )
        for entry in entries
    )
    own = filed_by.user.appointments.values_list("pk", flat=True)
    by_others = [row for row in readings if row.entered_by_id not in set(own)]
    Verification.objects.bulk_create(
        Verification(reading=reading, appointment=filed_by) for reading in by_others
    )


def _make_updates(sheet: Sheet) -> None:
    entries = [row.entry for row in sheet.changes if row.entry]
    InterventionUpdate.objects.bulk_create(
        InterventionUpdate(
            **{name: getattr(entry, name) for name in CHANGE},
            line_id=entry.line_id,
            report=sheet.report,
            quarter=sheet.quarter.code,
            entered_by_id=entry.entered_by_id,
        )
        for entry in entries
    )
