"""Compare the rows of a register with the database, and write what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models

from districts.register.base import Register, Row
from districts.register.files import BrokenRows
from portal import history
from portal.models import Change

REASON = "load_register"
# The things that bear a key.
Known = dict[Hashable, Any]
# For each kind of link, the things that each thing is linked to.
Linked = dict[str, defaultdict[int, set[int]]]


@dataclass(slots=True)
class Tally:
    """What became of the rows of one register."""

    name: str
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # Fields left as somebody changed them in the portal.
    kept: int = 0
    # How many are in the database and in no file, and the first few.
    besides: int = 0
    such_as: list[str] = field(default_factory=list)


def write(register: Register, rows: list[Row]) -> tuple[Tally, list[Change]]:
    """What became of the rows, and the changes to be recorded."""
    _refuse_doubles(register, rows)
    things = list(register.things())
    known = {key: thing for thing in things for key in register.keys(thing)}
    found = [(row, _find(register, row, known)) for row in rows]
    new = [row for row, thing in found if thing is None]
    old = [(row, thing) for row, thing in found if thing is not None]
    tally = Tally(str(register.model._meta.verbose_name_plural), read=len(rows))
    try:
        register.prepare(old)
        tally.added = _add(register, new, known)
        changes = _update(register, old, known, tally)
    except IntegrityError as error:
        problem = f"The database refuses these {tally.name}: {error}."
        raise BrokenRows([problem]) from error
    in_files = {thing.pk for _, thing in old}
    besides = [thing for thing in things if thing.pk not in in_files]
    tally.besides, tally.such_as = len(besides), [str(t) for t in besides[:5]]
    if new:
        name = history.register_of(register.model)
        changes.append(Change(register=name, after=f"{len(new)} added", reason=REASON))
    return tally, changes


def _find(register: Register, row: Row, known: Known) -> Any:
    return next((known[k] for k in register.keys(row.thing) if k in known), None)


def _refuse_doubles(register: Register, rows: Iterable[Row]) -> None:
    first: dict[Hashable, Row] = {}
    problems = []
    for row in rows:
        for key in register.alone(row.thing):
            if key in first:
                problems.append(f"{row.place}: It repeats {first[key].place}.")
                break
        else:
            first.update(dict.fromkeys(register.alone(row.thing), row))
    if problems:
        raise BrokenRows(problems)


def _add(register: Register, rows: list[Row], known: Known) -> int:
    """Create the things, whoever is part of another after that other."""
    waiting = rows
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in known]
        if not ready:
            raise BrokenRows([_no_parent(row) for row in waiting])
        for row in ready:
            if row.parent:
                setattr(row.thing, register.parent, known[row.parent])
        register.model._default_manager.bulk_create(row.thing for row in ready)
        known.update((key, r.thing) for r in ready for key in register.keys(r.thing))
        waiting = [row for row in waiting if row.thing.pk is None]
    for name in rows[0].many if rows else ():
        _link(register, name, rows)
    return len(rows)


def _no_parent(row: Row) -> str:
    return f"{row.place}: There is no “{row.parent}” that this could be part of."


def _link(register: Register, name: str, rows: Iterable[Row]) -> None:
    """Link new things to those of other registers."""
    links: Any = register.model._meta.get_field(name)
    here, there = f"{links.m2m_field_name()}_id", f"{links.m2m_reverse_field_name()}_id"
    through = links.remote_field.through
    through._default_manager.bulk_create(
        through(**{here: row.thing.pk, there: to.pk})
        for row in rows
        for to in row.many[name]
    )


def _update(
    register: Register, pairs: list[tuple[Row, Any]], known: Known, tally: Tally
) -> list[Change]:
    """Bring the things up to date, except for what people changed in the portal."""
    people = history.changed_by_people(register.model)
    linked = _linked(register, pairs)
    changes: list[Change] = []
    changed: list[Any] = []
    for row, thing in pairs:
        differing = {
            **_columns(register, row, thing, known),
            **_links(row, linked, thing.pk),
        }
        kept = [name for name in differing if (str(thing.pk), name) in people]
        for name in kept:
            del differing[name]
        for name, after in differing.items():
            changes.append(_set(thing, name, after))
        changed += [thing] if differing else []
        tally.kept += len(kept)
    tally.changed, tally.unchanged = len(changed), len(pairs) - len(changed)
    columns = {c.field for c in changes} - set(linked)
    if columns:
        register.model._default_manager.bulk_update(changed, sorted(columns))
    return changes


def _columns(register: Register, row: Row, thing: Any, known: Known) -> dict[str, Any]:
    """The columns in which the row differs, with what it says."""
    says = {name: getattr(row.thing, name) for name in row.facts}
    if register.parent:
        if row.parent and row.parent not in known:
            raise BrokenRows([_no_parent(row)])
        says[register.parent] = known[row.parent] if row.parent else None
    fields: dict[str, Any] = {f.name: f for f in register.model._meta.concrete_fields}
    return {
        name: value
        for name, value in says.items()
        if getattr(value, "pk", value) != getattr(thing, fields[name].attname)
    }


def _links(row: Row, linked: Linked, pk: int) -> dict[str, list[models.Model]]:
    """The links in which the row differs, with what it says."""
    return {
        name: things
        for name, things in row.many.items()
        if {thing.pk for thing in things} != linked[name].get(pk, set())
    }


def _linked(register: Register, pairs: list[tuple[Row, Any]]) -> Linked:
    """The links there are, one query for each kind."""
    linked: Linked = {}
    for name in pairs[0][0].many if pairs else ():
        links = linked[name] = defaultdict(set)
        rows = register.model._default_manager.exclude(**{name: None})
        for pk, to in rows.order_by().values_list("pk", name):
            links[pk].add(to)
    return linked


def _set(thing: Any, name: str, after: Any) -> Change:
    """Let the thing say what the row says. Links are written at once."""
    if isinstance(after, list):
        links = getattr(thing, name)
        change = history.change(thing, name, links.all(), after, reason=REASON)
        links.set(after)
    else:
        before = getattr(thing, name)
        change = history.change(thing, name, before, after, reason=REASON)
        setattr(thing, name, after)
    return change
