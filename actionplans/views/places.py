"""One State, and the list of districts behind every count."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas
from actionplans.filters import DistrictFilter
from actionplans.listing import facets
from actionplans.makers import makers
from actionplans.views.maps import map_of_state, shade_of
from actionplans.views.overview import overview, serving
from districts.models import Sector, State
from portal.facets import chosen
from portal.naming import local_name

DISTRICTS_A_PAGE = 100
# So many products stand on the page of a State.
MOST_NAMED = 12


@login_not_required
@require_safe
def state(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(State, slug=slug)
    atlas = Atlas.current()
    every, made = atlas.within(place), makers(atlas).within(place)
    sectors = Counter(Sector(one.product.sector) for one in made)
    offices = serving(every)
    context = {
        **_way((reverse("states"), gettext("States"))),
        "last_updated": atlas.changed_at,
        "here": local_name(place),
        "state": place,
        "overview": overview(every, state=place.slug),
        "map": map_of_state(atlas, place, shade_of(request)),
        "places": every,
        "offices": offices,
        "usual": next(iter(offices), None),
        "made": made[:MOST_NAMED],
        "made_total": len(made),
        "sectors": sectors.most_common(),
        "figures": place.export_figures.filter(district=None),
        "today": timezone.localdate(),
    }
    return render(request, "actionplans/state.html", context)


@login_not_required
@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    filterset = DistrictFilter(request.GET, atlas=Atlas.current())
    narrowing = facets(filterset, request.GET)
    pages = Paginator(filterset.places, DISTRICTS_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        **_way(),
        "here": gettext("Districts"),
        "filterset": filterset,
        "facets": narrowing,
        "chosen": chosen(narrowing),
        "product": filterset.chosen_product,
        "family": filterset.chosen_family,
        "sector": filterset.chosen_sector,
        "code": filterset.chosen_code,
        "page": shown,
        "places": shown.object_list,
        "usual": next(iter(serving(shown.object_list)), None),
    }
    return render(request, "actionplans/districts.html", context)


def _way(*between: tuple[str, str]) -> dict[str, Any]:
    return {"crumbs": [(reverse("home"), gettext("Home")), *between]}
