"""What the site gives out as data: tables of columns, and records of such parts.

A column says what it is in plain words, so that the page of open data prints what is
served. What is unknown is empty, and null in JSON; it is never nought. Nothing here
knows a model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kinds import TEXT, Convert, Kind

if TYPE_CHECKING:
    from portal.kinds import Words

# So many rows of the database are in memory at a time.
ROWS_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its name, what it is in plain words, and where a row has it.

    `read` is a function of the row or the path of an attribute, on which anything may
    be missing; in a `Table` a path or an expression of its queryset. `make` changes
    what was read. `choices` are the codes that can stand in it.
    """

    name: str
    meaning: Words
    kind: Kind
    read: Any
    make: Convert | None = None
    choices: type[models.Choices] | Mapping[str, Words] | None = None

    @property
    def of(self) -> Convert:
        return follow(self.read) if isinstance(self.read, str) else self.read

    @property
    def csv(self) -> Convert:
        """From the value that `read` finds to the text of a cell."""
        return _after(self.make, self.kind.csv)

    @property
    def json(self) -> Convert | None:
        return _after(self.make, self.kind.json) if self.kind.json else self.make

    @property
    def codes(self) -> list[tuple[str, Words]]:
        """Each code with its meaning."""
        if self.choices is None:
            return []
        if isinstance(self.choices, Mapping):
            return list(self.choices.items())
        return [(_code(choice), choice.label) for choice in self.choices if _is(choice)]


def in_both(name: str, meaning: Words, read: str, kind: Kind = TEXT) -> list[Column]:
    """A name in English and in Hindi, at the end of a path."""
    same = _("the same in Hindi")
    return [
        Column(name, meaning, kind, read),
        Column(f"{name}_hi", same, kind, f"{read}_hi"),
    ]


def follow(path: str) -> Convert:
    """What is at the end of a path of attributes; None where anything is missing."""
    steps = path.split(".") if path else []

    def read(row: Any) -> Any:
        for step in steps:
            row = None if row is None else getattr(row, step)
        return row

    return read


def _after(first: Convert | None, then: Convert) -> Convert:
    return (lambda value: then(first(value))) if first else then


def _is(choice: Any) -> bool:
    return choice.value != ""


def _code(choice: Any) -> str:
    return str(getattr(choice, "slug", choice.value))


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A table that anybody may take away, whole or narrowed as its page is.

    `rows` gives all rows, one after the other; it takes what the page takes from the
    address, and may raise `WrongFilter` before the first.
    """

    name: str
    title: Words
    about: Words
    sources: Sequence[str] = ()
    columns: Sequence[Column]
    rows: Callable[..., Iterable[Any]] = field(repr=False)

    def values(self, *asked: Any, **where: Any) -> Iterator[Sequence[Any]]:
        """Each row as the values that the columns read."""
        readers = [column.of for column in self.columns]
        for row in self.rows(*asked, **where):
            yield [read(row) for read in readers]


@dataclass(frozen=True, kw_only=True)
class Table(Dataset):
    """A dataset whose rows come straight out of the database, a few at a time."""

    def values(self, *asked: Any, **where: Any) -> Iterator[Sequence[Any]]:
        return self.read(self.rows(*asked, **where))

    def among(self, **narrow: Any) -> list[dict[str, Any]]:
        """Some of the rows, as a record has them."""
        rows: Any = self.rows()
        found = list(self.read(rows.filter(**narrow)))
        return list(plain_rows(self.columns, found))

    def read(self, rows: Any) -> Iterator[Sequence[Any]]:
        found = rows.values_list(*[column.read for column in self.columns])
        return iter(found.iterator(chunk_size=ROWS_AT_A_TIME))


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing with all that is public of it, as parts of named columns.

    `gather` gives for each part a thing, a list of them, None, or what is plain.
    """

    name: str
    title: Words
    about: Words
    parts: Mapping[str, Sequence[Column]]
    gather: Callable[..., Mapping[str, Any]] = field(repr=False)

    def plain(self, *asked: Any, **where: Any) -> dict[str, Any]:
        found = self.gather(*asked, **where)
        return {name: _plain(c, found[name]) for name, c in self.parts.items()}


def _plain(columns: Sequence[Column], found: Any) -> Any:
    if found is None or isinstance(found, dict):
        return found
    if isinstance(found, list):
        return [_plain(columns, thing) for thing in found]
    return plain(columns, found)


def plain(columns: Sequence[Column], thing: Any) -> dict[str, Any]:
    """What the columns read of one thing."""
    [found] = plain_rows(columns, [[column.of(thing) for column in columns]])
    return found


def plain_rows(
    columns: Sequence[Column], rows: Collection[Sequence[Any]]
) -> Iterator[dict[str, Any]]:
    """Rows of values as JSON has them, by the names of the columns."""
    names = [column.name for column in columns]
    for row in converted(rows, [column.json for column in columns]):
        yield dict(zip(names, row, strict=True))


def converted(
    rows: Collection[Sequence[Any]], by: Sequence[Convert | None]
) -> Iterator[tuple[Any, ...]]:
    """Rows with those of their values changed that have a function for it.

    Column by column, which takes a third of the time.
    """
    turned = zip(by, zip(*rows, strict=True), strict=bool(rows))
    changed = [map(change, own) if change else own for change, own in turned]
    return zip(*changed, strict=True)


class Elsewhere(Exception):
    """What was asked for lies at another address, for good."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class WrongFilter(Exception):
    """What was asked cannot be read: why, by the name of each filter."""

    def __init__(self, errors: Mapping[str, Iterable[Any]]) -> None:
        super().__init__()
        self.errors = {
            name: [str(sentence) for sentence in found]
            for name, found in errors.items()
        }


def checked(filterset: Any) -> Any:
    """The filters if all can be read: a twin never answers another question."""
    if not filterset.is_valid():
        raise WrongFilter(filterset.errors)
    return filterset
