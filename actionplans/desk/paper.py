"""The PDF of a plan that is adopted, for the desk also before it is published."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actionplans.desk.access import get_plan
from actionplans.models import Seal
from actionplans.views.paper import as_pdf
from portal.http import DeskRequest


@require_safe
def plan_pdf(request: DeskRequest, pk: int) -> HttpResponseBase:
    plan = get_plan(request, pk)
    seal = get_object_or_404(Seal.objects.select_related("plan__district"), plan=plan)
    response = as_pdf(request, seal)
    response["Cache-Control"] = "private, no-cache"
    return response
