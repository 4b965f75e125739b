"""Which reports would lift the share of fresh districts, and by how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from actionplans.freshness import Freshness
from portal.periods import Quarter


class Liftable(NamedTuple):
    """A district: how fresh it is, and which report would make it so."""

    district: Any
    freshness: Freshness
    by: Quarter | None
    first_owed: Quarter | None

    @property
    def owes_it(self) -> bool:
        return bool(self.by and self.first_owed and self.first_owed <= self.by)


@dataclass(frozen=True, slots=True)
class Lift:
    """The districts that owe the report of one quarter and would be fresh with it."""

    quarter: Quarter
    districts: list[Any]
    # How many would be fresh once these and those before are.
    fresh: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifts:
    """What would lift an office: reports owed, reports not owed, or only time."""

    fresh: int
    total: int
    owed: list[Lift]
    # Those without a plan in force: three lines in words would make each fresh.
    unowed: list[Any]
    # Those that filed too few figures: only the next report helps.
    waiting: list[Any]

    @classmethod
    def of(cls, rows: Iterable[Liftable]) -> Lifts:
        every = list(rows)
        fresh = sum(row.freshness == Freshness.FRESH for row in every)
        return cls(
            fresh=fresh,
            total=len(every),
            owed=_owed([row for row in every if row.owes_it], fresh),
            unowed=[row.district for row in every if row.by and not row.owes_it],
            waiting=[
                row.district
                for row in every
                if not row.by and row.freshness != Freshness.FRESH
            ],
        )


def _owed(rows: list[Liftable], fresh: int) -> list[Lift]:
    found = []
    for quarter in sorted({row.by for row in rows if row.by}):
        districts = [row.district for row in rows if row.by == quarter]
        fresh += len(districts)
        found.append(Lift(quarter, districts, fresh))
    return found
