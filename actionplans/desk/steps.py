"""Taking a step with a plan: what it asks, a summary to confirm, and the step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actionplans import workflow
from actionplans.blockers import Details, blockers, unsaid
from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.forms.step import StepForm
from actionplans.forms.words import DONE, MEANING
from actionplans.models import Plan
from portal.accounts.second_factor import ask_again, was_asked_lately
from portal.http import DeskRequest
from portal.rules import RULES
from portal.terms import Action, Need

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def plan_step(request: DeskRequest, pk: int, action: Action) -> HttpResponse:
    plan = get_plan(request, pk, action)
    needs = RULES[action].needs
    if Need.SECOND_FACTOR in needs and not was_asked_lately(request):
        return _asked_first(request, plan, action)
    if request.method != "POST":
        form = StepForm(_typed_before(request, plan, action), plan=plan, action=action)
        return _page(request, form)
    form = StepForm(request.POST, plan=plan, action=action)
    if "change" in request.POST:
        return _page(request, form)
    with transaction.atomic():
        return _answer(request, pk, action)


def _answer(request: DeskRequest, pk: int, action: Action) -> HttpResponse:
    """Under the lock: the form again, the summary, or the step taken."""
    plan = lock_plan(request, pk, action)
    form = StepForm(request.POST, plan=plan, action=action)
    if form.is_stale:
        form.refresh()
        return _page(request, form, status=CONFLICT, is_stale=True)
    if not form.is_valid():
        return _page(request, form)
    said = form.details()
    if "confirm" in request.POST:
        return _taken(request, form, said)
    if reasons := blockers(plan, action) + unsaid(plan, action, said):
        form.add_error(None, reasons)
        return _page(request, form)
    context = {"plan": plan, "form": form, "meaning": MEANING[action]}
    return render(request, "actionplans/desk/step_confirm.html", context)


def _taken(request: DeskRequest, form: StepForm, said: Details) -> HttpResponse:
    try:
        workflow.take(form.plan, form.action, by=request.user, details=said)
    except workflow.StepBlocked as blocked:
        form.add_error(None, str(blocked))
        return _page(request, form)
    messages.success(request, DONE[form.action])
    return redirect("desk:plan", form.plan.pk)


def _page(
    request: DeskRequest, form: StepForm, status: int = 200, is_stale: bool = False
) -> HttpResponse:
    context = {
        "plan": form.plan,
        "form": form,
        "meaning": MEANING[form.action],
        "blockers": blockers(form.plan, form.action),
        "latest": form.latest,
        "is_stale": is_stale,
    }
    return render(request, "actionplans/desk/step.html", context, status=status)


def _asked_first(request: DeskRequest, plan: Plan, action: Action) -> HttpResponse:
    """To the second factor; what was typed waits in the session until they are back."""
    if request.method == "POST":
        request.session[_place(plan, action)] = request.POST.urlencode()
    return ask_again(request)


def _typed_before(request: DeskRequest, plan: Plan, action: Action) -> QueryDict | None:
    kept: Any = request.session.pop(_place(plan, action), None)
    return QueryDict(kept) if kept else None


def _place(plan: Plan, action: Action) -> str:
    return f"step-{plan.pk}-{action}"
