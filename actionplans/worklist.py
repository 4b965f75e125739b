"""The worklist of an official: what waits, grouped by district, oldest first.

`actionplans.waiting` says what waits for whom, and says it in words.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from actionplans.deadlines import Urgency
from actionplans.glance import Glance, Place, StateName, glances
from actionplans.waiting.items import Item
from actionplans.waiting.kinds import waiting
from actionplans.waiting.putting_off import still_off
from actionplans.waiting.rows import PUT_OFF, Asker, Kind, Row
from districts.models import District
from portal.accounts.models import User
from portal.periods import Quarter

BY_DISTRICT = "district"
# So many districts with nothing but the same report make one row of the list.
ENOUGH_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Pending:
    """Old plans of a State that the official handed in and did not record yet."""

    key: int
    state: StateName
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A district with what waits there, oldest due first."""

    glance: Glance
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Together:
    """Districts where nothing waits but the report of the same quarter."""

    quarter: Quarter
    groups: list[Group]

    @property
    def due_on(self) -> dt.date:
        return self.quarter.due_on

    @property
    def otherwise(self) -> str:
        return self.groups[0].items[0].otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to, in which order; nothing that is empty narrows.

    What was put off is a list of its own, narrowed in the same way.
    """

    kind: str = ""
    words: str = ""
    due: str = ""
    order: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Wanted:
        """From the address bar; what it does not know there narrows nothing."""
        kind, due = query.get("kind", ""), query.get("due", "")
        return cls(
            kind=kind if kind in {*Kind.values, PUT_OFF} else "",
            words=query.get("q", "").strip(),
            due=due if due in set(Urgency) else "",
            order=BY_DISTRICT if query.get("order") == BY_DISTRICT else "",
        )

    @property
    def is_put_off(self) -> bool:
        return self.kind == PUT_OFF

    @property
    def is_whole(self) -> bool:
        """Whether it is the list as it first comes."""
        return self == Wanted()

    def of(self, items: Iterable[Item], *, any_kind: bool = False) -> list[Item]:
        words = self.words.casefold().split()
        return [
            item
            for item in items
            if (any_kind or self.kind in ("", item.row.kind))
            and (not self.due or self.due == item.urgency)
            and all(word in _searched(item.district) for word in words)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """Everything that waits for an official, and the districts in their charge."""

    items: list[Item]
    put_off: list[Item]
    glances: list[Glance]
    intakes: list[Pending]
    # Whether anything can ever wait for them.
    takes_steps: bool

    def listed(self, wanted: Wanted) -> list[Item]:
        if wanted.is_put_off:
            return wanted.of(self.put_off, any_kind=True)
        return wanted.of(self.items)

    def groups(self, wanted: Wanted) -> list[Group]:
        """The districts by what is due first there; what has no date comes last."""
        found: dict[int, list[Item]] = {}
        for item in sorted(self.listed(wanted), key=_by_due):
            found.setdefault(item.district.pk, []).append(item)
        by_key = {glance.district.pk: glance for glance in self.glances}
        groups = [Group(by_key[key], items) for key, items in found.items()]
        return sorted(groups, key=_by_name) if wanted.order else groups

    def counts(self, wanted: Wanted) -> dict[Kind, int]:
        """How much waits of each kind, narrowed by everything but the kind."""
        rows = wanted.of(self.items, any_kind=True)
        found = Counter(item.kind for item in rows)
        return {kind: found[kind] for kind in Kind if found[kind]}

    def off(self, wanted: Wanted) -> int:
        """How much is put off, narrowed in the same way."""
        return len(wanted.of(self.put_off, any_kind=True))

    def are(self, word: Urgency) -> int:
        return sum(item.urgency == word for item in self.items)

    @property
    def busy(self) -> int:
        """In how many districts something waits."""
        return len({item.district.pk for item in self.items})


def worklist(user: User) -> Worklist:
    """Two queries, however many districts the official has."""
    today = timezone.localdate()
    asker, seen = Asker(user, today), glances(user)
    places = {glance.district.pk: glance.district for glance in seen}
    rows = waiting(asker, seen)
    items = _items(rows, places, today)
    states = {place.state.pk: place.state for place in places.values()}
    return Worklist(
        items=[item for item in items if not item.put_off],
        put_off=[item for item in items if item.put_off],
        glances=seen,
        intakes=[
            Pending(row.thing, states[row.district], row.since)
            for row in rows
            if row.kind == Kind.INTAKE
        ],
        takes_steps=any(map(asker.takes, Kind)),
    )


def waits_in(district: District, user: User) -> list[Item]:
    """What waits for the official in one district, oldest due first; two queries.

    What they put off is among it, and says so.
    """
    today = timezone.localdate()
    seen = glances(user, district)
    places = {glance.district.pk: glance.district for glance in seen}
    rows = waiting(Asker(user, today, district), seen)
    return sorted(_items(rows, places, today), key=_by_due)


def apart(groups: list[Group]) -> tuple[list[Group], list[Together]]:
    """The groups to be shown, and those that are one row for each quarter.

    Only where that makes the list shorter.
    """
    alike: dict[Quarter, list[Group]] = {}
    for group in groups:
        if (item := group.items[0]).kind == Kind.REPORT and len(group.items) == 1:
            alike.setdefault(item.quarter, []).append(group)
    together = [
        Together(quarter, sorted(alike[quarter], key=_by_name))
        for quarter in sorted(alike)
        if len(alike[quarter]) >= ENOUGH_TOGETHER
    ]
    gone = {id(group) for one in together for group in one.groups}
    return [group for group in groups if id(group) not in gone], together


def _items(rows: list[Row], places: dict[int, Place], today: dt.date) -> list[Item]:
    """The rows in words, each with what puts it off."""
    off = {(r.how, r.district, r.thing): r for r in rows if r.kind == PUT_OFF}
    found = []
    for row in rows:
        if row.kind in (PUT_OFF, Kind.INTAKE):
            continue
        snooze = off.get(row[:3])
        put_off = still_off(snooze, row) if snooze else None
        found.append(Item.of(row, places[row.district], today, put_off))
    return found


def _by_due(item: Item) -> tuple[dt.date, bool, str, str, int]:
    """What an old plan lacks comes after everything else."""
    can_wait = item.row.kind == Kind.STRUCTURE
    row, due_on = item.row, item.due_on or dt.date.max
    return due_on, can_wait, item.district.name, row.kind, row.thing


def _by_name(group: Group) -> str:
    return group.glance.district.name


def _searched(district: Place) -> str:
    return f"{district.name} {district.name_hi} {district.aliases}".casefold()
