"""Schema operations that Django lacks, written for both of our databases.

Each operation lays triggers that refuse what must never be. On SQLite, Django rebuilds
a table to alter it and its triggers are lost: a later migration that alters the model
must end with the operation again (a system check and /health/ready/ say which lack).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql
"""
POSTGRES_TRIGGER = """
CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH {each} EXECUTE FUNCTION {name}()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A refusal: on this event, where the condition holds, with this message.

    The condition is SQL that both databases read, over OLD and NEW.
    """

    name: str
    event: str
    condition: str
    message: str
    vendors: tuple[str, ...] = ("sqlite", "postgresql")

    def create(self, vendor: str, table: str) -> Iterator[str]:
        words = {
            "name": self.name,
            "event": self.event,
            "table": table,
            "condition": self.condition,
            "message": self.message.replace("'", "''"),
            "each": "STATEMENT" if self.event == "TRUNCATE" else "ROW",
        }
        if vendor == "postgresql":
            yield POSTGRES_FUNCTION.format(**words)
            yield POSTGRES_TRIGGER.format(**words)
        else:
            yield SQLITE_TRIGGER.format(**words)

    def drop(self, vendor: str, table: str) -> Iterator[str]:
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {self.name} ON {table}"
            yield f"DROP FUNCTION IF EXISTS {self.name}()"
        else:
            yield f"DROP TRIGGER IF EXISTS {self.name}"


