"""Somebody with the database's own password, whom no trigger stops."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def unguarded(table):
    """A cursor for which the table has no triggers; the test's rollback lays them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        yield cursor


def tamper(table, sql, values=()):
    with unguarded(f"actionplans_{table}") as cursor:
        cursor.execute(sql.format(table=f"actionplans_{table}"), values)
        assert cursor.rowcount > 0
