"""What everybody reads of an old plan that is here as its document only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.documents import as_download
from actionplans.models import Document, Plan
from actionplans.old_plans import recorded
from districts.models import District
from portal.naming import local_name


def recorded_plan(request: HttpRequest, place: District, plan: Plan) -> HttpResponse:
    """The page of the plan; what is typed of it meanwhile is for the desk only."""
    state = local_name(place.state)
    crumbs: list[Any] = [
        (reverse("home"), gettext("Home")),
        (reverse("states"), gettext("States")),
        (place.state.get_absolute_url(), state),
        (place.get_absolute_url(), local_name(place)),
    ]
    context = {
        "district": place,
        "here": local_name(place),
        "state_name": state,
        "crumbs": crumbs,
        "plan": plan,
        "recorded": recorded(plan),
        "versions": list(place.plans.been_public().order_by("-number")),
    }
    return render(request, "actionplans/recorded_plan.html", context)


@login_not_required
@require_safe
def document(request: HttpRequest, sha256: str) -> FileResponse:
    """A document that an office has released, as a download."""
    rows = Document.objects.released().filter(sha256=sha256)
    rows = rows.select_related("district").order_by("pk")[:1]
    return as_download(get_object_or_404(rows))
