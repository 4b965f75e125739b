"""The States and Union Territories to choose from, each with a small map."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas, Place, by_state, kept
from actionplans.views.overview import Overview, overview
from districts.models import State
from portal.naming import alphabetical
from portal.tiles import SmallMap, Tile, small_map


@dataclass(frozen=True, slots=True)
class StateRow:
    """A State, the counts of its districts, and their tiles."""

    state: State
    overview: Overview
    map: SmallMap | None


@login_not_required
@require_safe
def states(request: HttpRequest) -> HttpResponse:
    rows = state_rows(Atlas.current())
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("States and Union Territories"),
        "count": len(rows),
        "groups": [
            (gettext("States"), _of_kind(rows, State.Kind.STATE)),
            (gettext("Union Territories"), _of_kind(rows, State.Kind.UT)),
        ],
    }
    return render(request, "actionplans/states.html", context)


@kept
def state_rows(atlas: Atlas) -> list[StateRow]:
    """All that have a district, by their names in the language of the atlas."""
    rows = [
        StateRow(state, overview(own, state=state.slug), small_map(_tiles(own)))
        for state, own in by_state(atlas.places)
    ]
    return sorted(rows, key=lambda row: alphabetical(row.state))


def _of_kind(rows: list[StateRow], kind: State.Kind) -> list[StateRow]:
    return [row for row in rows if row.state.kind == kind]


def _tiles(places: list[Place]) -> list[Tile]:
    return [
        Tile(place.column, place.row, 0, f"t{place.standing.stage.value}")
        for place in places
        if place.column is not None and place.row is not None
    ]
