"""Taking a filled workbook: all or nothing.

Everything is read and compared again once the reports are locked: what was shown
before is only what it was shown as.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actionplans.models import FilledWorkbook
from actionplans.preparing import prepare_all
from actionplans.reporting import Typed, open_all_to_write, save_all
from actionplans.sheet import Sheet
from actionplans.workbook.item import Item, Text, answered
from actionplans.workbook.layout import FIGURES
from actionplans.workbook.read import Row, read
from actionplans.workbook.trial import Reports, Trial, places_in, try_out
from districts.models import District
from portal.accounts.models import User
from portal.conditions import open_q
from portal.periods import Quarter
from portal.terms import Action

MINE, THEIRS = "mine", "theirs"
# Ticked once for all questions.
ALL = "all"


class NotReady(Exception):
    """A fault, or a choice or question left open."""


class Closed(Exception):
    """It was taken, dropped or taken back before, perhaps by a second click."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered about one item."""

    choice: str
    note: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says about clashes and questions, by the keys of the items.

    `seen` tells against which words of somebody else the choice was made.
    """

    choices: Mapping[str, str]
    seen: Mapping[str, str]
    notes: Mapping[str, str]
    ticked: Collection[str]

    def settles(self, item: Item) -> bool:
        if item.is_clash and not self._has_chosen(item):
            return False
        is_theirs = item.is_clash and self.choices[item.key] == THEIRS
        return is_theirs or self._has_ticked(item) or not self.said(item).question

    def about(self, item: Item) -> Answer:
        """Against other words than those shown, a choice does not count."""
        key = item.key
        choice = self.choices[key] if self._has_chosen(item) else ""
        return Answer(choice, self.notes.get(key, ""), key in self.ticked)

    def _has_ticked(self, item: Item) -> bool:
        return item.key in self.ticked or ALL in self.ticked

    def said(self, item: Item) -> Item:
        return answered(item, self.notes)

    def takes(self, item: Item) -> bool:
        return not item.is_clash or self.choices.get(item.key) == MINE

    def _has_chosen(self, item: Item) -> bool:
        chosen = self.choices.get(item.key) in (MINE, THEIRS)
        return chosen and self.seen.get(item.key) == item.seen


def districts_for(user: User) -> QuerySet[District]:
    rows = District.objects.with_place().filter(open_q(user, Action.PREPARE_REPORT))
    return rows.order_by("state__name", "name", "pk")


def content_of(workbook: FilledWorkbook) -> bytes:
    with workbook.file.open() as file:
        return bytes(file.read())


def look(workbook: FilledWorkbook, rows: Collection[Row], user: User) -> Trial:
    """What it would change today."""
    quarter = Quarter.from_code(workbook.quarter)
    mine = districts_for(user).filter(pk__in=places_in(rows))
    return try_out(rows, Reports(prepare_all(list(mine), quarter), quarter))


@transaction.atomic
def take(workbook: FilledWorkbook, user: User, answers: Answers) -> int:
    """Keep everything in it, or nothing; how much was kept."""
    row = locked(workbook, done_at=None)
    rows = read(content_of(row))
    first = look(row, rows, user)
    if first.faults:
        raise NotReady
    reports = opened(first.districts, Quarter.from_code(row.quarter))
    trial = try_out(_about(rows, reports), reports)
    if trial.faults or not all(map(answers.settles, trial.items)):
        raise NotReady
    items = [answers.said(item) for item in trial.items if answers.takes(item)]
    row.written = [_record(item) for item in items]
    save_all(_typed_of(items), by=user)
    row.done_at = timezone.now()
    row.save(update_fields=["done_at", "written"])
    return len(items)


@transaction.atomic
def drop(workbook: FilledWorkbook) -> None:
    """Remove what was only tried, and its file."""
    row = locked(workbook, done_at=None)
    row.delete()
    storage, name = row.file.storage, str(row.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def locked(workbook: FilledWorkbook, **state: Any) -> FilledWorkbook:
    rows = FilledWorkbook.objects.select_for_update().filter(pk=workbook.pk, **state)
    if (row := rows.first()) is None:
        raise Closed
    return row


def opened(districts: list[District], quarter: Quarter) -> Reports:
    sheets = open_all_to_write(districts, quarter) if districts else []
    return Reports(sheets, quarter)


def _about(rows: Iterable[Row], reports: Reports) -> list[Row]:
    """The rows about the districts whose reports are open; the others say nothing."""
    return [row for row in rows if places_in([row]) & set(reports.sheets)]


def _record(item: Item) -> dict[str, Any]:
    entry = None if isinstance(item.about, Text) else item.about.entry
    return {
        "tab": item.tab.key,
        "district": item.sheet.district.pk,
        "line": item.line,
        "was": item.stored,
        "now": item.said.stamp,
        "by": entry.entered_by_id if entry else None,
    }


def _typed_of(items: Iterable[Item]) -> list[Typed]:
    found: dict[int, tuple[Sheet, dict[UUID, Any], dict[UUID, Any]]] = {}
    for item in items:
        sheet, figures, changes = found.setdefault(
            item.sheet.district.pk, (item.sheet, {}, {})
        )
        if isinstance(item.about, Text):
            setattr(sheet.report, item.about.name, item.said.stamp)
        elif item.tab == FIGURES:
            figures[UUID(item.line)] = item.said.values
        else:
            changes[UUID(item.line)] = item.said.values
    return [Typed(*one) for one in found.values()]
