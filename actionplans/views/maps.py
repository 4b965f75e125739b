"""Maps of districts, shaded by the stage of their plans or by freshness.

Outlines where all that is shown lies in one State of some districts, else one hexagon
for each district.
Each map is drawn once for an atlas, that is for each language and data version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas, Place
from actionplans.views.overview import ghosts
from districts.models import RegionalAuthority, State
from districts.outlines import outlines_of
from portal.naming import local_name
from portal.outline_map import OutlineMap, Shaded, outline_map
from portal.tiles import Tile, TileMap, tile_map

# A map is at least so wide, that the hexagons of a small State do not fill the page.
LEAST_WIDTH, MARGIN = 330, 26
# Of fewer, small or far apart, the outlines are shards without a shape to know.
LEAST_OUTLINED = 5


class Shade(TextChoices):
    STAGE = "stage", _("Stage")
    FRESHNESS = "freshness", _("Freshness")

    def glyph(self, place: Place) -> str:
        said = place.standing
        by_stage = self == Shade.STAGE
        return f"t{said.stage.value}" if by_stage else f"f-{said.freshness.value}"

    def tone(self, place: Place) -> str:
        said = place.standing
        by_stage = self == Shade.STAGE
        return f"s{said.stage.value}" if by_stage else f"g-{said.freshness.value}"

    def word(self, place: Place) -> str:
        said = place.standing
        return str((said.stage if self == Shade.STAGE else said.freshness).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMap:
    """A map of outlines or of tiles, and the places that the outlines do not have."""

    shade: Shade
    outlines: OutlineMap | None = None
    tiles: TileMap | None = None
    missing: list[Place] = field(default_factory=list)


def shade_of(request: HttpRequest) -> Shade:
    """As the address asks; by stage if it asks for nothing that we know."""
    asked = request.GET.get("shade", "")
    return Shade(asked) if asked in Shade.values else Shade.STAGE


def map_of_land(atlas: Atlas, shade: Shade) -> PlaceMap | None:
    return atlas.once(("land", shade), lambda: _tiled(atlas.places, shade))


def map_of_state(atlas: Atlas, state: State, shade: Shade) -> PlaceMap | None:
    return atlas.once(
        ("state", state.pk, shade), lambda: _map(atlas, atlas.within(state), shade)
    )


def map_of_office(atlas: Atlas, ra: RegionalAuthority, shade: Shade) -> PlaceMap | None:
    return atlas.once(("ra", ra.pk, shade), lambda: _map(atlas, atlas.under(ra), shade))


def map_around(atlas: Atlas, here: Place) -> PlaceMap | None:
    """The State by stage with the place ringed: on tiles if it has no outline."""
    drawn = map_of_state(atlas, here.state, Shade.STAGE)
    if drawn and drawn.outlines and here not in drawn.missing:
        found = outlines_of(here.state.lgd_code)
        assert found
        ring = found.districts[here.outline].path
        return replace(drawn, outlines=replace(drawn.outlines, ring=ring))
    every = atlas.within(here.state)
    return _tiled(every, Shade.STAGE, ghosts(atlas), here)


def _map(atlas: Atlas, every: Sequence[Place], shade: Shade) -> PlaceMap | None:
    in_one_state = len({place.state.pk for place in every}) == 1
    drawn = _outlined(every, shade) if in_one_state else None
    return drawn or _tiled(every, shade, ghosts(atlas))


def _outlined(every: Sequence[Place], shade: Shade) -> PlaceMap | None:
    """None if no outline is known of any of them, or of few in their State."""
    found = outlines_of(every[0].state.lgd_code)
    if not found or len(found.districts) < LEAST_OUTLINED:
        return None
    own = {place.outline: place for place in every}
    areas = [
        Shaded(
            outline=outline,
            tone=shade.tone(own[key]),
            glyph=shade.glyph(own[key]),
            href=own[key].href,
            title=_title(own[key], shade),
        )
        for key, outline in found.districts.items()
        if key in own
    ]
    if not areas:
        return None
    others = (found.districts[key].path for key in found.districts.keys() - own.keys())
    ground = found.ground + "".join(sorted(others))
    return PlaceMap(
        shade=shade,
        outlines=outline_map(found.sheet, areas, ground),
        missing=[own[key] for key in own if key not in found.districts],
    )


def _tiled(
    every: Sequence[Place],
    shade: Shade,
    around: Sequence[Tile] = (),
    ringed: Place | None = None,
) -> PlaceMap | None:
    """None if none of them has a tile.

    With neighbours `around`, it is wide enough for a few places to stay small, and
    has no codes of States to cover them. The `ringed` place stands out.
    """
    tiles = _tiles(every, shade)
    if not tiles:
        return None
    across = max(t.x for t in tiles) - min(t.x for t in tiles)
    drawn = tile_map(
        tiles,
        labels={} if around else {p.state.pk: p.state.iso_code[3:] for p in every},
        around=around,
        ring=next(iter(_tiles([ringed], shade)), None) if ringed else None,
        margin=max(MARGIN, (LEAST_WIDTH - across) // 2) if around else MARGIN - 10,
    )
    return PlaceMap(shade=shade, tiles=drawn)


def _tiles(every: Iterable[Place], shade: Shade) -> list[Tile]:
    return [
        Tile(
            place.column,
            place.row,
            place.state.pk,
            shade.glyph(place),
            shade.tone(place) if shade == Shade.FRESHNESS else "",
            place.href,
            _title(place, shade),
        )
        for place in every
        if place.column is not None and place.row is not None
    ]


def _title(place: Place, shade: Shade) -> str:
    return gettext("%(district)s, %(state)s: %(stage)s") % {
        "district": local_name(place),
        "state": local_name(place.state),
        "stage": shade.word(place),
    }
