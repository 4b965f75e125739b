"""How many requests a second public pages take when they are kept, and when not.

Beside them, in the same run, a trivial view of Django's behind the same middleware: the
promise is four fifths of that for a page that is kept or that the browser has.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import time

from django.urls import reverse

from actionplans.models import Plan
from benchmarks.pages import served

ROUNDS, REQUESTS = 5, 200
PROMISED = 0.8
MEGABYTES = 64


def rate(
    server: http.client.HTTPConnection, path: str, etag: str = ""
) -> tuple[int, float]:
    """The status and requests a second, the median of some rounds."""
    headers = {"Accept-Encoding": "gzip"}
    if etag:
        headers["If-None-Match"] = etag
    rates = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(REQUESTS):
            server.request("GET", path, headers=headers)
            response = server.getresponse()
            response.read()
        rates.append(REQUESTS / (time.perf_counter() - started))
    return response.status, statistics.median(rates)


def etag_of(server: http.client.HTTPConnection, path: str) -> str:
    server.request("GET", path)
    response = server.getresponse()
    response.read()
    return response.headers["ETag"]


def show(name: str, status: int, found: float, trivial: float) -> None:
    share = found / trivial
    kept = "" if found == trivial else ("kept" if share >= PROMISED else "BROKEN")
    sys.stdout.write(f"{name:64} {status} {found:8.0f}/s {share:7.0%} {kept}\n")
    sys.stdout.flush()


def main() -> None:
    plan = Plan.objects.in_force().order_by("pk").first()
    assert plan
    paths = [reverse("home"), plan.district.get_absolute_url()]
    with served(MEGABYTES) as server:
        status, trivial = rate(server, reverse("health"))
        show(f"{reverse('health')}, trivial", status, trivial, trivial)
        for path in paths:
            show(f"{path}, kept", *rate(server, path), trivial)
            again = rate(server, path, etag_of(server, path))
            show(f"{path}, revalidated", *again, trivial)
    with served() as server:
        for path in paths:
            status, found = rate(server, path)
            share = found / trivial
            line = f"{path}, made anew"
            sys.stdout.write(f"{line:64} {status} {found:8.0f}/s {share:7.0%}\n")


if __name__ == "__main__":
    main()
