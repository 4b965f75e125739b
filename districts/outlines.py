"""Which outline belongs to which district, and how those of a State are drawn.

The outlines are older than some districts: those have none, and what was redrawn shows
as it was. Areas that are no district of today (a former one, ground that two States
dispute, ground under the control of another country) stay drawn, as ground.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from portal.outlines import Outline, Sheet, sheet
from portal.topology import Area, Topology

FILE = Path("fixtures", "boundaries", "india-districts-small.topo.json")
COLLECTION = "districts_full"
ON_REGISTER = "register"

# The LGD code of a district or, as long as it has none, its State's with its name.
Key = int | tuple[int, str]


@dataclass(frozen=True, slots=True)
class StateOutlines:
    """The districts of a State as drawn, by their keys, and the path of the rest."""

    sheet: Sheet
    districts: dict[Key, Outline]
    ground: str


def key_of(lgd_code: int | None, state_code: int, name: str) -> Key:
    return lgd_code or (state_code, name)


@cache
def outlines_of(state_code: int) -> StateOutlines | None:
    """None of a State that the file does not have. Drawn once in each process."""
    areas = _by_state().get(state_code)
    if not areas:
        return None
    drawn = sheet([_topology().rings(area) for area in areas])
    both = list(zip(areas, drawn.outlines, strict=True))
    return StateOutlines(
        drawn,
        {_key(area): outline for area, outline in both if _is_district(area)},
        "".join(outline.path for area, outline in both if not _is_district(area)),
    )


@cache
def neighbours() -> dict[Key, list[Key]]:
    """Which districts share a border with each, across States too."""
    areas = _topology().areas
    return {
        _key(areas[place]): [
            _key(areas[other]) for other in others if _is_district(areas[other])
        ]
        for place, others in _topology().borders().items()
        if _is_district(areas[place])
    }


@cache
def _topology() -> Topology:
    text = (settings.BASE_DIR / FILE).read_text(encoding="utf-8")
    return Topology.of(json.loads(text), COLLECTION)


@cache
def _by_state() -> dict[int, list[Area]]:
    """Each area once: ground of no State with the one that it borders most."""
    topology = _topology()
    borders = topology.borders()
    found: dict[int, list[Area]] = {}
    for place, area in enumerate(topology.areas):
        beside = (topology.areas[other] for other in borders[place].elements())
        state = area.known["state_lgd_code"] or _most(beside)
        found.setdefault(state, []).append(area)
    return found


def _most(areas: Iterable[Area]) -> int:
    """The State of most of these; of two that are even, that with the lower code."""
    codes = sorted(code for area in areas if (code := area.known["state_lgd_code"]))
    return max(codes, key=codes.count)


def _is_district(area: Area) -> bool:
    return bool(area.known["status"] == ON_REGISTER)


def _key(area: Area) -> Key:
    known = area.known
    return key_of(known["lgd_code"], known["state_lgd_code"], known["name"])
