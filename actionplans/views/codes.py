"""The Harmonized System to browse: its sections and chapters, and each code."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas
from actionplans.codes import code_page, tree
from actionplans.makers import makers, places_of
from actionplans.views.dots import dot_map
from districts.codes import nearest, read_code
from districts.models import HSCode
from portal.errors import error_page
from portal.navigation import way_to

PRODUCTS_SHOWN = 30


@login_not_required
@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    context = {
        "crumbs": way_to("products"),
        "here": gettext("HS codes"),
        "sections": tree(makers(Atlas.current())),
    }
    return render(request, "actionplans/hs.html", context)


@login_not_required
@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Other ways to write it, and codes of more digits, lead to the one we have."""
    found = nearest(code)
    if found is None or found.code != read_code(code):
        return unknown(request, code, found)
    if found.code != code:
        return redirect(found, permanent=True)
    atlas = Atlas.current()
    page = code_page(found, makers(atlas))
    places = places_of(page.made)
    context = {
        "crumbs": [*_way(), *((c.get_absolute_url(), c.title) for c in page.above)],
        "here": found.title,
        "page": page,
        "made": page.made[:PRODUCTS_SHOWN],
        "more": len(page.made) - PRODUCTS_SHOWN,
        "map": dot_map(atlas, places),
    }
    return render(request, "actionplans/hs_code.html", context)


def unknown(request: HttpRequest, code: str, above: HSCode | None) -> HttpResponse:
    """A code that is not in the tree; the closest above it is offered."""
    template = "actionplans/hs_unknown.html"
    shown = {"crumbs": _way(), "here": code, "above": above}
    return error_page(request, template, HTTPStatus.NOT_FOUND, **shown)


def _way() -> list[tuple[str, str]]:
    return [*way_to("products"), (reverse("hs"), gettext("HS codes"))]
