"""Every living district with its standing, kept in memory until something changes.

Pages and the lists behind their counts draw from the same atlas. Each process keeps
one for each language and renews it when the data version has risen or the day has
changed; asking for that is one query.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from actionplans.stages import Standing, standings
from districts.models import District, Jurisdiction, RegionalAuthority, State
from districts.outlines import Key, key_of
from portal.models import DataVersion
from portal.naming import alphabetical

COLUMNS = [
    "pk",
    "lgd_code",
    "name",
    "name_hi",
    "slug",
    "aliases",
    "column",
    "row",
    "state_id",
]


T = TypeVar("T")


class Place(NamedTuple):
    """A living district: its names, its tile, where its plan stands, who answers."""

    key: int
    lgd_code: int | None
    name: str
    name_hi: str
    slug: str
    aliases: str
    column: int | None
    row: int | None
    state: State
    standing: Standing
    jurisdiction: Jurisdiction | None
    href: str

    @property
    def outline(self) -> Key:
        """Under which its outline is kept, if there is one."""
        return key_of(self.lgd_code, self.state.lgd_code, self.name)

    @property
    def names(self) -> list[str]:
        """Every spelling, in both languages."""
        return [*filter(None, (self.name, self.name_hi, *self.aliases.split("|")))]


Version = tuple[int, int, dt.datetime, dt.date]


@dataclass(frozen=True, eq=False)
class Atlas:
    """The places by name. Two atlases are never equal, so that one can be a key."""

    places: list[Place]
    changed_at: dt.datetime
    _made: dict[Hashable, Any] = field(default_factory=dict)

    _lock: ClassVar = threading.Lock()
    _kept: ClassVar[dict[str, tuple[Version, Atlas]]] = {}

    @classmethod
    def current(cls) -> Atlas:
        """The atlas in the page's language, with links in that language."""
        data = DataVersion.current()
        if not data.pk:
            # Nothing says when this would be out of date.
            return cls(_places(), data.changed_at)
        version = (data.pk, data.number, data.changed_at, timezone.localdate())
        language = get_language()
        with cls._lock:
            kept = cls._kept.get(language)
            if kept is None or kept[0] != version:
                kept = cls._kept[language] = (version, cls(_places(), data.changed_at))
            return kept[1]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of these places, kept as long as they are current."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def at(self, district: District) -> Place:
        """The place of a district that lives today."""
        by_key = self.once("keys", lambda: {place.key: place for place in self.places})
        return by_key[district.pk]

    def district(self, state: str, slug: str) -> District | None:
        """One that lives today; what was formed or ended since is not among them."""
        return self.once("districts", _districts).get((state, slug))

    def where(self, fits: Callable[[Place], object]) -> list[Place]:
        return [place for place in self.places if fits(place)]

    def under(self, ra: RegionalAuthority) -> list[Place]:
        return self.where(lambda p: p.jurisdiction and p.jurisdiction.ra_id == ra.pk)

    def within(self, state: State) -> list[Place]:
        return self.where(lambda place: place.state.pk == state.pk)


def kept(make: Callable[[Atlas], T]) -> Callable[[Atlas], T]:
    """Makes something of an atlas once, and keeps it no longer than the atlas."""

    @wraps(make)
    def found(atlas: Atlas) -> T:
        return atlas.once(make, lambda: make(atlas))

    return found


def by_state(places: Iterable[Place]) -> list[tuple[State, list[Place]]]:
    """The places of each State that has any, by the State's name."""
    groups: dict[int, tuple[State, list[Place]]] = {}
    for place in places:
        groups.setdefault(place.state.pk, (place.state, []))[1].append(place)
    return sorted(groups.values(), key=lambda group: alphabetical(group[0]))


def _places() -> list[Place]:
    found = standings()
    states = State.objects.in_bulk()
    offices = _jurisdictions()
    start = reverse("districts")
    rows = District.objects.living().order_by("name", "pk").values_list(*COLUMNS)
    places = [
        Place(
            key,
            *(code, name, name_hi, slug, aliases, column, row),
            state=states[state],
            standing=found[key],
            jurisdiction=offices.get(key),
            href=f"{start}{states[state].slug}/{slug}/",
        )
        for key, code, name, name_hi, slug, aliases, column, row, state in rows
        if key in found
    ]
    # The English order is the database's.
    return sorted(places, key=alphabetical) if get_language() == "hi" else places


def _districts() -> dict[tuple[str, str], District]:
    rows = District.objects.living().with_place()
    return {(row.state.slug, row.slug): row for row in rows.order_by()}


def _jurisdictions() -> dict[int, Jurisdiction]:
    """Which office answers for each district today; those of none are missing."""
    rows = Jurisdiction.objects.on(timezone.localdate()).select_related("ra")
    return {row.district_id: row for row in rows.order_by()}
