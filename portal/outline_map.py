"""The map of outlines: areas in their tones, with glyphs where these have room.

Each area is a link out of the tab order, as tiles are; a table is the keyboard's way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Not Django's, which takes four times as long over hundreds of texts.
from html import escape
from statistics import quantiles

from django.utils.safestring import SafeString, mark_safe

from portal.outlines import Outline, Sheet

# How far a glyph of the sprite reaches, and how far it may reach when drawn.
REACH, LEAST, MOST = 11.4, 6.0, 11.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaded:
    """An area on the map: its tone (a class), its glyph, where it leads, its title."""

    outline: Outline
    tone: str
    glyph: str
    href: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineMap:
    """What `_ui/outlinemap.html` draws. `areas` and `marks` are markup, made once.

    `moved` says that parts which lie far apart were moved together.
    """

    view_box: str
    ground: str
    areas: SafeString
    marks: SafeString
    scale: str
    moved: bool
    ring: str = ""


def outline_map(
    drawn: Sheet, areas: Sequence[Shaded], ground: str, ring: Outline | None = None
) -> OutlineMap:
    """The map of these areas of a sheet; the `ground` is drawn without a link."""
    reach = _reach([area.outline.room for area in areas])
    return OutlineMap(
        view_box=drawn.view_box,
        ground=ground,
        areas=_linked(areas),
        marks=_marks(areas, reach),
        scale=f"{reach / REACH:.2f}",
        moved=drawn.moved,
        ring=ring.path if ring else "",
    )


def _reach(rooms: Sequence[float]) -> float:
    """So large that the glyph fits into three areas of four."""
    quarter = quantiles([*rooms, *rooms], n=4)[0] if rooms else MOST
    return min(MOST, max(LEAST, quarter))


def _linked(areas: Sequence[Shaded]) -> SafeString:
    links = (
        f'<a href="{escape(area.href)}" tabindex="-1"><title>{escape(area.title)}'
        f'</title><path class="{area.tone}" d="{area.outline.path}"/></a>'
        for area in areas
    )
    return mark_safe("".join(links))


def _marks(areas: Sequence[Shaded], reach: float) -> SafeString:
    """In the units of the glyphs, which the group as a whole makes smaller."""
    scale = REACH / reach
    drawn = (
        f'<use href="#{area.glyph}" x="{area.outline.x * scale:.0f}"'
        f' y="{area.outline.y * scale:.0f}"/>'
        for area in areas
        if area.outline.room >= reach
    )
    return mark_safe("".join(drawn))
