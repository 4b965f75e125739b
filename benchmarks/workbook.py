"""How long the workbook of a quarter takes, and how much memory: for each step of it.

Works on the demonstration in the database of the settings, for the Regional Authority
with most districts and the quarter that runs, as if it were over: so nothing is filed
yet. Everything happens in one transaction that is taken back. Measures only.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actionplans.models import FilledWorkbook
from actionplans.workbook.read import check
from districts.models import RegionalAuthority
from portal.accounts.models import User
from portal.periods import Quarter

MEGABYTE = 1024 * 1024
FIGURE, SHARE, WHOLE, PER_CENT = 30, 30, 100, 77


class Trip:
    """One workbook on its way there and back, in the hands of an officer."""

    def __init__(self, quarter: Any) -> None:
        self.workbooks = FilledWorkbook.objects
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(officer_of_most())
        self.quarter = quarter
        self.filled = b""

    def download(self) -> bytes:
        address = reverse("desk:workbook", args=[self.quarter])
        return bytes(self.client.get(address).getvalue())

    def read(self) -> Any:
        return check(self.filled)

    def hand_in(self) -> Any:
        """From the upload to the page that shows every change."""
        file = SimpleUploadedFile("filled.xlsx", self.filled)
        address = reverse("desk:workbooks", args=[self.quarter])
        return self.client.post(address, {"file": file}, follow=True)

    def take(self) -> Any:
        """All odd figures are said to be right."""
        return self.client.post(self._trial(), {"right": "all"})

    def take_back(self) -> Any:
        return self.client.post(self._trial(), {"undo": "yes"})

    def _trial(self) -> str:
        return reverse("desk:workbook-trial", args=[self.workbooks.latest("pk").pk])


def officer_of_most() -> Any:
    """An officer of the Regional Authority with most districts."""

    offices = RegionalAuthority.objects.filter(appointments__until=None)
    counted = offices.annotate(size=Count("jurisdictions__district", distinct=True))
    serving = User.objects.filter(is_active=True)
    return serving.filter(appointments__ra=counted.order_by("-size")[0]).earliest("pk")


def filled(content: bytes) -> tuple[bytes, str]:
    """The workbook with every row filled, and how many rows that are."""
    book = load_workbook(BytesIO(content))
    counts = []
    for page in book.worksheets:
        columns = {str(cell.value).partition(":")[2]: cell.column for cell in page[1]}
        if "district-key" in columns:
            rows = range(3, page.max_row + 1)
            counts.append(f"{len(rows)} in {page.title}")
            for number in rows:
                _fill(page, number, columns)
    found = BytesIO()
    book.save(found)
    return found.getvalue(), ", ".join(counts)


def _fill(page: Any, number: int, columns: dict[str, int]) -> None:
    if "percent" in columns:
        page.cell(number, columns["percent"]).value = PER_CENT
    elif "done" in columns:
        page.cell(number, columns["done"]).value = "The committee met."
    else:
        is_share = not page.cell(number, columns["whole"]).protection.locked
        is_yes_or_no = isinstance(page.cell(number, columns["goal"]).value, str)
        figure = page.cell(number, columns["figure"])
        figure.value = "Yes" if is_yes_or_no else FIGURE
        if is_share:
            figure.value = SHARE
            page.cell(number, columns["whole"]).value = WHOLE


def measure(name: str, step: Callable[[], Any]) -> Any:
    """Once for the time and the queries, once more, taken back, for the memory."""
    with transaction.atomic():
        tracemalloc.start()
        step()
        peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
        tracemalloc.stop()
        transaction.set_rollback(True)
    with CaptureQueriesContext(connection) as queries:
        started, used = time.perf_counter(), time.process_time()
        found = step()
        used, passed = time.process_time() - used, time.perf_counter() - started
    sys.stdout.write(
        f"{name:20} {passed:6.2f} s, of the processor {used:6.2f} s, "
        f"{peak:6.1f} MB, {len(queries)} queries\n"
    )
    return found


def run(quarter: Any) -> None:
    trip = Trip(quarter)
    content = measure("build", trip.download)
    trip.filled, counts = filled(content)
    sys.stdout.write(f"rows: {counts}; {len(trip.filled) // 1024} kB\n")
    measure("read", trip.read)
    page = measure("upload to preview", trip.hand_in)
    sys.stdout.write(f"preview: {page.status_code}, {len(page.content) // 1024} kB\n")
    for name, step in (("take", trip.take), ("take back", trip.take_back)):
        answer = measure(name, step)
        sys.stdout.write(f"{name}: {answer.status_code}\n")


def main() -> None:
    running = Quarter.of(timezone.localdate())
    after = running.last_day + timedelta(days=20)
    with (
        TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media),
        patch.object(timezone, "localdate", lambda *_of, **_in: after),
        transaction.atomic(),
    ):
        run(running)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
