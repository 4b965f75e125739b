"""What a plan says otherwise than another version of it, by section and by row.

Both are `contents` as they are sealed. A row is the same one if it has the same line.
No query is made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import takewhile

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplans.columns import (
    HEAD,
    PARTS,
    TEXT,
    Column,
    Names,
    PartColumns,
    Row,
    measured,
    measured_difference,
    names_in,
)
from actionplans.models import SectionCode
from portal.periods import written

WORDS = re.compile(r"\n+|[^\S\n]*\S+")
# Of words that did not change, so many are shown before and after those that did.
SHOWN = 15
NO_NAMES: Names = {}


class Kind(models.TextChoices):
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    CHANGED = "changed", _("Changed")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came: `same`, `del` or `ins`."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field before and after, and by how much it moved if it is an amount."""

    label: str
    before: str
    after: str
    difference: str = ""
    is_prose: bool = False

    @cached_property
    def pieces(self) -> list[Piece]:
        """Prose word by word; nothing for what stands side by side."""
        both = self.is_prose and self.before and self.after
        return list(_pieces(self.before, self.after)) if both else []


class Fields(list[FieldChange]):
    """Fields that changed, apart as they are shown."""

    @property
    def side_by_side(self) -> list[FieldChange]:
        return [change for change in self if not change.pieces]

    @property
    def prose(self) -> list[FieldChange]:
        return [change for change in self if change.pieces]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came, went or changed, what it is about, and its fields."""

    kind: Kind
    title: str
    about: str
    fields: Fields


@dataclass(slots=True)
class SectionChange:
    """What changed in a section: its text, its rows, their order."""

    code: SectionCode
    text: Fields = field(default_factory=Fields)
    rows: list[RowChange] = field(default_factory=list)
    is_reordered: bool = False

    @property
    def count(self) -> int:
        return bool(self.text) + len(self.rows) + self.is_reordered


@dataclass(frozen=True, slots=True)
class Diff:
    """The years and the like, then the sections in which something changed."""

    head: Fields
    sections: list[SectionChange]

    @property
    def count(self) -> int:
        """A text, a row, an order of rows: each is one change."""
        return len(self.head) + sum(section.count for section in self.sections)


def compare(before: Row, after: Row, local: Names = NO_NAMES) -> Diff:
    """`local` are the names of the page's language, by those that are sealed."""
    sections = {code: SectionChange(code) for code in SectionCode}
    for code, section in sections.items():
        texts = _text(before, code), _text(after, code)
        section.text = Fields(_changes(TEXT, texts))
    for part, its in PARTS.items():
        section = sections[its.section]
        section.rows = list(_row_changes(part, its, before, after, local))
        section.is_reordered = _is_reordered(before[part], after[part])
    changed = [section for section in sections.values() if section.count]
    return Diff(Fields(_changes(HEAD, (before, after))), changed)


def _text(contents: Row, code: SectionCode) -> Row:
    return next((row for row in contents["sections"] if row["code"] == code), {})


def _row_changes(
    part: str, its: PartColumns, before: Row, after: Row, local: Names
) -> Iterator[RowChange]:
    old, new = _by_line(before[part]), _by_line(after[part])
    names = _names(before, local), _names(after, local)
    for line in [*new, *(line for line in old if line not in new)]:
        was, now = old.get(line, {}), new.get(line, {})
        fields = Fields(_fields(part, its, (was, now), names))
        if not fields:
            continue
        kind = Kind.CHANGED if was and now else Kind.ADDED if now else Kind.REMOVED
        row, known = (now, names[1]) if now else (was, names[0])
        title = known.get(row[its.title], row[its.title])
        yield RowChange(kind, title, _about(part, row, known), fields)


def _names(contents: Row, local: Names) -> Names:
    """What rows refer to, and what they name, in the page's language."""
    known = names_in(contents)
    return {**local, **{key: local.get(name, name) for key, name in known.items()}}


