"""The address of a version that everybody could read before it was annulled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actionplans import history
from actionplans.models import Plan, Seal
from districts.models import District
from portal.terms import Action


def annulled_plan(
    request: HttpRequest, place: District, plan: Plan, page: dict[str, object]
) -> HttpResponse:
    """When and why; what it said is no longer shown, but its seal is."""
    context = {
        **page,
        "plan": plan,
        "annulment": history.latest(plan, Action.ANNUL),
        "seal": Seal.objects.filter(plan=plan).defer("body").first(),
    }
    return render(request, "actionplans/plan_annulled.html", context)
