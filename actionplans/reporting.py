"""How the quarterly report of a district is kept, filed, and corrected afterwards.

While it is prepared, its figures are entries that anybody entitled may change. Filing
turns them into readings, each by whoever entered it, and freezes the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans.models import (
    ActionEntry,
    InterventionUpdate,
    Reading,
    ReadingEntry,
    Report,
    Verification,
)
from actionplans.sheet import Sheet, prepare
from districts.models import District
from portal.accounts.models import Appointment, User
from portal.models import DataVersion
from portal.periods import Quarter, written
from portal.rules import role_for
from portal.terms import Action

Values = Mapping[str, Any]
FIGURE = ["state", "value", "numerator", "denominator", "reason", "note", "source"]
CHANGE = ["status", "percent", "released", "spent", "due_on", "reason"]


class ReportBlocked(Exception):
    """Something that may be done but lacks a word; the text says what to do."""


class FiledAlready(Exception):
    """The report was filed before, perhaps by a second click."""


def not_open(district: District, quarter: Quarter) -> str:
    """Why the district has no report of this quarter, or nothing if it has one."""
    words = {"quarter": quarter, "district": district.name}
    if timezone.localdate() < quarter.opens_on:
        words["day"] = written(quarter.opens_on)
        return _("The report of %(quarter)s opens on %(day)s, after the quarter.") % (
            words
        )
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
    rows = Report.objects.select_for_update()
    report, _new = rows.get_or_create(district=district, quarter=quarter.code)
    return prepare(district, quarter, report)


def save(
    sheet: Sheet,
    figures: Mapping[UUID, Values],
    changes: Mapping[UUID, Values | None],
    *,
    by: User,
) -> None:
    """Keep what was typed. Call inside the transaction that opened the sheet.

    `figures` and `changes` are what somebody touched, by line; a change of None is
    taken back. An entry stays with whoever entered it until somebody changes it.
    """
    report = sheet.report
    if report.is_filed:
        raise FiledAlready
    appointment = _acting(by, Action.PREPARE_REPORT, sheet.district)
    report.prepared_by = report.prepared_by or appointment
    report.revision += 1
    report.save()
    _keep_figures(sheet, figures, appointment)
    _keep_changes(sheet, changes, appointment)


@transaction.atomic
def file_report(
    district: District, quarter: Quarter, *, by: User, revision: int
) -> Report:
    """File the report as it was read: `revision` is that of the page shown before."""
    appointment = _acting(by, Action.FILE_REPORT, district)
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


@transaction.atomic
def correct(reading: Reading, values: Values, *, by: User, because: str) -> Reading:
    """Append a reading that supersedes a filed one, which stays on record."""
    district = reading.line.district
    appointment = _acting(by, Action.FILE_REPORT, district)
    # Whoever comes second waits here, and then finds the first correction.
    Reading.objects.select_for_update().get(pk=reading.pk)
    if Reading.objects.filter(supersedes=reading).exists():
        raise ReportBlocked(
            _(
                "Somebody corrected this figure meanwhile: look at what stands there"
                " now before you correct it again."
            )
        )
    corrected = Reading(
        **{name: values[name] for name in FIGURE},
        line=reading.line,
        quarter=reading.quarter,
        as_on=reading.as_on,
        report=reading.report,
        entered_by=appointment,
        supersedes=reading,
    )
    corrected.note = because
    corrected.save(force_insert=True)
    DataVersion.rise()
    return corrected


def _acting(by: User, action: Action, district: District) -> Appointment:
    """The appointment under which somebody does this, or a refusal."""
    role = role_for(by, action, district)
    appointment = by.appointment_for(role, district) if role else None
    if appointment is None:
        raise PermissionDenied
    return appointment


def _keep_figures(
    sheet: Sheet, figures: Mapping[UUID, Values], appointment: Appointment
) -> None:
    """Every figure asked for has its entry from the first time on, empty or not."""
    new: list[ReadingEntry] = []
    touched: list[ReadingEntry] = []
    for row in sheet.figures:
        line = row.target.line_id
        entry = row.entry or ReadingEntry(
            report=sheet.report, line_id=line, entered_by=appointment
        )
        if line in figures:
            _write(entry, figures[line], appointment)
        if row.entry is None:
            new.append(entry)
        elif line in figures:
            touched.append(entry)
    ReadingEntry.objects.bulk_create(new)
    ReadingEntry.objects.bulk_update(touched, [*FIGURE, "entered_by"])


def _keep_changes(
    sheet: Sheet, changes: Mapping[UUID, Values | None], appointment: Appointment
) -> None:
    new: list[ActionEntry] = []
    touched: list[ActionEntry] = []
    undone: list[int] = []
    for row in sheet.actions:
        line = row.intervention.line_id
        if line not in changes:
            continue
        values = changes[line]
        if values is None:
            undone += [row.entry.pk] if row.entry else []
            continue
        entry = row.entry or ActionEntry(report=sheet.report, line_id=line)
        _write(entry, values, appointment)
        (touched if row.entry else new).append(entry)
    ActionEntry.objects.bulk_create(new)
    ActionEntry.objects.bulk_update(touched, [*CHANGE, "entered_by"])
    sheet.report.action_entries.filter(pk__in=undone).delete()


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
