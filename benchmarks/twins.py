"""How fast the longest tables are given out, and how much memory that takes.

Reads them out of the database of the settings as the server does, and throws the
pieces away. Memory is that of Python at its peak, after the first tenth of the rows and
after all: if both are the same, it does not grow with the table. Measures only.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator

from django.db import connection
from django.http import QueryDict

from actionplans.twins.interventions import INTERVENTIONS
from actionplans.twins.readings import READINGS
from actionplans.twins.targets import TARGETS
from districts.datasets import HS_CODES
from portal.datasets import Dataset
from portal.twins import csv_pieces, json_pieces

# Rows a second of a table that comes straight out of the database.
PROMISED = 50_000
ROUNDS = 5
MEGABYTE = 1024 * 1024


def as_csv(dataset: Dataset) -> Iterator[str]:
    return csv_pieces(dataset, dataset.values(QueryDict()))


def as_json(dataset: Dataset) -> Iterator[str]:
    head = {"name": dataset.name}
    return json_pieces(dataset, dataset.values(QueryDict()), head)


def taken(pieces: Iterator[str]) -> tuple[int, float, float]:
    """How many bytes, how long it took, and how long of the processor."""
    started, used = time.perf_counter(), time.process_time()
    size = sum(len(piece.encode()) for piece in pieces)
    return size, time.perf_counter() - started, time.process_time() - used


def peaks(pieces: Iterator[str], count: int) -> tuple[float, float]:
    """Megabytes at the peak after a tenth of the rows, and after all."""
    tracemalloc.start()
    seen, early = 0, 0
    for piece in pieces:
        seen += piece.count("\n")
        if not early and seen > count / 10:
            early = tracemalloc.get_traced_memory()[1]
    late = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return early / MEGABYTE, late / MEGABYTE


def measure(dataset: Dataset, form: Callable[[Dataset], Iterator[str]]) -> str:
    count = sum(1 for _row in dataset.values(QueryDict()))
    size, passed, used = min(
        (taken(form(dataset)) for _ in range(ROUNDS)), key=lambda found: found[1]
    )
    early, late = peaks(form(dataset), count)
    return (
        f"{dataset.name:16} {form.__name__[3:]:5}{count:8} rows "
        f"{size / MEGABYTE:6.1f} MB {passed:6.2f} s, of the processor {used:6.2f} s, "
        f"{count / passed:8.0f} rows/s, "
        f"{early:5.1f} MB after a tenth, {late:5.1f} MB after all"
    )


def main() -> None:
    sys.stdout.write(f"{connection.vendor}; promised: {PROMISED} rows/s as CSV\n")
    for dataset in (READINGS, HS_CODES, TARGETS, INTERVENTIONS):
        for form in (as_csv, as_json):
            sys.stdout.write(measure(dataset, form) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
