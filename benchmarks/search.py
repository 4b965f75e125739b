"""How many of fifty questions of traders are answered first, and how fast.

The questions stand in `questions.csv`: in English, Hindi and other tongues, misspelt,
as codes, as names of old, each with the one thing that should come first. Times are
those of the answer alone and of the page with its suggestions, in this process, on the
database of the settings. Measures only.
"""

import csv
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.test import Client
from django.urls import reverse

from benchmarks.pages import client_of
from districts.search import search

QUESTIONS = Path(__file__).with_name("questions.csv")
ROUNDS = 5


class Asked(NamedTuple):
    """A question, and what should be found first."""

    question: str
    kind: str
    key: str


def questions() -> list[Asked]:
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        return [Asked(**row) for row in csv.DictReader(file)]


def missed() -> Iterator[tuple[Asked, str]]:
    """Questions that something else answers first, with that."""
    for asked in questions():
        hits = search(asked.question).hits
        first = hits[0].entry if hits else None
        if not first or (first.kind, first.key) != (asked.kind, asked.key):
            yield asked, f"{first.kind} {first.key}" if first else "nothing"


def measure(name: str, answer: Callable[[str], Any]) -> None:
    """The middle and the slow end of every question asked a few times."""
    asked = [row.question for row in questions()]
    answer(asked[0])
    times = []
    for question in asked * ROUNDS:
        started = time.perf_counter()
        answer(question)
        times.append((time.perf_counter() - started) * 1000)
    late = statistics.quantiles(times, n=20)[-1]
    sys.stdout.write(
        f"{name:12} median {statistics.median(times):6.1f} ms, "
        f"95 of 100 within {late:6.1f} ms\n"
    )


def main() -> None:
    client = client_of(None)
    wrong = list(missed())
    count = len(questions())
    sys.stdout.write(f"{count - len(wrong)} of {count} questions answered first\n")
    for asked, found in wrong:
        wanted = f"{asked.kind} {asked.key}"
        sys.stdout.write(f"  {asked.question}: {found} instead of {wanted}\n")
    measure("answer", search)
    measure("page", partial(ask, client, reverse("search")))
    measure("suggestions", partial(ask, client, reverse("suggestions")))


def ask(client: Client, address: str, question: str) -> None:
    client.get(address, {"q": question})


if __name__ == "__main__":
    main()
