"""The offices to ask about some districts: Regional Authorities, Industries Centres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from actionplans.atlas import Place
from actionplans.filters import NO_OFFICE
from districts.models import RegionalAuthority


@dataclass(frozen=True, slots=True)
class Contact:
    """A Regional Authority and those of the districts that it answers for.

    Without one, the districts of which no office is on record. `href` lists them.
    """

    ra: RegionalAuthority | None
    places: list[Place]
    href: str

    @property
    def is_provisional(self) -> bool:
        return any(
            p.jurisdiction and p.jurisdiction.is_provisional for p in self.places
        )


def contacts(places: Iterable[Place], **within: str) -> list[Contact]:
    """Those that answer for most of the places first, districts without one last.

    `within` narrows the list of districts to these places.
    """
    offices: dict[int, RegionalAuthority | None] = {}
    own: dict[int, list[Place]] = {}
    for place in places:
        ra = place.jurisdiction.ra if place.jurisdiction else None
        key = ra.pk if ra else 0
        offices[key] = ra
        own.setdefault(key, []).append(place)
    found = [_contact(ra, own[key], within) for key, ra in offices.items()]
    return sorted(found, key=lambda c: (c.ra is None, -len(c.places), str(c.ra)))


def _contact(
    ra: RegionalAuthority | None, places: list[Place], within: dict[str, str]
) -> Contact:
    query = urlencode({**within, "ra": ra.slug if ra else NO_OFFICE})
    return Contact(ra, places, f"{reverse('districts')}?{query}")
