"""How fast pages answer at full size, beside what was promised: `make bench`.

Starts the real server on the database of the settings, keeping no pages in memory, and
asks one page after the other over one connection; the queries of each are counted in
this process. Measures only; a busy machine breaks no build.
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

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.entered import counts
from actionplans.models import Plan
from actionplans.tallies import tallies_of
from districts.listing import naming_districts
from districts.models import District, HSCode, Product, RegionalAuthority, State
from portal.conditions import open_q
from portal.periods import Quarter
from portal.terms import Action

ROUNDS = 100
# The most that 95 of 100 answers may take, in milliseconds.
PUBLIC, DESK = 60, 120
# The section of a plan with the most rows.
TARGETS = 7
DESK_LISTS = (
    "desk:worklist",
    "desk:districts",
    "desk:plans",
    "desk:reports",
    "desk:interventions",
    "desk:escalations",
)


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    promised: int
    who: Any = None


@dataclass(frozen=True, slots=True)
class Measured:
    page: Page
    status: int
    size: int
    times: list[float]
    queries: int

    @property
    def line(self) -> str:
        median = statistics.median(self.times)
        late = statistics.quantiles(self.times, n=20)[-1]
        kept = self.status == HTTPStatus.OK and late <= self.page.promised
        return (
            f"{self.page.path:56} {self.status} {self.size / 1024:7.1f} kB "
            f"{self.queries:7} {median:7.1f} ms {late:7.1f} ms "
            f"{self.page.promised:5} ms {'kept' if kept else 'BROKEN'}"
        )


def pages() -> Iterator[Page]:
    """One page of each kind, as the public and as a Regional Authority see them."""

    names = ("home", "states", "monitor", "districts", "plans", "products")
    for name in (*names, "hs", "sectors", "services", "regional-authorities"):
        yield Page(reverse(name), PUBLIC)
    for model in (State, District, Product):
        yield Page(model.objects.earliest("pk").get_absolute_url(), PUBLIC)
    yield Page(most_named().get_absolute_url(), PUBLIC)
    yield Page(HSCode.objects.earliest("code").get_absolute_url(), PUBLIC)
    yield Page(reverse("sector", args=[most_named().sector]), PUBLIC)
    yield Page(reverse("search", query={"q": "makhna darbanga"}), PUBLIC)
    yield Page(longest_plan(), PUBLIC)
    for query in comparisons():
        yield Page(reverse("compare", query=query), PUBLIC)
    officer = busiest_ra_officer()
    for name in DESK_LISTS:
        yield Page(reverse(name), DESK, officer)
    draft = Plan.objects.open_to(officer, Action.EDIT).order_by("pk").first()
    if draft:
        address = reverse("desk:plan-section", args=[draft.pk, TARGETS])
        yield Page(address, DESK, officer)
    for address in quarter_pages(officer):
        yield Page(address, DESK, officer)
    national = holder("hq_officer")
    for name in ("desk:worklist", "desk:reports", "desk:interventions"):
        yield Page(reverse(name), DESK, national)


def most_named() -> Product:
    """The product of most districts, whose page has most to say."""

    rows = Product.objects.annotate(n=naming_districts())
    return rows.order_by("-n", "pk")[0]


def longest_plan() -> str:
    """The page of the plan in force with the most targets."""

    plans = Plan.objects.in_force().with_place().alias(size=Count("targets"))
    place = plans.order_by("-size", "pk")[0].district
    return reverse("plan", args=[place.state.slug, place.slug])


def comparisons() -> Iterator[dict[str, list[str]]]:
    """Four districts with a plan in force, four products, two names with slips."""

    plans = Plan.objects.in_force().with_place().order_by("pk")[:4]
    places = [plan.district for plan in plans]
    yield {"district": [f"{place.state.slug}/{place.slug}" for place in places]}
    yield {"product": ["turmeric", "honey", "mango", "textiles"]}
    yield {"name": ["Moradbad", "Mathra"]}


def quarter_pages(officer: Any) -> Iterator[str]:
    """The newest quarter as an officer enters and files it, with its fullest tables."""

    quarter = Quarter.last_closed(timezone.localdate())
    for name in ("desk:quarter", "desk:file-many", "desk:action-grid"):
        yield reverse(name, args=[quarter])
    own = open_q(officer, Action.PREPARE_REPORT)
    places = list(District.objects.living().filter(own).with_place())
    if found := counts(places, quarter):
        widest = max(found, key=lambda count: count.asked).indicator
        yield reverse("desk:figure-grid", args=[quarter, widest.slug])
    open_ones = [row for row in tallies_of(places, quarter).rows if row.asked]
    if open_ones:
        place = max(open_ones, key=lambda row: row.asked).district
        address = [place.state.slug, place.slug, quarter]
        yield reverse("desk:report", args=address)


def busiest_ra_officer() -> Any:
    """Somebody of the Regional Authority with the most districts."""

    today = Q(jurisdictions__until=None)
    offices = RegionalAuthority.objects.annotate(n=Count("jurisdictions", filter=today))
    return holder("ra_officer", appointments__ra=offices.order_by("-n", "pk").first())


def holder(role: str, **where: Any) -> Any:
    serving = get_user_model().objects.filter(is_active=True)
    return serving.filter(appointments__role=role, **where).earliest("pk")


def client_of(who: Any) -> Client:
    """A browser in this process, signed in if somebody is named."""
    client = Client(headers={"host": "127.0.0.1"})
    if who:
        client.force_login(who)
    return client


def queries_of(page: Page, client: Client) -> int:
    """How many a second request takes, when what is kept in memory is there."""
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path)
    return len(captured)


@contextmanager
def served(page_cache_mb: int = 0) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of our own with one process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    options = ["--interface", "wsgi", "--port", str(port), "--no-ws", "--no-log"]
    server = subprocess.Popen(
        [granian, *options, "portal.wsgi:application"],
        env={
            **os.environ,
            "PORTAL_LOG_LEVEL": "ERROR",
            "PORTAL_PAGE_CACHE_MB": str(page_cache_mb),
        },
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


def measure(server: http.client.HTTPConnection, page: Page) -> Measured:
    headers, client = {"Accept-Encoding": "gzip"}, client_of(page.who)
    if page.who:
        name = settings.SESSION_COOKIE_NAME
        headers["Cookie"] = f"{name}={client.cookies[name].value}"
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        server.request("GET", page.path, headers=headers)
        response = server.getresponse()
        size = len(response.read())
        times.append((time.perf_counter() - started) * 1000)
    return Measured(page, response.status, size, times, queries_of(page, client))


def main() -> None:
    sys.stdout.write(f"{'page':56} status size queries   median  95 of 100  promise\n")
    with served() as server:
        for page in list(pages()):
            sys.stdout.write(measure(server, page).line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
