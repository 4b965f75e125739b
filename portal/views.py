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

from portal.terms import ROLE_HELP


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {
        **_way(gettext("About")),
        "roles": [(role.label, help_text) for role, help_text in ROLE_HELP.items()],
    }
    return render(request, "portal/about.html", context)


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    context = {**_way(gettext("Sources")), "sources": read_sources()}
    return render(request, "portal/sources.html", context)


def _way(here: str) -> dict[str, Any]:
    return {"crumbs": [(reverse("home"), gettext("Home"))], "here": here}


@cache
def read_sources() -> list[dict[str, str]]:
    """What the facts were taken from: the file that lies beside them."""
    path = settings.BASE_DIR / "fixtures" / "sources.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
