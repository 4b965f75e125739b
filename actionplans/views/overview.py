"""What home, State and Regional Authority share: districts with their standing.

Counts, tiles and tables of a page come from the same places, so that they agree with
each other and with the list of districts, which draws from the same standings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas, Place, by_state
from actionplans.lifts import Liftable, Lifts
from actionplans.stages import Funnel, Stage, counts
from districts.models import State
from portal import charts
from portal.naming import local_name
from portal.numbers import grouped
from portal.periods import Quarter
from portal.tiles import Tile, TileMap, tile_map

DASH = "\u2013"
# A map is at least so wide, that the hexagons of a small State do not fill the page.
LEAST_WIDTH, MARGIN = 330, 26
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
    map: TileMap | None


@lru_cache(maxsize=4)
def country(atlas: Atlas) -> Country:
    """Made once for each atlas, that is for each language and data version."""
    return Country(
        overview(atlas.places),
        [
            (state, overview(own, state=state.slug))
            for state, own in by_state(atlas.places)
        ],
        drawing(atlas.places),
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


@lru_cache(maxsize=4)
def ghosts(atlas: Atlas) -> list[Tile]:
    """Every district without a link, for the surroundings of a smaller map."""
    return [
        Tile(place.column, place.row, 0)
        for place in atlas.places
        if place.column is not None and place.row is not None
    ]


def drawing(
    every: Sequence[Place], around: Sequence[Tile] = (), ringed: Place | None = None
) -> TileMap | None:
    """The map of these places by stage, or None if none of them has a tile.

    With neighbours `around`, it is wide enough for a few places to stay small, and
    has no codes of States to cover them. The `ringed` place stands out.
    """
    tiles = _tiles(every)
    if not tiles:
        return None
    across = max(t.x for t in tiles) - min(t.x for t in tiles)
    return tile_map(
        tiles,
        labels={} if around else {p.state.pk: p.state.iso_code[3:] for p in every},
        around=around,
        ring=next(iter(_tiles([ringed])), None) if ringed else None,
        margin=max(MARGIN, (LEAST_WIDTH - across) // 2) if around else MARGIN - 10,
    )


def _tiles(every: Iterable[Place]) -> list[Tile]:
    words = {stage: str(stage.label) for stage in Stage}
    names: dict[int, str] = {}
    return [
        Tile(
            place.column,
            place.row,
            state.pk,
            f"t{place.standing.stage.value}",
            place.href,
            gettext("%(district)s, %(state)s: %(stage)s")
            % {
                "district": local_name(place),
                "state": names.setdefault(state.pk, local_name(state)),
                "stage": words[place.standing.stage],
            },
        )
        for place in every
        if place.column is not None and place.row is not None
        for state in [place.state]
    ]
