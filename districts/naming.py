"""Names of places as others write them.

A name fits when it is equal to a name or another spelling, apart from case, accents,
punctuation and spaces. What is only close is offered as a guess and never taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from districts.models import District, State
from portal.spelling import closest, fold, squeeze

# Three letters of four must agree for a name to be offered as a guess.
CLOSE = 0.75

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """What bears the name, or else the nearest that might be meant."""

    found: T | None = None
    guess: T | None = None


class Names(Generic[T]):
    """Things by their names. An earlier rank wins: a name before another spelling.

    A spelling that several things of the best rank share names none of them.
    """

    def __init__(self) -> None:
        self._ranked: dict[str, tuple[int, list[T]]] = {}

    def add(self, thing: T, names: Iterable[str], rank: int = 0) -> None:
        for key in {squeeze(fold(name)) for name in names} - {""}:
            best, things = self._ranked.get(key, (rank, []))
            if rank < best:
                self._ranked[key] = (rank, [thing])
            elif rank == best:
                self._ranked[key] = (rank, [*things, thing])

    def match(self, name: str) -> Match[T]:
        key = squeeze(fold(name))
        if key in self._ranked:
            _, things = self._ranked[key]
            one = things[0] if len(things) == 1 else None
            return Match(found=one, guess=None if one else things[0])
        near = closest(key, list(self._ranked), CLOSE) if key else None
        return Match(guess=self._ranked[near][1][0]) if near else Match()


class DistrictNames:
    """Every district under the names of its State; a living one before a former one."""

    def __init__(self, districts: Iterable[District]) -> None:
        self._states: dict[int, Names[District]] = {}
        for district in districts:
            names = self._states.setdefault(district.state_id, Names())
            later = 2 if district.until else 0
            names.add(district, [district.name, district.name_hi], later)
            names.add(district, district.alias_list, later + 1)

    def match(self, state: State, name: str) -> Match[District]:
        names = self._states.get(state.pk)
        return names.match(name) if names else Match()
