"""Errata to a sealed plan: the list, a new one, and the decision on one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.desk.access import get_plan, lock_plan, may_move_on, posts_in_turn
from actionplans.desk.confirming import to_confirm
from actionplans.forms.event import ErratumForm
from actionplans.models import Erratum, Plan
from portal.http import DeskRequest
from portal.rules import role_for
from portal.terms import Action


def sealed_plan(request: DeskRequest, pk: int, action: Action) -> Plan:
    """Only what is sealed has errata: all else can be edited."""
    get = lock_plan if request.method == "POST" else get_plan
    plan = get(request, pk, action)
    if not hasattr(plan, "seal"):
        raise Http404
    return plan


@require_safe
@may_move_on
def errata(request: DeskRequest, pk: int) -> HttpResponse:
    plan = sealed_plan(request, pk, Action.SEE)
    context = {
        "plan": plan,
        "errata": plan.errata.select_related("recorded_by__ra"),
        "may_ask": request.user.may(Action.CORRECT, plan),
    }
    return render(request, "actionplans/desk/errata.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
@posts_in_turn
def erratum_new(request: DeskRequest, pk: int) -> HttpResponse:
    plan = sealed_plan(request, pk, Action.CORRECT)
    role = role_for(request.user, Action.CORRECT, plan)
    assert role
    post = request.user.appointment_for(role, plan.district)
    new = Erratum(plan=plan, district=plan.district, recorded_by=post)
    form = ErratumForm(request.POST or None, instance=new)
    if form.is_valid():
        form.save()
        messages.success(
            request, _("The erratum waits for another office to confirm it.")
        )
        return redirect("desk:errata", plan.pk)
    context = {"plan": plan, "form": form}
    return render(request, "actionplans/desk/erratum_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def erratum(request: DeskRequest, pk: int) -> HttpResponse:
    rows = Erratum.objects.select_related("plan__district__state")
    return to_confirm(request, rows, pk, "actionplans/desk/erratum.html")