def _about(part: str, row: Row, names: Names) -> str:
    if part == "products":
        return ""
    return names.get(row["product"], "") or gettext("The whole district")


def _fields(
    part: str, its: PartColumns, rows: tuple[Row, Row], names: tuple[Names, Names]
) -> Iterator[FieldChange]:
    yield from _changes(its.columns, rows, names)
    if part == "targets":
        yield from _milestone_changes(*rows)


def _changes(
    columns: Iterable[Column],
    rows: tuple[Row, Row],
    names: tuple[Names, Names] = ({}, {}),
) -> Iterator[FieldChange]:
    was, now = rows
    for column in columns:
        if column.value(was) != column.value(now):
            yield FieldChange(
                label=column.label,
                before=column.write(was, names[0]),
                after=column.write(now, names[1]),
                difference=column.difference(was, now),
                is_prose=column.is_prose,
            )


def _milestone_changes(was: Row, now: Row) -> Iterator[FieldChange]:
    old, new = (
        {row["due_on"]: row["value"] for row in side.get("milestones", [])}
        for side in (was, now)
    )
    for day in sorted(old.keys() | new.keys()):
        before, after = old.get(day), new.get(day)
        if before == after:
            continue
        moved = ""
        if before is not None and after is not None:
            moved = measured_difference(before, after, now)
        yield FieldChange(
            label=gettext("Milestone by %(day)s")
            % {"day": written(dt.date.fromisoformat(day))},
            before="" if before is None else measured(before, was),
            after="" if after is None else measured(after, now),
            difference=moved,
        )


def _by_line(rows: list[Row]) -> Mapping[str, Row]:
    """In the order in which the plan shows them."""
    return {row["line"]: row for row in _ordered(rows)}


def _ordered(rows: list[Row]) -> list[Row]:
    """Products stand in their order already; all else says its own."""
    return sorted(rows, key=lambda row: row.get("order", 0))


def _is_reordered(before: list[Row], after: list[Row]) -> bool:
    """Whether the rows that both have stand in another order, as far as it is known."""
    both = {row["line"] for row in before} & {row["line"] for row in after}
    old, new = (_places(rows, both) for rows in (before, after))
    is_known = all(len(set(side.values())) == len(both) for side in (old, new))
    return is_known and sorted(both, key=old.__getitem__) != sorted(
        both, key=new.__getitem__
    )


def _places(rows: list[Row], lines: set[str]) -> Mapping[str, int]:
    """Where each row stands; products are sealed in their order, all else says it."""
    places = {row["line"]: row.get("order", at) for at, row in enumerate(rows)}
    return {line: places[line] for line in lines}


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Only what lies between the words that both begin and end with is searched."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    stop_old, stop_new = len(old) - end, len(new) - end
    yield from _same(old[:start], head=0, tail=SHOWN)
    middle = old[start:stop_old], new[start:stop_new]
    for kind, i, j, k, m in SequenceMatcher(None, *middle).get_opcodes():
        if kind == "equal":
            yield from _same(middle[0][i:j], head=SHOWN, tail=SHOWN)
            continue
        yield from _marked("del", middle[0][i:j])
        yield from _marked("ins", middle[1][k:m])
    yield from _same(old[stop_old:], head=SHOWN, tail=0)


def _marked(kind: str, words: list[str]) -> Iterator[Piece]:
    """Words that went or came, without the space before them."""
    text = "".join(words)
    bare = text.lstrip(" ")
    if len(bare) < len(text):
        yield Piece("same", " ")
    if bare:
        yield Piece(kind, bare)


def _shared(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _same(words: list[str], *, head: int, tail: int) -> Iterator[Piece]:
    """Words that stayed; of many, those beside the change."""
    if len(words) > head + tail + 1:
        words = [*words[:head], " … ", *words[len(words) - tail :]]
    if words:
        yield Piece("same", "".join(words))
