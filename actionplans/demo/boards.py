"""The committees: their seats, their meetings, and what these decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from actionplans.demo.cast import Cast
from actionplans.demo.days import Days
from actionplans.demo.fates import Fate, Story
from actionplans.demo.ground import Ground, Place, days
from actionplans.demo.material import Material
from actionplans.demo.minutes import Minutes
from actionplans.demo.speech import Speech, span
from actionplans.demo.store import Store
from actionplans.models import (
    Attendance,
    Committee,
    Decision,
    Document,
    Meeting,
    Plan,
    Seat,
    SeatKind,
)
from actionplans.models.committee import QUORUM_SEATS
from portal.accounts.models import Appointment
from portal.periods import ONE_DAY

OLDEST_COMMITTEE = 2_300
WITHOUT_COMMITTEE = 1 / 6
MOST_REVIEWS = 7
OWED_AT_MOST = dt.timedelta(days=120)


@dataclass(slots=True, eq=False)
class Board:
    """A committee and the days of its meetings; of some, the plan they adopted."""

    place: Place
    committee: Committee
    speech: Speech
    seats: list[Seat]
    by: Appointment
    held: dict[dt.date, Plan | None] = field(default_factory=dict)


class Convener:
    """Constitutes committees and holds their meetings."""

    def __init__(
        self,
        ground: Ground,
        material: Material,
        cast: Cast,
        store: Store,
        minutes: Minutes,
    ) -> None:
        self.ground = ground
        self.material = material
        self.words = material.words
        self.cast = cast
        self.store = store
        self.minutes = minutes

    def constitute(self, story: Story, start: dt.date | None) -> Board | None:
        """Nearly everywhere; always where a plan is being prepared."""
        place, rng = story.place, story.place.rng
        nothing_begun = story.fate == Fate.NONE and not story.is_named
        if nothing_begun and rng.random() < WITHOUT_COMMITTEE:
            return None
        start = start or self.ground.today - ONE_DAY
        age = max(40, OLDEST_COMMITTEE - (self.ground.today - start).days)
        on = place.from_birth(start - days(rng, 30, age))
        names = self.words["committee"]["local_names"]
        by = self.cast.officer(place, on)
        committee = Committee(
            district=place.district,
            local_name=names.get(place.state.slug, ""),
            order_number=f"{rng.randint(20, 900)}/IND/{on.year}",
            constituted_on=on,
            months_between=rng.choice([None, None, 1, 3, 3, 6]),
            recorded_by=by,
        )
        speech = Speech(place, self.material)
        board = Board(place, committee, speech, [], by)
        board.seats = list(self._seats(board))
        self.store.add(committee, *board.seats)
        return board

    def schedule(self, board: Board, plans: list[tuple[Plan, Days]]) -> None:
        """One meeting for each adoption, one before it, and reviews after."""
        rng, today = board.place.rng, self.ground.today
        early = board.committee.constituted_on + days(rng, 15, 150)
        adoptions = {days.met: plan for plan, days in plans if days.met}
        if early < min([*adoptions, today]) and rng.random() < 2 / 3:
            board.held[early] = None
        board.held |= adoptions
        published = [days.published for _, days in plans if days.published]
        if not published:
            return
        day = max(published[0] + days(rng, 60, 130), min(published))
        for _ in range(MOST_REVIEWS):
            if day >= today:
                return
            board.held.setdefault(day, None)
            day += days(rng, 75, 140)

    def meet(self, board: Board) -> dict[int, Decision]:
        """Hold the meetings in their order; the decisions, by the plan's identity."""
        found = {}
        for number, (on, plan) in enumerate(sorted(board.held.items()), start=1):
            meeting = self._meeting(board, number, on, adopts=plan is not None)
            self.store.add(meeting, *self._attendance(board, meeting, plan))
            decisions = list(self._decisions(board, meeting, plan))
            self.store.add(*decisions)
            if plan:
                found[id(plan)] = decisions[0]
        return found

    def _seats(self, board: Board) -> Iterator[Seat]:
        rng, trade = board.place.rng, board.speech.trade
        product = board.place.products[0].product if board.place.products else None
        agencies = {
            "council": trade.council_of(product.sector if product else ""),
            "department": trade.department,
            "standards": trade.standards,
        }
        for number in SeatKind:
            office, agency = self.words["committee"]["seats"][str(int(number))]
            seat = Seat(committee=board.committee, number=number)
            if number not in QUORUM_SEATS and rng.random() < 1 / 12:
                on = board.committee.constituted_on + days(rng, 0, 600)
                seat.vacant_since = min(on, self.ground.today)
            else:
                seat.office = board.speech.fill(office)
                seat.agency = self.ground.agencies[agencies.get(agency, agency)]
            yield seat

    def _meeting(
        self, board: Board, number: int, on: dt.date, *, adopts: bool
    ) -> Meeting:
        rng = board.place.rng
        agendas = self.words["minutes"]["agenda"]
        typed = min(on + days(rng, 0, 6), self.ground.today - ONE_DAY)
        moment = dt.datetime.combine(
            typed, dt.time(15, 30), timezone.get_current_timezone()
        )
        document: Document | None = None
        if adopts:
            convener = self.cast.convener(board.place)
            document = self.minutes.of(board.place, number, convener, moment)
            self.store.add(document)
        return Meeting(
            committee=board.committee,
            number=number,
            notice_on=max(board.committee.constituted_on, on - days(rng, 5, 15)),
            held_on=on,
            mode=rng.choice(Meeting.Mode.values),
            agenda=agendas[0] if adopts else rng.choice(agendas),
            minutes=document,
            recorded_by=board.by,
            recorded_at=moment,
        )

    def _attendance(
        self, board: Board, meeting: Meeting, plan: Plan | None
    ) -> Iterator[Attendance]:
        """Whoever makes the quorum is there when a plan is adopted."""
        rng = board.place.rng
        for seat in board.seats:
            if seat.vacant_since:
                continue
            needed = plan is not None and seat.number in QUORUM_SEATS
            present = needed or rng.random() < 5 / 6
            yield Attendance(
                meeting=meeting,
                seat=seat,
                is_present=present,
                by_delegate=present and rng.random() < 1 / 5,
            )

    def _decisions(
        self, board: Board, meeting: Meeting, plan: Plan | None
    ) -> Iterator[Decision]:
        rng, words = board.place.rng, self.words["minutes"]
        kind, said, dissent = Decision.Kind.REVIEW, words["review"], ""
        years = ""
        if plan:
            kind, said = Decision.Kind.ADOPTION, words["adoption"]
            if plan.amends:
                said = words["second_adoption"]
            years = span((plan.year_from, plan.year_to))
            dissent = words["dissent"] if rng.random() < 1 / 15 else ""
        elif meeting.number == 1:
            kind, said = Decision.Kind.ACTION, words["identify"]
        yield Decision(
            meeting=meeting,
            number=1,
            kind=kind,
            text=board.speech.say(said, years=years),
            plan=plan,
            dissent=dissent,
            status=Decision.Status.DONE,
        )
        if rng.random() < 1 / 2:
            due = meeting.held_on + days(rng, 20, 90)
            ago = self.ground.today - due
            # What is long past is done; of the rest, three of four.
            done = ago.days > 0 and (rng.random() < 3 / 4 or ago > OWED_AT_MOST)
            yield Decision(
                meeting=meeting,
                number=2,
                kind=Decision.Kind.ACTION,
                text=board.speech.say(words["action"]),
                owner=self.ground.agencies["District Industries Centre"],
                due_on=due,
                status=Decision.Status.DONE if done else Decision.Status.OPEN,
            )
