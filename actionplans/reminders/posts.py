"""Who holds the posts today that somebody is reminded in, and over which districts."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from actionplans.glance import Place
from districts.models import Jurisdiction
from portal.accounts.models import Appointment, User
from portal.terms import Role

# How far each role stands from a district. Of those who may do a thing, the nearest
# are asked to.
DISTANCE = {
    Role.CONVENER: 0,
    Role.CHAIR: 0,
    Role.RA_OFFICER: 0,
    Role.STATE_OFFICER: 1,
    Role.HQ_OFFICER: 2,
}
# The key of no user: everybody who holds a role, taken as one.
NOBODY = 0
Holders = dict[tuple[Role, int | None], set[int]]


@dataclass(frozen=True, slots=True)
class Posts:
    """Current appointments of active users, and who holds them."""

    held: dict[Role, list[Appointment]]
    users: dict[int, User]
    holders: Holders

    @classmethod
    def of_today(cls) -> Posts:
        rows = Appointment.objects.current().with_place().select_related("user")
        rows = rows.filter(role__in=DISTANCE, user__is_active=True)
        posts = cls.among(rows.order_by("pk"))
        held = itertools.chain.from_iterable(posts.held.values())
        by_user: dict[int, list[Appointment]] = defaultdict(list)
        for post in held:
            by_user[post.user_id].append(post)
        for key, user in posts.users.items():
            user.current_appointments = by_user[key]
        return posts

    @classmethod
    def among(cls, rows: Iterable[Appointment]) -> Posts:
        held: dict[Role, list[Appointment]] = {role: [] for role in DISTANCE}
        users = {}
        for row in rows:
            held[Role(row.role)].append(row)
            users[row.user_id] = row.user
        return cls(held, users, _holders(held))

    def together(self, role: Role) -> User:
        """Everybody who holds the role, as if they were one person."""
        one = User(pk=NOBODY)
        one.current_appointments = self.held[role]
        return one

    def over(self, role: Role, place: Place) -> set[int]:
        """The keys of those who hold the role over the district."""
        where = {Role.HQ_OFFICER: None, Role.STATE_OFFICER: place.state.pk}
        return self.holders.get((role, where.get(role, place.pk)), set())


def _holders(held: dict[Role, list[Appointment]]) -> Holders:
    """By role and place: of an RA its districts of today, of headquarters none."""
    by_office: dict[int | None, list[int]] = defaultdict(list)
    if held[Role.RA_OFFICER]:
        today = Jurisdiction.objects.on(timezone.localdate()).order_by()
        for ra, district in today.values_list("ra_id", "district_id"):
            by_office[ra].append(district)
    found: Holders = defaultdict(set)
    for role, rows in held.items():
        for row in rows:
            places = by_office[row.ra_id] if row.ra_id else [_place(row)]
            for place in places:
                found[role, place].add(row.user_id)
    return found


def _place(row: Appointment) -> int | None:
    return row.district_id or row.state_id
