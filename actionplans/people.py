"""Who holds which post over a district, and which posts nobody holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from districts.models import District, Jurisdiction
from portal.accounts.models import Appointment
from portal.accounts.models import AppointmentQuerySet as Appointments
from portal.terms import Role

# Every post over a district, from the one that keeps it current outwards.
POSTS = (
    Role.RA_OFFICER,
    Role.CONVENER,
    Role.CHAIR,
    Role.MEMBER,
    Role.STAFF,
    Role.STATE_OFFICER,
)
# Without one of these, a plan comes to a halt.
NEEDED = (Role.RA_OFFICER, Role.CONVENER, Role.CHAIR)


@dataclass(frozen=True, slots=True)
class Post:
    """A role over a district, whoever holds it today, or since when nobody does."""

    role: Role
    holders: list[Appointment]
    since: dt.date | None = None

    @property
    def is_vacant(self) -> bool:
        """Only posts that are needed are vacant; others are simply not held."""
        return self.role in NEEDED and not self.holders


def posts(district: District) -> list[Post]:
    """The posts over a district, held or not; one query."""
    rows = list(appointments(district))
    return [_post(role, [row for row in rows if row.role == role]) for role in POSTS]


def _post(role: Role, rows: list[Appointment]) -> Post:
    today = timezone.localdate()
    ended = [row.until for row in rows if row.until and row.until <= today]
    held = [row for row in rows if _is_held(row, today)]
    return Post(role, held, None if held else max(ended, default=None))


def _is_held(row: Appointment, today: dt.date) -> bool:
    begun = row.since <= today
    return begun and row.user.is_active and (row.until is None or today < row.until)


def history(district: District) -> Appointments:
    """The appointments over a district that have ended or lie ahead, newest first."""
    today = timezone.localdate()
    rows = appointments(district).filter(Q(until__lte=today) | Q(since__gt=today))
    return rows.order_by("-since", "-pk")


def open_posts(district: District) -> Appointments:
    """The appointments over a district that can still be ended."""
    today = timezone.localdate()
    return appointments(district).filter(Q(until=None) | Q(until__gt=today))


def vacancies(keys: Collection[int]) -> dict[int, list[Role]]:
    """The needed posts that nobody holds, of the districts by key; two queries."""
    today = timezone.localdate()
    offices = Jurisdiction.objects.on(today).filter(district__in=keys)
    ra_of = dict(offices.values_list("district_id", "ra_id"))
    rows = Appointment.objects.current().filter(
        Q(district__in=keys) | Q(ra__in=set(ra_of.values())),
        role__in=NEEDED,
        user__is_active=True,
    )
    held = set(rows.order_by().values_list("role", "district_id", "ra_id"))
    return {
        key: [
            role
            for role in NEEDED
            if (role, key, None) not in held
            and (role, None, ra_of.get(key)) not in held
        ]
        for key in keys
    }


def appointments(district: District) -> Appointments:
    """Every appointment, past or present, to a post over the district."""
    today = timezone.localdate()
    offices = Jurisdiction.objects.on(today).filter(district=district)
    return Appointment.objects.filter(
        Q(district=district) | Q(ra__in=offices.values("ra")) | Q(state=district.state)
    ).select_related("user", "ra", "state", "district", "agency", "appointed_by")
