"""The public page of a district."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans import record
from actionplans.atlas import Atlas
from actionplans.models import Plan
from actionplans.portrait import filed_reports, next_quarter, portrait, registered
from actionplans.views.maps import map_around
from districts.facts import Facts
from districts.models import District
from portal.naming import local_name
from portal.terms import HOLDERS


def get_district(state: str, slug: str) -> District:
    """Living or former: an old address explains where the district went."""
    rows = District.objects.with_place()
    return get_object_or_404(rows, state__slug=state, slug=slug)


@login_not_required
@require_safe
def district(request: HttpRequest, state: str, district: str) -> HttpResponse:
    atlas = Atlas.current()
    place = atlas.district(state, district)
    if place is None:
        return former(request, get_district(state, district), atlas)
    here = atlas.at(place)
    shown = portrait(place, atlas)
    standing = here.standing
    context = {
        **page_of(place),
        "last_updated": atlas.changed_at,
        "standing": standing,
        "track": record.track(standing),
        "holder": HOLDERS[standing.status] if standing.status else None,
        "jurisdiction": here.jurisdiction,
        "ra": here.jurisdiction.ra if here.jurisdiction else None,
        "next_quarter": next_quarter(standing),
        "map": map_around(atlas, here),
        "today": timezone.localdate(),
        "shown": shown,
        "plan": shown.plan,
        "registered": registered(place, atlas),
        "changes": shown.changes(place),
        "compare": f"{reverse('compare')}?district={state}/{district}",
        "coming": shown.coming(place, standing),
    }
    return render(request, "actionplans/district.html", context)


def former(request: HttpRequest, place: District, atlas: Atlas) -> HttpResponse:
    """A district that is no more, or not yet: where it went, and what it left."""
    context = {
        **page_of(place),
        "family": atlas.once("facts", Facts.gather).family(place),
        "reports": filed_reports(place),
        "versions": versions(place),
    }
    return render(request, "actionplans/district_former.html", context)


def page_of(place: District) -> dict[str, Any]:
    state = local_name(place.state)
    return {
        "district": place,
        "state_name": state,
        "crumbs": [
            (reverse("home"), gettext("Home")),
            (reverse("states"), gettext("States")),
            (place.state.get_absolute_url(), state),
        ],
        "here": local_name(place),
    }


def versions(place: District) -> list[Plan]:
    return list(place.plans.been_public().order_by("-number"))
