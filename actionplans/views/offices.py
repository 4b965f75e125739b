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
from actionplans.models import Report
from actionplans.views.overview import (
    Count,
    Overview,
    drawing,
    ghosts,
    overview,
)
from districts.models import RegionalAuthority
from portal import charts
from portal.periods import Quarter


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures given, of those asked for in the reports filed for one quarter."""

    given: int = 0
    asked: int = 0

    @property
    def share(self) -> str:
        return charts.share(self.given, self.asked)


@dataclass(frozen=True, slots=True)
class Office:
    """A Regional Authority with its districts, as the list of offices shows it."""

    ra: RegionalAuthority
    name: str
    overview: Overview
    figures: Figures
    is_provisional: bool


@login_not_required
@require_safe
def regional_authorities(request: HttpRequest) -> HttpResponse:
    atlas = Atlas.current()
    offices = _offices(atlas)
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
        "quarter": _newest_due(),
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
        "here": str(ra),
        "ra": ra,
        "overview": overview(every, ra=ra.slug),
        "figures": _added(_figures(), every),
        "map": drawing(every, ghosts(atlas)),
        "places": every,
        "is_provisional": _is_provisional(every),
        "quarter": _newest_due(),
    }
    return render(request, "actionplans/regional_authority.html", context)


def _offices(atlas: Atlas) -> list[Office]:
    own: dict[int, list[Place]] = {}
    for place in atlas.places:
        if place.jurisdiction:
            own.setdefault(place.jurisdiction.ra_id, []).append(place)
    figures = _figures()
    rows = RegionalAuthority.objects.select_related("state")
    return [
        Office(
            ra,
            str(ra),
            overview(every, ra=ra.slug),
            _added(figures, every),
            _is_provisional(every),
        )
        for ra in rows
        for every in [own.get(ra.pk, [])]
    ]


def _is_provisional(every: list[Place]) -> bool:
    return any(p.jurisdiction and p.jurisdiction.is_provisional for p in every)


def _newest_due() -> Quarter:
    return Quarter.last_due(timezone.localdate())


def _figures() -> dict[int, Figures]:
    """By district, from the report filed for the newest quarter that fell due."""
    rows = Report.objects.filter(filed_on__isnull=False, quarter=_newest_due().code)
    values = rows.order_by().values_list("district", "given", "asked")
    return {key: Figures(*counted) for key, *counted in values}


def _added(figures: dict[int, Figures], every: list[Place]) -> Figures:
    found = [figures[place.key] for place in every if place.key in figures]
    return Figures(sum(row.given for row in found), sum(row.asked for row in found))
