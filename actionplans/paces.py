"""How fast the plans in force go for each indicator, kept until public data changes."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from typing import ClassVar

from actionplans.models import Plan, Target
from actionplans.plausible import Pledge, pace
from portal.models import DataVersion

Version = tuple[int, int, dt.datetime]
# An indicator, and how it counted on the day it was chosen.
Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Peers:
    """The paces by indicator, each with its district."""

    paces: dict[Key, list[tuple[int, int]]]

    _lock: ClassVar = threading.Lock()
    _kept: ClassVar[list[tuple[Version, Peers]]] = []

    @classmethod
    def current(cls) -> Peers:
        """One query; a second one when a plan or anything else public has changed."""
        data = DataVersion.current()
        if not data.pk:
            # Nothing says when this would be out of date.
            return cls(_paces())
        version = (data.pk, data.number, data.changed_at)
        with cls._lock:
            if not cls._kept or cls._kept[0][0] != version:
                cls._kept[:] = [(version, cls(_paces()))]
            return cls._kept[0][1]

    def of(self, target: Target, district: int) -> list[int]:
        """Those of the other districts, where a yearly rate can be said."""
        found = self.paces.get((target.indicator_id, target.kind, target.direction), [])
        return [own for other, own in found if other != district]


def _paces() -> dict[Key, list[tuple[int, int]]]:
    rows = (
        Target.objects.filter(plan__in=Plan.objects.in_force())
        .order_by()
        .values_list("plan__district", "indicator", *Pledge.__slots__)
    )
    found: dict[Key, list[tuple[int, int]]] = {}
    for district, indicator, *values in rows:
        pledge = Pledge(*values)
        own = pace(pledge)
        if own is not None:
            key = (indicator, pledge.kind, pledge.direction)
            found.setdefault(key, []).append((district, own))
    return found
