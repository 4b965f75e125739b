"""What the story stands on: the registers, and chance that falls the same way."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field

from django.db.models import Prefetch

from actionplans.models import FundSource, Indicator
from districts.models import (
    Agency,
    District,
    DistrictProduct,
    Jurisdiction,
    RegionalAuthority,
    State,
)

SEED = "districts as export hubs"


def chance(*of: object) -> random.Random:
    """The same numbers for the same thing, on every machine."""
    return random.Random("/".join(map(str, (SEED, *of))))


def days(rng: random.Random, low: int, high: int) -> dt.timedelta:
    return dt.timedelta(days=rng.randint(low, high))


def new_uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


@dataclass(slots=True, eq=False)
class Place:
    """A living district with its office, its products, and chance of its own.

    A district for which no office answers has no part in the story.
    """

    district: District
    ra: RegionalAuthority
    products: list[DistrictProduct]
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = chance(self.state.slug, self.district.slug)

    @property
    def state(self) -> State:
        return self.district.state

    @property
    def name(self) -> str:
        return self.district.name

    @property
    def address(self) -> tuple[str, str]:
        """State and district, as in the address of its page."""
        return self.state.slug, self.district.slug

    @property
    def town(self) -> str:
        return self.district.headquarters or self.name

    def from_birth(self, day: dt.date) -> dt.date:
        """The day, or the district's first one if that came later."""
        since = self.district.since
        return max(day, since) if since else day


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    today: dt.date
    full: bool
    places: list[Place]
    states: list[State]
    ras: list[RegionalAuthority]
    agencies: dict[str, Agency]
    indicators: dict[str, Indicator]
    funds: dict[str, FundSource]

    @classmethod
    def survey(cls, today: dt.date, *, full: bool) -> Ground:
        return cls(
            today=today,
            full=full,
            places=_places(today),
            states=sorted(State.objects.all(), key=lambda row: row.slug),
            ras=sorted(RegionalAuthority.objects.all(), key=lambda row: row.slug),
            agencies={row.name: row for row in Agency.objects.all()},
            indicators={row.slug: row for row in Indicator.objects.all()},
            funds={row.name: row for row in FundSource.objects.all()},
        )


def _places(today: dt.date) -> list[Place]:
    named = DistrictProduct.objects.filter(until=None).select_related("product")
    districts = District.objects.living(today).with_place()
    rows = districts.prefetch_related(Prefetch("products", named, to_attr="named"))
    offices = {
        row.district_id: row.ra
        for row in Jurisdiction.objects.on(today).select_related("ra")
    }
    places = [
        Place(row, offices[row.pk], _in_order(row)) for row in rows if row.pk in offices
    ]
    # Sorted here, because databases do not agree on the order of words.
    return sorted(places, key=lambda place: place.address)


def _in_order(district: District) -> list[DistrictProduct]:
    """Thrust products first, vague trade words last."""
    rows: list[DistrictProduct] = district.named  # type: ignore[attr-defined]
    return sorted(
        rows, key=lambda r: (not r.is_thrust, r.product.is_general, r.product.slug)
    )
