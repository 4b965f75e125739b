"""Sectors and services: what is made in each, where, and whom to ask."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas
from actionplans.contacts import contacts
from actionplans.makers import makers, places_of
from actionplans.sectors import sector_line, sector_lines, targets_by_product
from actionplans.services import classifications, services_made
from actionplans.views.dots import dot_map
from actionplans.views.overview import overview
from districts.models import Sector
from portal.navigation import way_to

PRODUCTS_SHOWN = 30


@login_not_required
@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    context = {
        "crumbs": way_to("products"),
        "here": gettext("Sectors"),
        "lines": sector_lines(makers(Atlas.current())),
    }
    return render(request, "actionplans/sectors.html", context)


@login_not_required
@require_safe
def sector(request: HttpRequest, sector: Sector) -> HttpResponse:
    atlas = Atlas.current()
    line = sector_line(sector, makers(atlas))
    targets = targets_by_product(sector)
    shown = line.made[:PRODUCTS_SHOWN]
    context = {
        "crumbs": [*way_to("products"), (reverse("sectors"), gettext("Sectors"))],
        "here": str(sector.label),
        "line": line,
        "products_of": [(one, targets.get(one.product.pk, 0)) for one in shown],
        "more": len(line.made) - len(shown),
        "targets": sum(targets.values()),
        "overview": overview(line.places, sector=sector.value),
        "contacts": contacts(line.places, sector=sector.value),
        "map": dot_map(atlas, line.places),
    }
    return render(request, "actionplans/sector.html", context)


@login_not_required
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    atlas = Atlas.current()
    made = services_made(makers(atlas))
    context = {
        "crumbs": way_to("products"),
        "here": gettext("Services"),
        "made": made,
        "classifications": classifications(made),
        "map": dot_map(atlas, places_of(made)),
    }
    return render(request, "actionplans/services.html", context)