class Guard(Operation):
    """Lays triggers on the table of one model. Subclasses say which."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def triggers(self, table: str) -> Iterable[Trigger]:
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        vendor = schema_editor.connection.vendor
        table = table_of(app_label, self.model_name, to_state.apps)
        for trigger in self.laid(vendor, table):
            for statement in trigger.create(vendor, table):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        vendor = schema_editor.connection.vendor
        table = table_of(app_label, self.model_name, from_state.apps)
        for trigger in self.laid(vendor, table):
            for statement in trigger.drop(vendor, table):
                schema_editor.execute(statement, params=None)

    def laid(self, vendor: str, table: str) -> list[Trigger]:
        return [t for t in self.triggers(table) if vendor in t.vendors]

    def describe(self) -> str:
        return f"{type(self).__name__} {self.model_name}"


class AppendOnly(Guard):
    """Rows of the model are written once: never changed, removed or replaced."""

    def triggers(self, table: str) -> Iterator[Trigger]:
        said = f"{table} is append-only"
        yield Trigger(f"{table}_no_update", "UPDATE", "TRUE", said)
        yield Trigger(f"{table}_no_delete", "DELETE", "TRUE", said)
        yield _no_replace(table, "TRUE", said)
        yield _no_truncate(table, said)


class FrozenWhen(Guard):
    """Rows of the model cannot come, go or change while the condition holds.

    `condition` is SQL over `{row}`: with `{row}` as OLD and as NEW it is asked of the
    parent that a row leaves and of the one that it joins. `own` rows freeze by their
    own columns, so that they may still be written into that state once.
    """

    def __init__(self, model_name: str, condition: str, *, own: bool = False) -> None:
        super().__init__(model_name)
        self.condition = condition
        self.own = own

    def triggers(self, table: str) -> Iterator[Trigger]:
        said = f"{table} is frozen"
        old, new = (self.condition.format(row=row) for row in ("OLD", "NEW"))
        changed = old if self.own else f"({old}) OR ({new})"
        yield Trigger(f"{table}_frozen_update", "UPDATE", changed, said)
        yield Trigger(f"{table}_frozen_delete", "DELETE", old, said)
        if not self.own:
            yield Trigger(f"{table}_frozen_insert", "INSERT", new, said)
        yield _no_replace(table, self.condition.format(row="here"), said)
        yield _no_truncate(table, said)


class NeverRemoved(Guard):
    """Rows of the model stay, whatever else of them may change."""

    def triggers(self, table: str) -> Iterator[Trigger]:
        said = f"{table} is never removed"
        yield Trigger(f"{table}_no_delete", "DELETE", "TRUE", said)
        yield _no_truncate(table, said)


class Refuse(Guard):
    """One refusal in SQL over OLD and NEW, with a message that names it."""

    def __init__(
        self, model_name: str, name: str, event: str, condition: str, message: str
    ) -> None:
        super().__init__(model_name)
        self.name = name
        self.event = event
        self.condition = condition
        self.message = message

    def triggers(self, table: str) -> Iterator[Trigger]:
        yield Trigger(self.name, self.event, self.condition, self.message)


class StatusAlong(Guard):
    """The status of a row starts as one of the first, and changes along the moves."""

    def __init__(
        self, model_name: str, first: Iterable[str], moves: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(model_name)
        self.first = sorted(first)
        self.moves = sorted((str(before), str(after)) for before, after in moves)

    def triggers(self, table: str) -> Iterator[Trigger]:
        known = " OR ".join(
            f"(OLD.status = '{before}' AND NEW.status = '{after}')"
            for before, after in self.moves
        )
        yield Trigger(
            f"{table}_status_along",
            "UPDATE",
            f"OLD.status <> NEW.status AND NOT ({known})",
            f"{table} cannot go from that status to this one",
        )
        first = ", ".join(f"'{status}'" for status in self.first)
        yield Trigger(
            f"{table}_status_first",
            "INSERT",
            f"NEW.status NOT IN ({first})",
            f"{table} starts as {' or '.join(self.first)}",
        )


class NoOverlap(Guard):
    """Spans (since, until) of rows with the same key do not overlap.

    An empty `since` reaches back without end, an empty `until` forward. `until` is the
    first day on which the row no longer holds.
    """

    def __init__(self, model_name: str, key: Sequence[str]) -> None:
        super().__init__(model_name)
        self.key = tuple(key)

    def triggers(self, table: str) -> Iterator[Trigger]:
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in self.key)
        overlaps = (
            f"EXISTS (SELECT 1 FROM {table} other WHERE {same}"
            " AND other.id <> COALESCE(NEW.id, -1)"
            " AND (other.until IS NULL OR NEW.since IS NULL OR NEW.since < other.until)"
            " AND (NEW.until IS NULL OR other.since IS NULL"
            " OR other.since < NEW.until))"
        )
        for event in ("INSERT", "UPDATE"):
            name = f"{table}_no_overlap_{event.lower()}"
            yield Trigger(name, event, overlaps, f"{table} spans overlap")


def _no_replace(table: str, condition: str, message: str) -> Trigger:
    """INSERT OR REPLACE removes a row without asking SQLite's delete triggers."""
    exists = (
        f"EXISTS (SELECT 1 FROM {table} here WHERE here.id = NEW.id AND ({condition}))"
    )
    return Trigger(f"{table}_no_replace", "INSERT", exists, message, ("sqlite",))


def _no_truncate(table: str, message: str) -> Trigger:
    name = f"{table}_no_truncate"
    return Trigger(name, "TRUNCATE", "TRUE", message, ("postgresql",))


def table_of(app_label: str, model_name: str, apps: Any) -> str:
    table: str = apps.get_model(app_label, model_name)._meta.db_table
    return table


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that applied migrations laid and the database lacks."""
    loader = MigrationLoader(connection)
    apps = loader.project_state().apps
    expected = {
        trigger.name
        for key in loader.applied_migrations
        if key in loader.disk_migrations
        for operation in loader.disk_migrations[key].operations
        if isinstance(operation, Guard)
        for trigger in operation.laid(
            connection.vendor, table_of(key[0], operation.model_name, apps)
        )
    }
    return sorted(expected - _present(connection))


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


@register(Tags.database)
def check_triggers(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: Any,
) -> list[Error]:
    return [
        Error(
            f"The database lacks the trigger {name}.",
            hint="End the migration that altered its table with the operation again.",
            id="portal.E001",
        )
        for alias in databases or []
        for name in missing_triggers(connections[alias])
    ]
