"""Reading a file of facts: CSV in UTF-8, a header, a row to a line, a form to a row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from districts.register.base import RowForm

if TYPE_CHECKING:
    from districts.register.book import Book

F = TypeVar("F", bound=RowForm)


class BrokenRows(Exception):
    """Rows that cannot be loaded: a sentence for each, with its file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file} line {self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Read(Generic[F]):
    """A row that passed its form."""

    place: Place
    form: F


def read(path: Path, form_class: type[F], book: Book) -> list[Read[F]]:
    """The rows of the file. All that are broken are named together."""
    shown = f"{path.parent.name}/{path.name}"
    problems: list[str] = []
    rows = []
    (_, header), *lines = _lines(path, shown)
    blank = form_class(book=book)
    if sorted(header) != sorted(blank.fields):
        columns = ",".join(blank.fields)
        raise BrokenRows([f"{shown} line 1: The columns must be {columns}."])
    for line, cells in lines:
        place = Place(shown, line)
        if len(cells) != len(header):
            problems.append(f"{place}: {len(cells)} cells under {len(header)} columns.")
            continue
        form = blank.over(dict(zip(header, cells, strict=True)))
        if form.is_valid():
            rows.append(Read(place, form))
        for column, errors in form.errors.items():
            problems += [f"{place}: {column}: {error}" for error in errors]
    if problems:
        raise BrokenRows(problems)
    return rows


def _lines(path: Path, shown: str) -> list[tuple[int, list[str]]]:
    """The header, then each row, with the line on which it starts."""
    found: list[tuple[int, list[str]]] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            start = 1
            for cells in reader:
                if cells or start == 1:
                    found.append((start, cells))
                start = reader.line_num + 1
    except FileNotFoundError as error:
        raise BrokenRows([f"{shown}: There is no such file."]) from error
    except UnicodeDecodeError as error:
        raise BrokenRows([f"{shown}: It is not written in UTF-8."]) from error
    except csv.Error as error:
        raise BrokenRows([f"{shown} line {reader.line_num}: {error}."]) from error
    return found or [(1, [])]
