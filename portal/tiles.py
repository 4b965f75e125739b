"""The tile map: one hexagon per district, all of one size, drawn on the server.

Pure geometry in the units of the drawing: a tile is 22 wide and rows are 19 apart, odd
rows shifted right by half a tile; it is drawn at nine tenths so that a gap remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# Not Django's, which takes four times as long over two thousand texts.
from html import escape

from django.utils.safestring import SafeString, mark_safe

WIDTH, PITCH = 22, 19
LABELLED_FROM = 6
# Of a small map, so much of the drawing's units; its tiles have all one size too.
SMALL = 0.36
# Neighbours show when their middle lies so far outside at most; the frame cuts them.
OVERLAP = 4
# For even and odd rows: the tile to the right, below right and below left, and the edge
# shared with it as its start and its way along.
ACROSS = [
    (
        ((1, 0), (11, -6, 0, 12)),
        ((odd, 1), (11, 6, -11, 7)),
        ((odd - 1, 1), (0, 13, -11, -7)),
    )
    for odd in (0, 1)
]


@dataclass(frozen=True, slots=True)
class Tile:
    """A district on the map: its place, its State, where it leads, what it says.

    `tone` is the class of a glyph that takes its colour from one.
    """

    column: int
    row: int
    group: int
    glyph: str = ""
    tone: str = ""
    href: str = ""
    title: str = ""

    @property
    def x(self) -> int:
        return WIDTH * self.column + (WIDTH // 2 if self.row % 2 else 0)

    @property
    def y(self) -> int:
        return PITCH * self.row


@dataclass(frozen=True, slots=True)
class Label:
    """The code of a State, over the middle of its tiles."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """What `_ui/tilemap.html` draws. `tiles` and `ghosts` are markup, made once."""

    view_box: str
    tiles: SafeString
    ghosts: SafeString
    seams: str
    labels: list[Label] = field(default_factory=list)
    ring: Tile | None = None


def tile_map(
    tiles: Sequence[Tile],
    *,
    labels: dict[int, str] | None = None,
    around: Iterable[Tile] = (),
    ring: Tile | None = None,
    margin: int = 16,
) -> TileMap:
    """The map of these tiles; `around` are neighbours to be drawn without a link."""
    across, down = [t.x for t in tiles], [t.y for t in tiles]
    left, top = min(across, default=0) - margin, min(down, default=0) - margin
    right, bottom = max(across, default=0) + margin, max(down, default=0) + margin
    mine = {(t.column, t.row) for t in tiles}
    ghosts = [
        t
        for t in around
        if (t.column, t.row) not in mine
        and left - OVERLAP < t.x < right + OVERLAP
        and top - OVERLAP < t.y < bottom + OVERLAP
    ]
    return TileMap(
        view_box=f"{left} {top} {right - left} {bottom - top}",
        tiles=_linked(tiles),
        ghosts=_bare(ghosts),
        seams=seams(tiles),
        labels=_labels(tiles, labels or {}),
        ring=ring,
    )


@dataclass(frozen=True, slots=True)
class SmallMap:
    """A few tiles without links, beside words that say the same."""

    view_box: str
    width: str
    height: str
    tiles: SafeString


def small_map(tiles: Sequence[Tile]) -> SmallMap | None:
    """A map at the size of its tiles, however few; None of no tiles."""
    if not tiles:
        return None
    left, top = min(t.x for t in tiles) - 13, min(t.y for t in tiles) - 14
    width = max(t.x for t in tiles) + 13 - left
    height = max(t.y for t in tiles) + 14 - top
    drawn = (f'<use href="#{t.glyph}" x="{t.x}" y="{t.y}"/>' for t in tiles)
    return SmallMap(
        view_box=f"{left} {top} {width} {height}",
        width=f"{width * SMALL:.0f}",
        height=f"{height * SMALL:.0f}",
        tiles=mark_safe("".join(drawn)),
    )


def seams(tiles: Iterable[Tile]) -> str:
    """A path along the edges that part tiles of different groups."""
    at = {(t.column, t.row): t for t in tiles}
    edges = []
    for (column, row), tile in at.items():
        for (right, down), (x, y, along, height) in ACROSS[row % 2]:
            other = at.get((column + right, row + down))
            if other and other.group != tile.group:
                edges.append(f"M{tile.x + x} {tile.y + y}l{along} {height}")
    return "".join(edges)


def dots(tiles: Iterable[Tile]) -> str:
    """Strokes of no length at every tile: with round caps they are dots."""
    return "".join(f"M{t.x} {t.y}h0" for t in tiles)


def _linked(tiles: Iterable[Tile]) -> SafeString:
    """Links out of the tab order: 791 stops would trap a keyboard; tables are its way.

    One string, because a template loop over all districts takes ten times as long.
    """
    groups: dict[int, list[str]] = {}
    for tile in tiles:
        groups.setdefault(tile.group, []).append(
            f'<a href="{escape(tile.href)}" tabindex="-1">'
            f"<title>{escape(tile.title)}</title>"
            f'<use href="#{tile.glyph}" x="{tile.x}" y="{tile.y}"{_toned(tile)}/></a>'
        )
    drawn = (f"<g>{''.join(links)}</g>" for links in groups.values())
    return mark_safe("".join(drawn))


def _toned(tile: Tile) -> str:
    return f' class="{tile.tone}"' if tile.tone else ""


def _bare(tiles: Iterable[Tile]) -> SafeString:
    drawn = (f'<use href="#nb" x="{tile.x}" y="{tile.y}"/>' for tile in tiles)
    return mark_safe("".join(drawn))


def _labels(tiles: Iterable[Tile], texts: dict[int, str]) -> list[Label]:
    groups: dict[int, list[Tile]] = {}
    for tile in tiles:
        groups.setdefault(tile.group, []).append(tile)
    return [
        Label(
            texts[group],
            round(sum(t.x for t in members) / len(members)),
            round(sum(t.y for t in members) / len(members) + 5),
        )
        for group, members in groups.items()
        if group in texts and len(members) >= LABELLED_FROM
    ]
