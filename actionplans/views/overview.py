"""What home, State and Regional Authority share: districts with their standing.

Counts, tiles and tables of a page come from the same places, so that they agree with
each other and with the list of districts, which draws from the same standings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas, Place, by_state
from actionplans.lifts import Liftable, Lifts
from actionplans.stages import Funnel, Stage, counts
from districts.models import Jurisdiction, RegionalAuthority, State
from portal import charts
from portal.numbers import grouped
from portal.periods import Quarter
from portal.tiles import Tile

DASH = "\u2013"
STEP_NAMES = {
    Stage.IDENTIFIED: _("Products identified"),
    Stage.DRAFTED: _("Draft prepared"),
    Stage.ADOPTED: _("Adopted by the DEPC"),
    Stage.PUBLISHED: _("Published"),
    Stage.REPORTING: _("Reporting progress"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of districts, and the list that has exactly those.

    `ref` and `tone` are its glyph, `share` is per cent of the districts counted.
    """

    label: str
    number: int
    href: str
    ref: str = ""
    tone: str = ""
    share: str = "0"

    @property
    def shown(self) -> str:
        """A dash for none: a stage that nobody recorded is not known to be nought."""
        return grouped(self.number) if self.number else DASH

    @property
    def link(self) -> str | SafeString:
        """For tables, which have hundreds: a template for each would take too long."""
        if not self.number:
            return self.shown
        return format_html('<a href="{}">{}</a>', self.href, self.shown)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures given, of those asked for in the reports filed for one quarter."""

    given: int = 0
    asked: int = 0

    @property
    def share(self) -> str:
        return charts.share(self.given, self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The counts of some districts, as the pages show them."""

    funnel: Funnel
    total: Count
    reached: list[Count]
    at: list[Count]
    fresh: list[Count]
    waiting: Count
    committees: Count
    # Of the newest quarter that fell due.
    quarter: Quarter
    figures: Figures
    filed_on: dt.date | None

    @property
    def steps(self) -> list[tuple[Count, charts.Step]]:
        """The funnel from all districts to those that report, with its shapes."""
        rows = [self.total, *self.reached]
        return list(zip(rows, charts.funnel([row.number for row in rows]), strict=True))

    @property
    def meter(self) -> list[charts.Part]:
        return charts.meter((row.tone, row.number) for row in self.fresh)

    @property
    def furthest_first(self) -> list[Count]:
        return self.at[::-1]

    @property
    def adopted(self) -> Count:
        return self.reached[2]

    @property
    def reporting(self) -> Count:
        return self.reached[-1]

    @property
    def up_to_date(self) -> Count:
        return self.fresh[0]


@dataclass(frozen=True, slots=True)
class Country:
    """What home and the list of States show of all districts."""

    overview: Overview
    states: list[tuple[State, Overview]]


def country(atlas: Atlas) -> Country:
    """Made once for each atlas, that is for each language and data version."""
    return atlas.once("country", lambda: _country(atlas.places))


def _country(places: Sequence[Place]) -> Country:
    return Country(
        overview(places),
        [(state, overview(own, state=state.slug)) for state, own in by_state(places)],
    )


def overview(every: Sequence[Place], **within: str) -> Overview:
    """The counts of these places; `within` narrows the list of districts to them."""
    standings = [place.standing for place in every]
    funnel = counts(standings)
    start = reverse("districts")

    def count(label: object, number: int, ref: str = "", **asked: str) -> Count:
        query = urlencode({**within, **asked})
        href = f"{start}?{query}" if query else start
        share = charts.share(number, funnel.total)
        tone = asked.get("freshness", "")
        return Count(str(label), number, href, ref, tone, share)

    return Overview(
        funnel=funnel,
        total=count(_("Districts"), funnel.total),
        reached=[
            count(STEP_NAMES[stage], number, f"t{stage.value}", stage=stage.slug)
            for stage, number in funnel.reached.items()
        ],
        at=[
            count(stage.label, number, f"t{stage.value}", at=stage.slug)
            for stage, number in funnel.at.items()
        ],
        fresh=[
            count(word.label, number, f"f-{word.value}", freshness=word.value)
            for word, number in funnel.fresh.items()
        ],
        waiting=count(_("Drafts waiting"), funnel.waiting, waiting="yes"),
        committees=count(_("Committees"), funnel.committees, committee="yes"),
        quarter=Quarter.last_due(timezone.localdate()),
        figures=_added(row.figures for row in standings),
        filed_on=max((row.filed_on for row in standings if row.filed_on), default=None),
    )


def _added(figures: Iterable[tuple[int, int]]) -> Figures:
    rows = list(figures)
    return Figures(sum(given for given, _ in rows), sum(asked for _, asked in rows))


def lifts(every: Iterable[Place]) -> Lifts:
    """Which reports would make more of these places fresh."""
    return Lifts.of(
        Liftable(place, said.freshness, said.lifted_by, said.first_owed)
        for place in every
        for said in [place.standing]
    )


def ghosts(atlas: Atlas) -> list[Tile]:
    """Every district without a link, for the surroundings of a smaller map."""
    return atlas.once("ghosts", lambda: _ghosts(atlas.places))


def _ghosts(places: Iterable[Place]) -> list[Tile]:
    return [
        Tile(place.column, place.row, 0)
        for place in places
        if place.column is not None and place.row is not None
    ]


@dataclass(frozen=True, slots=True)
class Serving:
    """An office, how many of some places are its own, and whether that is a guess."""

    ra: RegionalAuthority
    districts: int
    is_provisional: bool


def serving(every: Iterable[Place]) -> list[Serving]:
    """The Regional Authorities of these places, that with the most districts first."""
    own: dict[int, list[Jurisdiction]] = {}
    for place in every:
        if place.jurisdiction:
            own.setdefault(place.jurisdiction.ra_id, []).append(place.jurisdiction)
    offices = sorted(own.values(), key=lambda rows: (-len(rows), rows[0].ra.name))
    return [
        Serving(rows[0].ra, len(rows), any(row.is_provisional for row in rows))
        for rows in offices
    ]
