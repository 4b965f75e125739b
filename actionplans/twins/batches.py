"""Rows of the database, some hundreds at a time, where facts of many are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

TOGETHER = 250
T = TypeVar("T")
Found = TypeVar("Found")


def by_some(
    rows: Iterable[T], work: Callable[[list[T]], Iterable[Found]]
) -> Iterator[Found]:
    """What the work finds of all rows, some hundreds at a time."""
    left = iter(rows)
    while some := list(islice(left, TOGETHER)):
        yield from work(some)
