"""Pages that explain the site itself."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from portal.parking import KEPT
from portal.reviewed import REVIEWED
from portal.terms import ROLE_HELP

HOUR = 60 * 60


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {
        **_page("about", gettext("About")),
        "roles": [(role.label, help_text) for role, help_text in ROLE_HELP.items()],
    }
    return render(request, "portal/about.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = _page("accessibility", gettext("Accessibility"))
    return render(request, "portal/accessibility.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What it says of cookies and hours comes from the settings."""
    context = {
        **_page("privacy", gettext("Privacy")),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_hours": settings.SESSION_COOKIE_AGE // HOUR,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "csrf_days": settings.CSRF_COOKIE_AGE // (24 * HOUR),
        "parked_hours": int(KEPT.total_seconds()) // HOUR,
    }
    return render(request, "portal/privacy.html", context)


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    context = _page("copyright", gettext("Copyright and terms"))
    return render(request, "portal/copyright.html", context)


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    context = {**_page("sources", gettext("Sources")), "sources": read_sources()}
    return render(request, "portal/sources.html", context)


def _page(name: str, here: str) -> dict[str, Any]:
    return {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": here,
        "reviewed": REVIEWED[name],
    }


@cache
def read_sources() -> list[dict[str, str]]:
    """What the facts were taken from: the file that lies beside them."""
    path = settings.BASE_DIR / "fixtures" / "sources.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
