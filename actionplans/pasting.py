"""Rows copied from a sheet: what their cells mean to the form of a row.

Numbers and money are left to the form, which reads them as typed by hand. Names are
looked up: one that is spelt otherwise is guessed, and a guess counts only once somebody
has confirmed it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.models import ModelChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import override
from rapidfuzz import fuzz, process

from portal.spelling import fold

MOST_ROWS = 100
# How alike a name must be to be offered, of 100; below this it is called unknown.
ALIKE = 70
# A first line is one of headers if so many of its cells are names of columns.
HEADERS = 2
LANGUAGES = ("en", "hi")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Guess:
    """The name most like what stands in a cell."""

    key: str
    label: str


@dataclass(slots=True)
class Names:
    """What may stand in a cell: each key with all the ways to write it."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, key: str, spellings: Iterable[str]) -> None:
        written = [text for text in spellings if text]
        for text in written:
            self.known.setdefault(fold(text), (key, written[0]))

    def find(self, text: str) -> tuple[str | None, Guess | None]:
        """The key of the name, or a guess, or neither."""
        folded = fold(text)
        if folded in self.known:
            return self.known[folded][0], None
        near = process.extractOne(
            folded, list(self.known), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE
        )
        return None, Guess(*self.known[near[0]]) if near else None


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the form as a column of the sheet."""

    name: str
    label: str
    headers: frozenset[str]
    names: Names | None
    is_day: bool
    takes_several: bool

    @classmethod
    def of(cls, form: forms.BaseForm, name: str) -> Column:
        bound = form.fields[name]
        return cls(
            name=name,
            label=str(bound.label),
            headers=frozenset(fold(text) for text in _in_languages(bound.label)),
            names=_names(bound),
            is_day=isinstance(bound, forms.DateField),
            takes_several=isinstance(bound, forms.ModelMultipleChoiceField),
        )


@dataclass(slots=True)
class Cell:
    """What was typed, what it means to the form, and what is not clear about it."""

    column: Column
    typed: str
    values: list[str]
    guess: Guess | None = None
    errors: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, column: Column, typed: str, confirmed: str = "") -> Cell:
        """`confirmed` is the key of the guess that somebody took."""
        if column.names is None or not typed:
            value = _day(typed) if column.is_day else typed
            return cls(column, typed, [value] if value else [])
        parts = typed.split(";") if column.takes_several else [typed]
        cell = cls(column, typed, [])
        for part in filter(None, map(str.strip, parts)):
            cell._look_up(column.names, part, confirmed)
        return cell

    def _look_up(self, names: Names, text: str, confirmed: str) -> None:
        key, guess = names.find(text)
        if key is None and guess and guess.key == confirmed:
            key = guess.key
        if key is not None:
            self.values += [key] if key else []
        elif guess:
            self.guess = guess
            sentence = _("There is no “%(typed)s”. Did you mean “%(name)s”?")
            self.errors.append(sentence % {"typed": text, "name": guess.label})
        else:
            self.errors.append(_("There is no “%(typed)s”.") % {"typed": text})


class TooManyRows(Exception):
    """More rows than can be checked on one page."""


class NotClosed(Exception):
    """A quotation mark opens a cell that goes on without end."""


def read_sheet(text: str, columns: list[Column]) -> list[dict[str, str]]:
    """The cells of each row by the name of their column; a line of headers may lead."""
    lines = [line for line in _lines(text) if any(line)]
    order: list[Column | None] = [*columns]
    if lines and (headers := _headers(lines[0], columns)):
        order, lines = headers, lines[1:]
    if len(lines) > MOST_ROWS:
        raise TooManyRows
    return [
        {
            column.name: " ".join(cell.split())
            for column, cell in zip(order, line, strict=False)
            if column
        }
        for line in lines
    ]


def _lines(text: str) -> list[list[str]]:
    """As spreadsheets copy them: a cell with line breaks stands in quotation marks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(plain), delimiter="\t"))
    except csv.Error as error:
        raise NotClosed from error


def _headers(line: list[str], columns: list[Column]) -> list[Column | None]:
    """The columns in the order of the headers; none if the line is no such line."""
    found = [
        next((one for one in columns if fold(cell) in one.headers), None)
        for cell in line
    ]
    return found if sum(one is not None for one in found) >= HEADERS else []


def _day(text: str) -> str:
    """As a browser would send it, where it can be read."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        try:
            return str(dt.date(year, month, day))
        except ValueError:
            return text
    return text


def _names(bound: Any) -> Names | None:
    is_of_rows = isinstance(bound, ModelChoiceField)
    if not (is_of_rows or isinstance(bound, forms.ChoiceField)):
        return None
    names = Names()
    if is_of_rows:
        if bound.empty_label:
            names.add("", _in_languages(bound.empty_label))
        for row in bound.queryset:
            names.add(str(row.pk), _spellings(row, bound.label_from_instance(row)))
        return names
    for value, label in bound.choices:
        names.add(str(value), [*_in_languages(label), str(value)])
    return names


def _spellings(row: Any, label: str) -> Iterator[str]:
    thing = getattr(row, "product", None) or row
    yield label
    for name in ("name", "name_hi", "short_name"):
        yield getattr(thing, name, "")
    yield from getattr(thing, "other_name_list", [])
    yield str(row)


def _in_languages(text: Any) -> list[str]:
    found = [str(text)]
    for language in LANGUAGES:
        with override(language):
            found.append(str(text))
    return found
