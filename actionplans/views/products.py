"""The page of a product: who makes it, what is known, planned and in the way, whom to
ask."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actionplans import product_plans as plans
from actionplans import product_record as record
from actionplans.atlas import Atlas, by_state
from actionplans.codes import neighbours
from actionplans.contacts import contacts
from actionplans.makers import makers
from actionplans.product_parts import ProductPart
from actionplans.views.dots import dot_map
from districts.listing import naming_districts
from districts.models import GIRegistration, Product
from portal.naming import local_name
from portal.navigation import way_to

ROWS_A_PAGE = 50
# So many of each list begin on the page of the product.
MAKERS_SHOWN, FACTS_SHOWN, TARGETS_SHOWN, ACTIONS_SHOWN = 12, 8, 10, 8


@login_not_required
@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    context = product_page(product_shown(slug))
    return render(request, "actionplans/product.html", context)


@login_not_required
@require_safe
def product_part(request: HttpRequest, slug: str, part: ProductPart) -> HttpResponse:
    """The whole of a list of which the page has the beginning."""
    shown = get_object_or_404(Product, slug=slug)
    pages = Paginator(part.found(shown), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    called = local_name(shown)
    context = {
        "crumbs": [*way_to("products"), (shown.get_absolute_url(), called)],
        "here": str(part.title),
        "product": shown,
        "product_name": called,
        "part": part,
        "page": page,
        "rows": part.rows(list(page)),
    }
    return render(request, "actionplans/product_part.html", context)


def product_shown(slug: str) -> Product:
    rows = Product.objects.select_related("variety_of", "service_category")
    return get_object_or_404(rows.prefetch_related("hs_codes"), slug=slug)


def product_page(shown: Product) -> dict[str, Any]:
    atlas = Atlas.current()
    found = record.makers_of(shown, atlas)
    places = [maker.place for maker in found]
    known = record.known_at(found)
    return {
        "crumbs": way_to("products"),
        "here": local_name(shown),
        "product": shown,
        "places": places,
        "states": by_state(places),
        "whole": makers(atlas).of_family(shown),
        "map": dot_map(atlas, places),
        "makers": record.with_wordings(found[:MAKERS_SHOWN]),
        "known": len(known),
        "facts": record.with_facts(known[:FACTS_SHOWN]),
        "contacts": contacts(places, product=shown.slug),
        "headings": neighbours(shown, makers(atlas)),
        "registrations": registrations(shown),
        "varieties": shown.varieties.annotate(district_count=naming_districts()),
        **planned(shown, found),
    }


def planned(shown: Product, found: list[record.Maker]) -> dict[str, Any]:
    """What plans in force say of it: how much of each kind, and the first rows."""
    ranks = plans.plans_about(shown, found)
    targets = plans.targets_on(shown, ranks)
    actions = plans.actions_on(shown, ranks)
    obstacles = plans.gravest_of(plans.obstacles_of(shown, ranks))
    return {
        "target_count": len(targets),
        "targets": plans.target_rows(targets[:TARGETS_SHOWN]),
        "action_count": len(actions),
        "actions": plans.action_rows(actions[:ACTIONS_SHOWN]),
        "obstacles": obstacles,
        "bottleneck_count": sum(one.number for one in obstacles),
        "bottlenecks_shown": sum(len(one.rows) for one in obstacles),
    }


def registrations(shown: Product) -> QuerySet[GIRegistration]:
    rows = GIRegistration.objects.filter(number=shown.gi_number or 0)
    return rows.prefetch_related("states")
