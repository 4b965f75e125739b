"""The page of a product: who makes it, what is known, planned and in the way, whom to
ask."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans import product_record as record
from actionplans.atlas import Atlas, by_state
from actionplans.codes import neighbours
from actionplans.contacts import contacts
from actionplans.interventions import lines_of
from actionplans.makers import makers
from actionplans.product_parts import ProductPart, standing_now
from actionplans.views.dots import dot_map
from districts.listing import naming_districts
from districts.models import GIRegistration, Product
from portal.naming import local_name

ROWS_A_PAGE = 50
# So many of each list begin on the page of the product.
TARGETS_SHOWN, ACTIONS_SHOWN = 10, 8


@login_not_required
@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Product.objects.select_related("variety_of", "service_category")
    shown = get_object_or_404(rows.prefetch_related("hs_codes"), slug=slug)
    return render(request, "actionplans/product.html", product_page(shown))


@login_not_required
@require_safe
def product_part(request: HttpRequest, slug: str, part: ProductPart) -> HttpResponse:
    """The whole of a list of which the page has the beginning."""
    shown = get_object_or_404(Product, slug=slug)
    pages = Paginator(part.rows(shown), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    called = local_name(shown)
    context = {
        "crumbs": [*_way(), (shown.get_absolute_url(), called)],
        "here": str(part.title),
        "product": shown,
        "product_name": called,
        "part": part,
        "page": page,
        "rows": part.looked_at(list(page)),
    }
    return render(request, "actionplans/product_part.html", context)


def product_page(shown: Product) -> dict[str, Any]:
    atlas = Atlas.current()
    found = record.makers_of(shown, atlas)
    places = [maker.place for maker in found]
    plans = record.plans_about(shown, found)
    targets, actions = record.targets_on(shown, plans), record.actions_on(shown, plans)
    obstacles = record.obstacles_of(shown, plans)
    registered = GIRegistration.objects.filter(number=shown.gi_number or 0)
    return {
        "crumbs": _way(),
        "here": local_name(shown),
        "product": shown,
        "makers": found,
        "states": len({place.state.pk for place in places}),
        "known": [maker for maker in found if maker.is_known],
        "map": dot_map(atlas, places),
        "centres": by_state(places),
        "contacts": contacts(places, product=shown.slug),
        "targets": targets,
        "standings": standing_now(targets[:TARGETS_SHOWN]),
        "actions": actions,
        "lines": lines_of(actions[:ACTIONS_SHOWN]),
        "obstacles": obstacles,
        "bottlenecks": sum(len(one.bottlenecks) for one in obstacles),
        "gravest": sum(len(one.gravest) for one in obstacles),
        "headings": neighbours(shown, makers(atlas)),
        "registrations": registered.prefetch_related("states"),
        "varieties": shown.varieties.annotate(district_count=naming_districts()),
    }


def _way() -> list[tuple[str, str]]:
    return [
        (reverse("home"), gettext("Home")),
        (reverse("products"), gettext("Products")),
    ]
