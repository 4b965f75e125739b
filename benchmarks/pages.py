"""How fast pages answer at full size, beside what was promised: `make bench`.

Starts the real server on the database of the settings and asks one page after the other
over one connection. Measures only; a busy machine breaks no build.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from portal.terms import Action

ROUNDS = 100
# The most that 95 of 100 answers may take, in milliseconds.
PUBLIC, DESK = 60, 120
# The section of a plan with the most rows.
TARGETS = 7


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    promised: int
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    page: Page
    status: int
    size: int
    times: list[float]

    @property
    def line(self) -> str:
        median = statistics.median(self.times)
        late = statistics.quantiles(self.times, n=20)[-1]
        kept = self.status == HTTPStatus.OK and late <= self.page.promised
        return (
            f"{self.page.path:44} {self.status} {self.size / 1024:7.1f} kB "
            f"{median:7.1f} ms {late:7.1f} ms {self.page.promised:5} ms "
            f"{'kept' if kept else 'BROKEN'}"
        )


def pages() -> Iterator[Page]:
    """One page of each kind, as the public and as a Regional Authority see them."""
    # Models can be imported only once Django is set up.
    from actionplans.models import Plan  # noqa: PLC0415
    from districts.models import District, Product, State  # noqa: PLC0415

    names = ("home", "states", "districts", "products", "regional-authorities")
    for name in names:
        yield Page(reverse(name), PUBLIC)
    for model in (State, District, Product):
        yield Page(model.objects.earliest("pk").get_absolute_url(), PUBLIC)
    yield Page(reverse("search", query={"q": "makhna darbanga"}), PUBLIC)
    officer = ra_officer()
    cookie = signed_in(officer)
    for name in ("desk:worklist", "desk:districts", "desk:plans"):
        yield Page(reverse(name), DESK, cookie)
    draft = Plan.objects.open_to(officer, Action.EDIT).order_by("pk").first()
    if draft:
        yield Page(reverse("desk:plan-section", args=[draft.pk, TARGETS]), DESK, cookie)


def ra_officer() -> Any:
    serving = get_user_model().objects.filter(is_active=True)
    return serving.filter(appointments__role="ra_officer").earliest("pk")


def signed_in(officer: Any) -> str:
    """The cookie of somebody at the desk."""
    client = Client()
    client.force_login(officer)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


@contextmanager
def served() -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of our own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    options = ["--interface", "wsgi", "--port", str(port), "--no-ws", "--no-log"]
    server = subprocess.Popen(
        [granian, *options, "portal.wsgi:application"],
        env={**os.environ, "PORTAL_LOG_LEVEL": "ERROR"},
    )
    try:
        yield connection_to(port)
    finally:
        server.terminate()
        server.wait()


def connection_to(port: int) -> http.client.HTTPConnection:
    """Waits until the server answers, for ten seconds at most."""
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.connect()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return connection
    sys.exit("The server did not start.")


def measure(connection: http.client.HTTPConnection, page: Page) -> Measured:
    headers = {"Accept-Encoding": "gzip"}
    if page.cookie:
        headers["Cookie"] = page.cookie
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        connection.request("GET", page.path, headers=headers)
        response = connection.getresponse()
        size = len(response.read())
        times.append((time.perf_counter() - started) * 1000)
    return Measured(page, response.status, size, times)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    sys.stdout.write(f"{'page':44} status size   median  95 of 100  promise\n")
    with served() as connection:
        for page in list(pages()):
            sys.stdout.write(measure(connection, page).line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
