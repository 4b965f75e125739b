"""Bottlenecks that were put to somebody: at every rung, answered, overdue, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import cycle, pairwise

from django.utils import timezone

from actionplans.deadlines import DAYS_TO_ANSWER
from actionplans.demo.cast import Cast
from actionplans.demo.lives import Life
from actionplans.demo.material import Material
from actionplans.demo.store import Store
from actionplans.escalations import WAITS_WITH
from actionplans.models import Bottleneck, Escalation
from portal.accounts.models import Appointment
from portal.terms import Asked, Rung, Status

DEPC, SEPC, HQ = Asked.OF_DEPC, Asked.OF_SEPC, Asked.OF_HEADQUARTERS
SAID, CLOSED = Asked.ANSWERED, Asked.SETTLED
# The moves about a bottleneck, and how many days ago the last one was made.
COURSES: list[tuple[list[Asked], int]] = [
    ([DEPC], 6),
    ([DEPC, SAID], 4),
    ([DEPC, SAID, SEPC], 9),
    ([DEPC], 24),
    ([DEPC, SAID, SEPC, SAID, HQ], 8),
    ([DEPC, SAID, CLOSED], 30),
    ([DEPC, SEPC], 21),
    ([DEPC, SEPC, SAID], 12),
    ([DEPC, SAID, SEPC, SAID, CLOSED], 16),
    ([DEPC, SEPC, HQ], 27),
    ([DEPC, SEPC, HQ, SAID], 3),
]
# How long it was before the next move.
ANSWERED_AFTER, SILENT_FOR = dt.timedelta(days=11), dt.timedelta(days=18)
RUNGS = {status: rung for rung, status in WAITS_WITH.items()}


class Ladder:
    """Writes the moves about the worst bottleneck of every other plan in force."""

    def __init__(self, material: Material, cast: Cast, store: Store) -> None:
        self.words = material.words["escalations"]
        self.cast = cast
        self.store = store

    def write(self, lives: Sequence[Life], today: dt.date) -> None:
        in_force = [life for life in lives if life.status == Status.PUBLISHED]
        for life, course in zip(in_force[::2], cycle(COURSES), strict=False):
            worst = max(life.parts.bottlenecks, key=lambda row: row.severity)
            days = _days(*course, today)
            if days[0] > life.events[-1].recorded_at.date():
                self.store.add(*self._moves(life, worst, course[0], days))
        self.store.save(Escalation)

    def _moves(
        self,
        life: Life,
        bottleneck: Bottleneck,
        moves: list[Asked],
        days: list[dt.date],
    ) -> Iterator[Escalation]:
        rung = Rung.DEPC
        for number, (status, day) in enumerate(zip(moves, days, strict=True), start=1):
            rung = RUNGS.get(status, rung)
            words = self.words[status] if status != SAID else self.words[SAID][rung - 1]
            yield Escalation(
                line=bottleneck.line,
                district=life.place.district,
                number=number,
                status=status,
                rung=rung,
                text=life.parts.speech.say(words),
                answer_by=day + DAYS_TO_ANSWER if status in RUNGS else None,
                appointment=self._office(life, status, rung, day),
                recorded_at=dt.datetime.combine(
                    day, dt.time(11, 40), timezone.get_current_timezone()
                ),
            )

    def _office(
        self, life: Life, status: Asked, rung: Rung, day: dt.date
    ) -> Appointment:
        """The rung itself answers; the Regional Authority asks and closes."""
        if status != SAID:
            return self.cast.officer(life.place, day)
        if rung == Rung.DEPC:
            return self.cast.convener(life.place)
        return self.cast.state(life.place) if rung == Rung.SEPC else self.cast.hq()


def _days(moves: list[Asked], days_ago: int, today: dt.date) -> list[dt.date]:
    """The day of each move; who passes over a rung has waited beyond its day."""
    days = [today - dt.timedelta(days=days_ago)]
    for before, after in reversed(list(pairwise(moves))):
        silent = before in RUNGS and after in RUNGS
        days.insert(0, days[0] - (SILENT_FOR if silent else ANSWERED_AFTER))
    return days
