"""Regional Authorities and how current they keep their districts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas, Place
from actionplans.filters import NO_OFFICE
from actionplans.views.maps import map_of_office, shade_of
from actionplans.views.overview import Count, Overview, lifts, overview
from districts.models import RegionalAuthority
from portal.accounts.models import Appointment
from portal.periods import Quarter


@dataclass(frozen=True, slots=True)
class Office:
    """A Regional Authority with its districts, as the list of offices shows it."""

    ra: RegionalAuthority
    name: str
    overview: Overview
    is_provisional: bool


@login_not_required
@require_safe
def regional_authorities(request: HttpRequest) -> HttpResponse:
    atlas = Atlas.current()
    offices = offices_of(atlas)
    without = atlas.where(lambda place: place.jurisdiction is None)
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Regional Authorities"),
        "offices": offices,
        "without": Count(
            gettext("No Regional Authority recorded"),
            len(without),
            f"{reverse('districts')}?ra={NO_OFFICE}",
        ),
        "is_provisional": any(office.is_provisional for office in offices),
        "quarter": Quarter.last_due(timezone.localdate()),
    }
    return render(request, "actionplans/regional_authorities.html", context)


@login_not_required
@require_safe
def regional_authority(request: HttpRequest, slug: str) -> HttpResponse:
    ra = get_object_or_404(RegionalAuthority.objects.select_related("state"), slug=slug)
    atlas = Atlas.current()
    every = atlas.under(ra)
    context = {
        "crumbs": [
            (reverse("home"), gettext("Home")),
            (reverse("regional-authorities"), gettext("Regional Authorities")),
        ],
        "last_updated": atlas.changed_at,
        "here": str(ra),
        "ra": ra,
        "overview": overview(every, ra=ra.slug),
        "lifts": lifts(every),
        "is_vacant": _is_vacant(ra),
        "map": map_of_office(atlas, ra, shade_of(request)),
        "places": every,
        "is_provisional": is_provisional(every),
    }
    return render(request, "actionplans/regional_authority.html", context)


def offices_of(atlas: Atlas) -> list[Office]:
    own: dict[int, list[Place]] = {}
    for place in atlas.places:
        if place.jurisdiction:
            own.setdefault(place.jurisdiction.ra_id, []).append(place)
    rows = RegionalAuthority.objects.select_related("state")
    return [
        Office(
            ra,
            str(ra),
            overview(every, ra=ra.slug),
            is_provisional(every),
        )
        for ra in rows
        for every in [own.get(ra.pk, [])]
    ]


def _is_vacant(ra: RegionalAuthority) -> bool:
    posts = Appointment.objects.current().filter(ra=ra, user__is_active=True)
    return not posts.exists()


def is_provisional(every: list[Place]) -> bool:
    return any(p.jurisdiction and p.jurisdiction.is_provisional for p in every)
