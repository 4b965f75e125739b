"""The command killed half way, and twice at once, with a real mail server."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from tests.browser.databases import Place, PostgreSQLServer, SQLiteFiles, new_name
from tests.mail_server import HOST, mail_server

OFFICERS = 8
# A plan that many have to assess, late enough for State and headquarters too.
FILL = f"""
import datetime as dt
import django
django.setup()
from django.utils import timezone
earlier = timezone.localdate() - dt.timedelta(days=60)
timezone.localdate = lambda *_, **__: earlier
from portal.terms import Role, Status
from tests import make
place = make.plan(Status.UNDER_ASSESSMENT).district
for role in [Role.RA_OFFICER] * {OFFICERS} + [Role.STATE_OFFICER, Role.HQ_OFFICER]:
    make.official(role, place)
"""
LATER = """
import datetime as dt
import django
django.setup()
from portal.models import OutgoingMail
from portal.outbox import CLAIMED_FOR
for mail in OutgoingMail.objects.filter(status="sending"):
    mail.next_try_at -= CLAIMED_FOR
    mail.save()
"""


@pytest.fixture
def site(tmp_path):
    """A database of its own, in which ten people are to be reminded."""
    found = settings.DATABASES["default"]
    is_sqlite = found["ENGINE"].endswith("sqlite3")
    databases = SQLiteFiles(tmp_path) if is_sqlite else PostgreSQLServer(found)
    name = new_name()
    databases.create(name)
    try:
        place = Place(databases.url(name), tmp_path / "media")
        place.manage("migrate", "--verbosity=0")
        run(place, "-c", FILL)
        yield place
    finally:
        databases.drop(name)


def environment(place, server=None):
    mail = {"PORTAL_EMAIL_HOST": HOST, "PORTAL_EMAIL_USE_TLS": "off"}
    port = {"PORTAL_EMAIL_PORT": str(server.port)} if server else {}
    site = {"DJANGO_SETTINGS_MODULE": "portal.settings", **os.environ}
    return {**site, **place.environment, **mail, **port}


def run(place, *arguments, server=None):
    """What a Python process printed, and its exit code."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(place, server),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout, done.returncode


def start(place, server):
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_reminders"],
        cwd=settings.BASE_DIR,
        env=environment(place, server),
    )


def test_who_was_killed_half_way_goes_on_and_nobody_gets_two(site, tmp_path):
    everybody = OFFICERS + 2
    with mail_server(tmp_path / "mail", seconds=0.5) as server:
        command = start(site, server)
        server.await_mails(4)
        command.kill()
        command.wait()
        half = len(server.mails)

        said, code = run(site, "manage.py", "send_reminders", server=server)

        assert code == 0, said
        assert 4 <= half < everybody
        assert max(Counter(server.got).values()) == 1
        assert everybody - 1 <= len(server.got) <= everybody

        run(site, "-c", LATER)
        sent = len(server.got)
        said, code = run(site, "manage.py", "send_mail", server=server)
        assert (code, len(server.got)) == (1, sent)
        assert "Mails given up: 1." in said


def test_two_at_once_share_the_work(site, tmp_path):
    with mail_server(tmp_path / "mail", seconds=0.1) as server:
        commands = [start(site, server) for _ in range(2)]

        assert [command.wait() for command in commands] == [0, 0]

        assert len(server.got) == OFFICERS + 2
        assert max(Counter(server.got).values()) == 1
