"""Where an old plan that came as a document shows on other pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from actionplans import history
from actionplans.models import Plan
from actionplans.old_plans import structured_among
from districts.models import District, State
from portal.terms import Action, Status

register = template.Library()


@register.inclusion_tag("actionplans/desk/_old_plan.html")
def old_plan(plan: Plan) -> dict[str, Any]:
    """What stands beside it at the desk; a query while its structure is checked."""
    said = None
    if plan.status == Status.TRANSCRIBED:
        said = history.latest(plan, Action.HAND_IN)
    return {"plan": plan, "document": plan.document, "handed_in": said}


@register.inclusion_tag("actionplans/_structured.html")
def structured_meter(state: State | None = None) -> dict[str, Any]:
    """How many adopted plans of the land, or of a State, are structured; one query."""
    places, href = District.objects.living().order_by(), reverse("plans") + "?"
    if state:
        places, href = places.filter(state=state), f"{href}state={state.slug}&"
    found = structured_among(Plan.objects.filter(district__in=places.values("pk")))
    return {"found": found, "href": href}
