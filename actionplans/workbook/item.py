"""One thing that a filled workbook says, beside what stood there and stands now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from actionplans.asked import ActionRow, FigureRow
from actionplans.merging import (
    Outcome,
    change_in_words,
    change_stamp,
    figure_in_words,
    figure_stamp,
    outcome,
)
from actionplans.models import ReadingEntry
from actionplans.sheet import Sheet
from actionplans.workbook.layout import TEXTS, Tab
from actionplans.workbook.prefilled import course_in_words, plain
from actionplans.workbook.said import Said
from portal.naming import local_name

SHORTENED = 16
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Text:
    """One of the three lines of a report."""

    sheet: Sheet
    name: str

    @property
    def label(self) -> str:
        return str(dict(zip(TEXTS, self.sheet.lines, strict=True))[self.name][0])

    @property
    def stored(self) -> str:
        return plain(getattr(self.sheet.report, self.name))


About = FigureRow | ActionRow | Text


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that the workbook says otherwise than it stood when handed out."""

    tab: Tab
    ref: str
    sheet: Sheet
    about: About
    line: str
    was: str
    stored: str
    said: Said

    @property
    def key(self) -> str:
        return f"{self.tab.key}-{self.sheet.district.pk}-{self.line}"

    @cached_property
    def is_clash(self) -> bool:
        return outcome(self.was, self.stored, self.said.stamp) == Outcome.CLASH

    @property
    def seen(self) -> str:
        """Which words of somebody else a choice was made against."""
        return hashlib.sha256(self.stored.encode()).hexdigest()[:SHORTENED]

    @cached_property
    def question(self) -> str:
        """What is odd about a figure, or still to be said about it."""
        if not isinstance(self.about, FigureRow):
            return ""
        entry = ReadingEntry(**(self.said.values or {}))
        return replace(self.about, entry=entry).issue

    def with_note(self, note: str) -> Item:
        values = {**(self.said.values or {}), "note": note}
        return replace(self, said=Said(values, figure_stamp(values)))

    @property
    def what(self) -> str:
        if isinstance(self.about, FigureRow):
            return local_name(self.about.target.indicator)
        if isinstance(self.about, ActionRow):
            return self.about.intervention.action
        return self.about.label

    @property
    def product(self) -> str:
        if not isinstance(self.about, FigureRow):
            return ""
        part = self.about.target.plan_product
        return local_name(part.product) if part else _("whole district")

    @property
    def before(self) -> str:
        """What it said when it was handed out; a hidden column may hold anything."""
        try:
            return self._in_words(self.was)
        except (TypeError, ValueError):
            return _("nothing")

    @property
    def theirs(self) -> str:
        return self._in_words(self.stored)

    @property
    def mine(self) -> str:
        return self._in_words(self.said.stamp)

    def _in_words(self, stamp: str) -> str:
        if isinstance(self.about, FigureRow):
            return figure_in_words(self.about.target.kind, stamp)
        if isinstance(self.about, ActionRow):
            return change_in_words(stamp) if stamp else course_in_words(self.about)
        return stamp or _("nothing")


def stored_stamp(about: About) -> str:
    if isinstance(about, FigureRow):
        return figure_stamp(about.entry)
    if isinstance(about, ActionRow):
        return change_stamp(about.entry)
    return about.stored


def answered(item: Item, notes: Mapping[str, str]) -> Item:
    """The item with the note that was typed beside its question."""
    note = notes.get(item.key, "").strip()
    is_right = 0 < len(note) <= LONGEST_NOTE and "\0" not in note
    return item.with_note(note) if is_right and item.question else item
