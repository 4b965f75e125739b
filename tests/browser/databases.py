"""One loaded demonstration, and a copy of it for each journey.

Loading takes longer than any journey, so the processes of a test run share it. A copy
keeps its triggers, which emptying the tables after each journey would run into.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from psycopg2 import sql

HOST = "127.0.0.1"


def new_name():
    return f"journeys_{uuid.uuid4().hex[:12]}"


class SQLiteFiles:
    """Databases that are files in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite:///{self._file(name)}"

    def create(self, name):
        """The first connection does."""

    def settle(self, name):
        """All into the one file that is copied."""
        with closing(sqlite3.connect(self._file(name))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy(self, name, copied):
        shutil.copyfile(self._file(name), self._file(copied))

    def drop(self, name):
        for ending in ("", "-wal", "-shm"):
            self._file(name, ending).unlink(missing_ok=True)

    def _file(self, name, ending=""):
        return self.folder / f"{name}.sqlite3{ending}"


class PostgreSQLServer:
    """Databases beside the one in which the other tests run."""

    def __init__(self, found):
        self.found = found

    def url(self, name):
        user, password = (quote(self.found[key], "") for key in ("USER", "PASSWORD"))
        host, port = self.found["HOST"], self.found["PORT"] or 5432
        return f"postgresql://{user}:{password}@{host}:{port}/{name}"

    def create(self, name):
        self._run("CREATE DATABASE {}", name)

    def settle(self, name):
        """Nothing to do: nobody is connected any more."""

    def copy(self, name, copied):
        self._run("CREATE DATABASE {} TEMPLATE {}", copied, name)

    def drop(self, name):
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement, *names):
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with closing(psycopg2.connect(self.url("postgres"))) as connection:
            # Databases are made outside any transaction.
            connection.autocommit = True
            connection.cursor().execute(query)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server finds its database and its documents."""

    url: str
    media: Path

    @property
    def environment(self):
        """What a process is started with, whatever the developer's own settings."""
        return {
            **os.environ,
            "PORTAL_DATABASE_URL": self.url,
            "PORTAL_MEDIA_ROOT": str(self.media),
            "PORTAL_ALLOWED_HOSTS": HOST,
            "PORTAL_DEMO": "on",
            "PORTAL_DEBUG": "off",
            "PORTAL_SECURE": "off",
            "PORTAL_LOG_LEVEL": "WARNING",
        }

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"{' '.join(arguments)} failed:\n{done.stdout}", pytrace=False)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The loaded demonstration, from which the copies are made."""

    databases: SQLiteFiles | PostgreSQLServer
    name: str
    media: Path

    @contextmanager
    def copied(self, folder):
        name = new_name()
        self.databases.copy(self.name, name)
        try:
            media = shutil.copytree(self.media, folder / "media", dirs_exist_ok=True)
            yield Place(self.databases.url(name), Path(media))
        finally:
            self.databases.drop(name)


@contextmanager
def demonstration(folder):
    """Loaded by the first process that comes, removed by the last that goes."""
    found = settings.DATABASES["default"]
    is_sqlite = found["ENGINE"].endswith("sqlite3")
    databases = SQLiteFiles(folder) if is_sqlite else PostgreSQLServer(found)
    named, media = folder / "journeys", folder / "journeys_media"
    loading, in_use = folder / "journeys.loading", folder / "journeys.in_use"
    with loading.open("w") as one_by_one, in_use.open("w") as users:
        with locked(one_by_one):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not named.exists():
                named.write_text(load(databases, media))
        name = named.read_text()
        yield Demonstration(databases, name, media)
        with locked(one_by_one):
            if is_last(users):
                named.unlink()
                databases.drop(name)


@contextmanager
def locked(file):
    fcntl.flock(file, fcntl.LOCK_EX)
    yield
    fcntl.flock(file, fcntl.LOCK_UN)


def is_last(users):
    """Whether no other process shares the lock any more."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def load(databases, media):
    """As `make run` does; the name of the new database."""
    name = new_name()
    databases.create(name)
    media.mkdir(exist_ok=True)
    place = Place(databases.url(name), media)
    place.manage("set_up")
    databases.settle(name)
    if not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        place.manage("collectstatic", "--no-input")
    return name
