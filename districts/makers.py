"""Who makes what: the products of every district, with the words of the sources.

Districts that have ended may be among them: who counts asks which are living. Each
process keeps them in memory and renews them when the data version has risen; asking
for that is one query.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from districts.models import DistrictProduct, Naming, Product
from portal.models import DataVersion

THING_COLUMNS = [
    "pk",
    "slug",
    "name",
    "name_hi",
    "other_names",
    "kind",
    "sector",
    "gi_number",
    "variety_of",
]


class Thing(NamedTuple):
    """A product or service of the catalogue."""

    key: int
    slug: str
    name: str
    name_hi: str
    other_names: str
    kind: str
    sector: str
    gi_number: int | None
    variety_of: int | None


class Made(NamedTuple):
    """A product of a district. `wordings` has the schemes that use each wording."""

    district: int
    thing: Thing
    exported: str
    wordings: dict[str, list[str]]

    @property
    def schemes(self) -> list[str]:
        every = (scheme for schemes in self.wordings.values() for scheme in schemes)
        return sorted(set(every))


@dataclass(frozen=True, eq=False)
class Makers:
    """Every product by its address, and the districts that name each by its key."""

    things: dict[str, Thing]
    made: dict[int, list[Made]]
    varieties: dict[int, list[Thing]]

    _lock: ClassVar = threading.Lock()
    _kept: ClassVar[tuple[object, Makers] | None] = None

    @classmethod
    def current(cls) -> Makers:
        data = DataVersion.current()
        # The moment tells apart two transactions of which one was rolled back.
        version = (data.pk, data.number, data.changed_at)
        with cls._lock:
            if not data.pk or cls._kept is None or cls._kept[0] != version:
                cls._kept = (version, cls._gathered())
            return cls._kept[1]

    @classmethod
    def _gathered(cls) -> Makers:
        rows = Product.objects.order_by("name").values_list(*THING_COLUMNS)
        things = {row[0]: Thing(*row) for row in rows}
        varieties: dict[int, list[Thing]] = {}
        for thing in things.values():
            if thing.variety_of:
                varieties.setdefault(thing.variety_of, []).append(thing)
        return cls(
            {thing.slug: thing for thing in things.values()}, _made(things), varieties
        )

    def family(self, thing: Thing) -> list[Thing]:
        """The product, its varieties, and theirs."""
        found = [thing]
        for member in found:
            found += (v for v in self.varieties.get(member.key, ()) if v not in found)
        return found


def _made(things: dict[int, Thing]) -> dict[int, list[Made]]:
    wordings: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    namings = Naming.objects.filter(place__until=None)
    for place, wording, scheme in namings.values_list("place", "wording", "scheme"):
        schemes = wordings[place].setdefault(wording, [])
        if scheme not in schemes:
            schemes.append(scheme)
    places = DistrictProduct.objects.filter(until=None).order_by("pk")
    found: dict[int, list[Made]] = {}
    for place, district, product, exported in places.values_list(
        "pk", "district", "product", "exported"
    ):
        made = Made(district, things[product], exported, wordings.get(place, {}))
        found.setdefault(product, []).append(made)
    return found
