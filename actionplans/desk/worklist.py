"""The first page of the desk: what waits for the official who opens it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.deadlines import Urgency
from actionplans.freshness import Freshness
from actionplans.glance import Glance
from actionplans.worklist import Wanted, apart, worklist
from districts.models import District
from portal.charts import share
from portal.http import DeskRequest
from portal.naming import local_name
from portal.periods import Quarter
from portal.tiles import Tile, TileMap, tile_map

GROUPS_PER_PAGE = 20
# More tiles than this would be too small to hit in the column beside the list.
TILES_SHOWN = 120
AROUND = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the reports expected for the newest closed quarter are filed."""

    quarter: Quarter
    filed: int
    owed: int

    @property
    def share(self) -> str:
        return share(self.filed, self.owed)

    @property
    def is_complete(self) -> bool:
        return self.filed == self.owed


@require_safe
def worklist_page(request: DeskRequest) -> HttpResponse:
    found = worklist(request.user)
    wanted = Wanted.asked(request.GET)
    groups = found.groups(wanted)
    shown, together = apart(groups) if wanted.is_whole else (groups, [])
    page = Paginator(shown, GROUPS_PER_PAGE).get_page(request.GET.get("page"))
    counts = found.counts(wanted)
    living = [glance for glance in found.glances if glance.is_living]
    context = {
        "found": found,
        "wanted": wanted,
        "items": [item for group in groups for item in group.items],
        "page": page,
        "together": [] if page.has_next() else together,
        "counts": counts,
        "everything": sum(counts.values()),
        "off": found.off(wanted),
        "overdue": found.are(Urgency.OVERDUE),
        "soon": found.are(Urgency.SOON),
        "districts": len(living),
        "idle": len(living) - found.busy,
        "fresh": sum(row.freshness == Freshness.FRESH for row in living),
        "progress": _progress(living),
        "entry": _entry(living),
        "map": _map(living),
    }
    return render(request, "actionplans/desk/worklist.html", context)


def _entry(living: list[Glance]) -> str:
    """Where the newest closed quarter is entered: of all districts, or of the one."""
    mine = [glance.district for glance in living if glance.may_prepare]
    quarter = Quarter.last_closed(timezone.localdate())
    if len(mine) == 1:
        (place,) = mine
        return reverse("desk:report", args=[place.state.slug, place.slug, quarter])
    return reverse("desk:quarter", args=[quarter]) if mine else ""


def _progress(living: list[Glance]) -> Progress:
    newest = Quarter.last_closed(timezone.localdate())
    expected = [row for row in living if newest in row.owes | row.filed]
    filed = sum(newest in row.filed for row in expected)
    return Progress(newest, filed, len(expected))


def _map(living: list[Glance]) -> TileMap | None:
    """The districts as tiles among their neighbours, if they are not too many."""
    if len(living) > TILES_SHOWN:
        return None
    start = reverse("desk:districts")
    tiles = [tile for row in living if (tile := _tile(row, start))]
    if not tiles:
        return None
    columns, rows = [t.column for t in tiles], [t.row for t in tiles]
    places = District.objects.living().filter(
        column__range=(min(columns) - AROUND, max(columns) + AROUND),
        row__range=(min(rows) - AROUND, max(rows) + AROUND),
    )
    around = places.order_by().values_list("column", "row", "state")
    ghosts = [
        Tile(column, row, state)
        for column, row, state in around
        if column is not None and row is not None
    ]
    return tile_map(tiles, around=ghosts)


def _tile(row: Glance, start: str) -> Tile | None:
    district, state = row.district, row.district.state
    if district.column is None or district.row is None:
        return None
    return Tile(
        column=district.column,
        row=district.row,
        group=state.pk,
        glyph=f"t{row.stage.value}",
        # Composed, because asking for each address would take longer than the page.
        href=f"{start}{state.slug}/{district.slug}/",
        title=f"{local_name(district)}, {local_name(state)}: {row.stage.label}",
    )
