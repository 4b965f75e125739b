"""How far each district has come: the shares that Government stated in July 2025.

590 plans drafted and 249 adopted; of those adopted, 198 are published, and of these 142
filed the newest report that fell due.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import chain, islice, repeat

from actionplans.demo.ground import Ground, Place, chance
from portal.terms import Status


class Fate(StrEnum):
    REPORTING = auto()
    PUBLISHED = auto()
    ADOPTED = auto()
    # Adopted before this portal: here as a document, of which some are typed.
    OLD = auto()
    TRANSCRIBED = auto()
    RECORDED = auto()
    ASSESSED = auto()
    UNDER_ASSESSMENT = auto()
    # A draft that was submitted once and returned.
    RETURNED = auto()
    # A draft never submitted: not yet one that Government would count.
    DRAFT = auto()
    NONE = auto()


IN_FORCE = (Fate.REPORTING, Fate.PUBLISHED)
RECORDED_AS_DOCUMENT = (Fate.OLD, Fate.TRANSCRIBED)
SHARES = {
    Fate.REPORTING: 142,
    Fate.PUBLISHED: 56,
    Fate.ADOPTED: 27,
    Fate.OLD: 21,
    Fate.TRANSCRIBED: 3,
    Fate.RECORDED: 14,
    Fate.ASSESSED: 95,
    Fate.UNDER_ASSESSMENT: 120,
    Fate.RETURNED: 112,
}
DRAFTS = 64
# Districts where chair and members have accounts too. Moradabad's officials find
# nothing begun: there a visitor can start a plan.
NAMED = {
    ("uttar-pradesh", "moradabad"): Fate.NONE,
    ("bihar", "darbhanga"): Fate.REPORTING,
    ("tamil-nadu", "erode"): Fate.REPORTING,
    ("jammu-and-kashmir", "srinagar"): Fate.REPORTING,
    ("gujarat", "surat"): Fate.REPORTING,
    ("meghalaya", "west-jaintia-hills"): Fate.REPORTING,
    ("rajasthan", "nagaur"): Fate.PUBLISHED,
    ("odisha", "kandhamal"): Fate.ADOPTED,
    ("jammu-and-kashmir", "kathua"): Fate.RECORDED,
    ("tamil-nadu", "thoothukkudi"): Fate.ASSESSED,
    ("punjab", "ludhiana"): Fate.UNDER_ASSESSMENT,
    ("assam", "kamrup-metropolitan"): Fate.RETURNED,
}
# How far second versions have come.
SECOND = {
    Status.PUBLISHED: 24,
    Status.DRAFT: 8,
    Status.UNDER_ASSESSMENT: 4,
    Status.ADOPTED: 3,
    Status.ANNULLED: 2,
}
# Of twenty drafts that wait, so many have waited for more than two years.
LONG_WAITS_OF_TWENTY = 11
# Districts younger than this have not come far.
YOUNG = dt.timedelta(days=6 * 365)
GIVEN_UP_EVERY = 14
OLD_IN_FORCE = 4
# One consultation that is open, and one that is over.
CONSULTATIONS = (12, 60)
# By how many quarters the reports lag behind where the newest due one is not filed;
# None: none was ever filed.
LAGS = (1, None, 2, 1, 3, 1, None, 4, 1, 2, None, 5, 1, None)
FULL_LAGS = (0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 4, 0, 0, 1, 0, 0, 0, None)


@dataclass(slots=True, eq=False)
class Story:
    """One district's part: how far it came, and what happened on the way."""

    place: Place
    fate: Fate
    lag: int | None = None
    second: Status | None = None
    waits_long: bool = False
    # An earlier draft was discarded; this one was returned once before it went on.
    gave_up: bool = False
    went_back: bool = False
    # So many days ago a consultation on the draft was opened; 0: none was.
    consulted_ago: int = 0
    # The plan in force was adopted before this portal, and structured here.
    was_old: bool = False

    @property
    def is_named(self) -> bool:
        return self.place.address in NAMED

    @property
    def is_in_force(self) -> bool:
        return self.fate in IN_FORCE

    @property
    def is_old(self) -> bool:
        return self.was_old or self.fate in RECORDED_AS_DOCUMENT


