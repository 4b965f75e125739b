"""The invented officials and their appointments."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from actionplans.demo.accounts import (
    AUDITOR,
    HQ_ADMIN,
    HQ_OFFICER,
    PASSWORD,
    email,
    in_district,
)
from actionplans.demo.fates import NAMED, Fate, Story
from actionplans.demo.ground import Ground, Place
from actionplans.demo.store import Store
from actionplans.models import SeatKind
from districts.models import RegionalAuthority, State
from portal.accounts.models import Appointment, User
from portal.terms import Role

YEARS_IN_POST = dt.timedelta(days=7 * 365)
# Every third Regional Authority has changed its first officer since, so long ago.
TRANSFER_EVERY = 3
TRANSFERRED = dt.timedelta(days=420)
STAFFED = [
    ("uttar-pradesh", "moradabad"),
    ("tamil-nadu", "erode"),
    ("bihar", "darbhanga"),
]
# The seats of the committee whose members have accounts, with their agencies.
MEMBERS = {
    SeatKind.LEAD_BANK: "Lead District Bank",
    SeatKind.MSME: "MSME Development and Facilitation Office",
    SeatKind.TRADE_ASSOCIATION: "District trade or industry association",
}
Posts = list[Appointment]


class Cast:
    """Who holds which post on which day."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.since = ground.today - YEARS_IN_POST
        self.users: list[User] = []
        self.appointments: list[Appointment] = []
        self._password = make_password(PASSWORD)
        self._admin: User | None = None
        self._officers: dict[int, Posts] = {}
        self._states: dict[int, Appointment] = {}
        self._conveners: dict[int, Appointment] = {}
        self._chairs: dict[int, Appointment] = {}
        self._hq: Appointment | None = None

    @classmethod
    def of(cls, ground: Ground, stories: list[Story]) -> Cast:
        cast = cls(ground)
        cast._nation()
        for number, ra in enumerate(ground.ras):
            cast._office(ra, has_transfer=number % TRANSFER_EVERY == 0)
        for state in ground.states:
            cast._state(state)
        for story in stories:
            if story.fate != Fate.NONE or story.is_named:
                cast._district(story.place)
        return cast

    def write(self, store: Store) -> None:
        store.add(*self.users, *self.appointments)
        store.save(User, Appointment)

    def hq(self) -> Appointment:
        assert self._hq
        return self._hq

    def convener(self, place: Place) -> Appointment:
        return self._conveners[place.district.pk]

    def chair(self, place: Place) -> Appointment | None:
        return self._chairs.get(place.district.pk)

    def state(self, place: Place) -> Appointment:
        return self._states[place.state.pk]

    def officer(self, place: Place, on: dt.date) -> Appointment:
        """One of the officers in post that day."""
        posts = self._officers[place.ra.pk]
        held = [p for p in posts if p.since <= on and (not p.until or on < p.until)]
        return place.rng.choice(held)

    def _nation(self) -> None:
        where = "DGFT headquarters"
        admin = self._post(HQ_ADMIN, f"Demo administrator, {where}", Role.HQ_ADMIN)
        self._admin = admin.user
        self._hq = self._post(HQ_OFFICER, f"Demo officer, {where}", Role.HQ_OFFICER)
        second = f"{HQ_OFFICER}.2"
        self._post(second, f"Demo second officer, {where}", Role.HQ_OFFICER)
        self._post(AUDITOR, "Demo auditor", Role.AUDITOR)

    def _office(self, ra: RegionalAuthority, *, has_transfer: bool) -> None:
        local = f"ra.{ra.slug}"
        since, transferred = self.since, self.ground.today - TRANSFERRED
        posts = self._officers[ra.pk] = []
        if has_transfer:
            former = self._post(
                f"{local}.former",
                f"Demo former officer, RA {ra.name}",
                Role.RA_OFFICER,
                ra=ra,
                until=transferred,
            )
            former.user.is_active = False
            posts.append(former)
            since = transferred
        names = {
            local: (f"Demo officer, RA {ra.name}", since),
            f"{local}.2": (f"Demo second officer, RA {ra.name}", self.since),
        }
        for address, (name, day) in names.items():
            posts.append(self._post(address, name, Role.RA_OFFICER, ra=ra, since=day))

    def _state(self, state: State) -> None:
        name = f"Demo State officer, {state.name}"
        held = self._post(f"state.{state.slug}", name, Role.STATE_OFFICER, state=state)
        self._states[state.pk] = held

    def _district(self, place: Place) -> None:
        held = self._in_district("convener", Role.CONVENER, place)
        self._conveners[place.district.pk] = held
        if place.address in NAMED:
            chair = self._in_district("chair", Role.CHAIR, place)
            self._chairs[place.district.pk] = chair
            for number, (seat, agency) in enumerate(MEMBERS.items(), start=1):
                self._in_district(
                    "member" if number == 1 else f"member.{number}",
                    Role.MEMBER,
                    place,
                    seat=seat,
                    agency=self.ground.agencies[agency],
                )
        if place.address in STAFFED:
            self._in_district("staff", Role.STAFF, place)

    def _in_district(
        self, post: str, role: Role, place: Place, **more: object
    ) -> Appointment:
        title = post.replace(".", " ")
        return self._post(
            in_district(post, place),
            f"Demo {title}, DEPC {place.name}",
            role,
            district=place.district,
            since=place.from_birth(self.since),
            **more,
        )

    def _post(
        self, local: str, name: str, role: Role, **place_and_days: object
    ) -> Appointment:
        """An official of that address and name, and the post."""
        terms = {"since": self.since, "appointed_by": self._admin, **place_and_days}
        user = User(
            email=email(local),
            name=name,
            password=self._password,
            is_demonstration=True,
            joined_at=_morning(self.since),
        )
        held = Appointment(
            user=user,
            role=role,
            order_number=f"DEMO/{len(self.appointments) + 1}",
            recorded_at=_morning(self.since),
            **terms,
        )
        self.users.append(user)
        self.appointments.append(held)
        return held


def _morning(day: dt.date) -> dt.datetime:
    zone = timezone.get_current_timezone()
    return dt.datetime.combine(day, dt.time(10), zone)
