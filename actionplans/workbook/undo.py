"""Taking back what a workbook wrote, while nobody touched it and nothing was filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans.merging import change_of_stamp, figure_of_stamp
from actionplans.models import ActionEntry, FilledWorkbook, ReadingEntry
from actionplans.reporting import Typed, save_all
from actionplans.workbook.item import About, Text, stored_stamp
from actionplans.workbook.layout import ACTIONS, FIGURES
from actionplans.workbook.take import districts_for, locked, opened
from actionplans.workbook.trial import Reports
from portal.accounts.models import User
from portal.periods import Quarter


class Touched(Exception):
    """What was written has moved on since; the text says where."""


@transaction.atomic
def undo(workbook: FilledWorkbook, user: User) -> None:
    """Put back what stood there before, with whoever had entered it."""
    row = locked(workbook, done_at__isnull=False, undone_at=None)
    keys = {written["district"] for written in row.written}
    places = list(districts_for(user).filter(pk__in=keys))
    if len(places) < len(keys):
        raise Touched(_("A district in it is no longer in your charge."))
    reports = opened(places, Quarter.from_code(row.quarter))
    abouts = [_untouched(written, reports) for written in row.written]
    _put_back(row.written, abouts, reports, user)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])


def _untouched(written: Mapping[str, Any], reports: Reports) -> About:
    """What the record is about, or `Touched` if it reads otherwise by now."""
    place = written["district"]
    sheet = reports.sheets[place]
    words = {"district": sheet.district}
    if sheet.report.is_filed:
        raise Touched(_("The report of %(district)s was filed since.") % words)
    about = reports.find(written["tab"], place, written["line"])
    if about is None or stored_stamp(about) != written["now"]:
        raise Touched(
            _("Something that it wrote about %(district)s was changed since.") % words
        )
    return about


def _put_back(
    records: list[dict[str, Any]], abouts: list[About], reports: Reports, user: User
) -> None:
    figures: dict[int, dict[UUID, Any]] = {pk: {} for pk in reports.sheets}
    changes: dict[int, dict[UUID, Any]] = {pk: {} for pk in reports.sheets}
    for record, about in zip(records, abouts, strict=True):
        place, was = record["district"], record["was"]
        if isinstance(about, Text):
            setattr(about.sheet.report, about.name, was)
        elif record["tab"] == FIGURES.key:
            figures[place][UUID(record["line"])] = figure_of_stamp(was)
        else:
            changes[place][UUID(record["line"])] = change_of_stamp(was)
    sheets = reports.sheets.items()
    save_all([Typed(one, figures[pk], changes[pk]) for pk, one in sheets], by=user)
    _give_back(ReadingEntry, FIGURES.key, records, reports)
    _give_back(ActionEntry, ACTIONS.key, records, reports)


def _give_back(
    model: Any,
    tab: str,
    records: list[dict[str, Any]],
    reports: Reports,
) -> None:
    """Each entry to whoever had entered it; what nobody had entered goes."""
    pks = {place: sheet.report.pk for place, sheet in reports.sheets.items()}
    by = {
        (pks[record["district"]], record["line"]): record["by"]
        for record in records
        if record["tab"] == tab
    }
    rows = model.objects.filter(report__in=pks.values())
    mine = [row for row in rows if (row.report_id, str(row.line_id)) in by]
    for row in mine:
        row.entered_by_id = by[row.report_id, str(row.line_id)] or row.entered_by_id
    model.objects.bulk_update(mine, ["entered_by"])
    new = [row.pk for row in mine if by[row.report_id, str(row.line_id)] is None]
    model.objects.filter(pk__in=new).delete()