def stories(ground: Ground) -> list[Story]:
    """The districts that came furthest first."""
    if ground.full:
        found = [Story(place, Fate.REPORTING) for place in ground.places]
        for story, lag in zip(found, _endless(FULL_LAGS), strict=False):
            story.lag = lag
            story.went_back = story.place.rng.random() < 1 / 5
        return found
    found = _allotted(ground)
    _let_reports_lag(found)
    _begin_second_versions(found)
    _let_drafts_wait(found)
    return found


def _allotted(ground: Ground) -> list[Story]:
    named = [p for p in ground.places if p.address in NAMED]
    found = [Story(place, NAMED[place.address]) for place in named]
    taken = Counter(story.fate for story in found)
    ready, young = _ranked(ground)
    rest = iter(ready)
    for fate, share in SHARES.items():
        wanted = max(0, share - taken[fate])
        found += [Story(place, fate) for place in islice(rest, wanted)]
    late = [*rest, *young]
    drafts = chain(repeat(Fate.DRAFT, DRAFTS), repeat(Fate.NONE))
    found += [Story(place, fate) for place, fate in zip(late, drafts, strict=False)]
    return found


def _ranked(ground: Ground) -> tuple[list[Place], list[Place]]:
    """Districts that may come far, by the zeal of their office and luck; the others."""
    zeal = {ra.pk: chance("zeal", ra.slug).uniform(0.35, 1) for ra in ground.ras}
    grown = ground.today - YOUNG
    ready: list[Place] = []
    young: list[Place] = []
    for place in ground.places:
        since = place.district.since
        old_enough = since is None or since <= grown
        if place.address not in NAMED:
            (ready if old_enough and place.products else young).append(place)
    luck = {p: p.rng.random() ** (1 / zeal[p.ra.pk]) for p in ready}
    ready.sort(key=lambda place: -luck[place])
    young.sort(key=lambda place: place.rng.random())
    return ready, young


def _let_reports_lag(found: list[Story]) -> None:
    late = [story for story in found if story.fate == Fate.PUBLISHED]
    for story, lag in zip(late, _endless(LAGS), strict=False):
        story.lag = lag
    for story in [story for story in late if not story.is_named][:OLD_IN_FORCE]:
        story.was_old = True
    for story in found:
        if story.fate == Fate.REPORTING:
            story.lag = 0


def _begin_second_versions(found: list[Story]) -> None:
    kinds = [kind for kind, count in SECOND.items() for _ in range(count)]
    first = [story for story in found if story.fate == Fate.REPORTING]
    chance("second versions").shuffle(kinds)
    for story, kind in zip(first, kinds, strict=False):
        story.second = kind


def _let_drafts_wait(found: list[Story]) -> None:
    waiting = (Fate.ASSESSED, Fate.UNDER_ASSESSMENT, Fate.RETURNED)
    rows = [story for story in found if story.fate in waiting]
    chance("waiting").shuffle(rows)
    for number, story in enumerate(rows):
        story.waits_long = number % 20 < LONG_WAITS_OF_TWENTY
        story.gave_up = number % GIVEN_UP_EVERY == 0
    drafts = [s for s in rows if s.fate == Fate.RETURNED and s.waits_long]
    unnamed = [story for story in drafts if not story.is_named]
    for story, ago in zip(unnamed, CONSULTATIONS, strict=False):
        story.consulted_ago = ago
    for story in found:
        adopted = story.is_in_force or story.fate == Fate.ADOPTED
        adopted = adopted and not story.is_old
        story.went_back = adopted and story.place.rng.random() < 1 / 5


def _endless(lags: tuple[int | None, ...]) -> chain[int | None]:
    return chain.from_iterable(repeat(lags))
