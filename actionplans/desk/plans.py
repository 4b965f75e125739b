"""The plans in somebody's charge: the list, one plan, and how one is started."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans import gate, workflow
from actionplans.by_itself import publication
from actionplans.desk.access import (
    get_district,
    get_plan,
    lock_plan,
    may_move_on,
    plans_of,
)
from actionplans.desk.contents import contents
from actionplans.desk.events import lines as event_lines
from actionplans.desk.filters import PlanFilter
from actionplans.desk.sections import raise_revision
from actionplans.forms.plan import PlanForm, StartForm
from actionplans.forms.words import MEANING
from actionplans.models import PlanEvent, SectionCode
from districts.models import District
from portal.http import DeskRequest
from portal.terms import Action, Need

PLANS_PER_PAGE = 50


@require_safe
def plan_list(request: DeskRequest) -> HttpResponse:
    last = PlanEvent.objects.that_brought().values("effective_on")[:1]
    plans = plans_of(request.user).with_place().annotate(since=Subquery(last))
    filterset = PlanFilter(request.GET, queryset=plans, request=request)
    page = Paginator(filterset.qs, PLANS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"filterset": filterset, "page": page}
    return render(request, "actionplans/desk/plans.html", context)


@require_safe
@may_move_on
def plan_detail(request: DeskRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk, whole=True)
    steps = workflow.open_steps(plan, request.user)
    is_stopped = any(step.blockers and Need.GATE in step.needs for step in steps)
    context = {
        "plan": plan,
        "steps": [(step, MEANING[step.action]) for step in steps],
        "gaps": gate.gaps(plan) if is_stopped else [],
        "events": event_lines(plan, request.user),
        "publication": publication(plan),
        "contents": contents(plan),
        "seal": getattr(plan, "seal", None),
        "may_edit": request.user.may(Action.EDIT, plan),
        "may_start": request.user.may(Action.START, plan.district),
    }
    return render(request, "actionplans/desk/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def plan_edit(request: DeskRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk, Action.EDIT)
    form = PlanForm(instance=plan)
    if request.method == "POST":
        with transaction.atomic():
            locked = lock_plan(request, pk, Action.EDIT)
            form = PlanForm(request.POST, instance=locked)
            if form.is_valid():
                form.save()
                raise_revision(locked, by=request.user, section=SectionCode.PRODUCTS)
                messages.success(request, _("The plan is saved."))
                return redirect("desk:plan-section", pk, SectionCode.PRODUCTS)
    context = {"form": form, "plan": plan}
    return render(request, "actionplans/desk/plan_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def district_start(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district)
    if not request.user.may(Action.START, place):
        return _already_begun(request, place)
    form = StartForm(request.POST or None, district=place)
    if form.is_valid():
        try:
            plan = workflow.start(
                place, by=request.user, years=form.years, like=form.like
            )
        except workflow.StepBlocked as blocked:
            form.add_error(None, str(blocked))
        else:
            messages.success(request, _("The plan is started. Write its sections."))
            return redirect("desk:plan-section", plan.pk, SectionCode.DISTRICT)
    context = {"form": form, "district": place}
    return render(request, "actionplans/desk/start.html", context)


def _already_begun(request: DeskRequest, place: District) -> HttpResponse:
    """A second click comes to the plan that the first one started."""
    begun = place.plans.in_preparation().first()
    if request.method != "POST" or begun is None:
        raise PermissionDenied
    messages.info(request, _("A plan of this district is already being prepared."))
    return redirect("desk:plan", begun.pk)
