"""How to use the portal: for who looks for something, and for who files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.freshness import Freshness
from actionplans.progress import Verdict
from actionplans.stages import Stage
from portal.reviewed import REVIEWED


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The words and shapes come from the code that gives them."""
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Help"),
        "stages": list(Stage),
        "freshness": list(Freshness),
        "verdicts": list(Verdict),
        "reviewed": REVIEWED["help"],
    }
    return render(request, "actionplans/help.html", context)
