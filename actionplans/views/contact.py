"""Whom to write to: the office of a district, and the one behind the portal."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas, Place
from districts.search import Kind, search
from portal.reviewed import REVIEWED
from portal.search import BEGINNING

MOST = 8


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("district", "").replace("\0", "").strip()
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Contact"),
        "asked": asked,
        "places": places_called(asked) if asked else [],
        "web_manager": settings.WEB_MANAGER,
        "reviewed": REVIEWED["contact"],
    }
    return render(request, "actionplans/contact.html", context)


def places_called(name: str) -> list[Place]:
    """Living districts that bear the name, or the one that it may be a slip for."""
    found = search(name, MOST).hits
    keys = [
        hit.entry.key
        for hit in found
        if hit.entry.kind == Kind.DISTRICT and hit.score >= BEGINNING
    ]
    places = {f"{p.state.slug}/{p.slug}": p for p in Atlas.current().places}
    return [places[key] for key in keys if key in places]
