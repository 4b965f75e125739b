"""Writing a plan: one section at a time, with its outline and what is still missing."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.desk.contents import content
from actionplans.desk.outline import Outline
from actionplans.forms.plan import SectionForm
from actionplans.models import Plan, PlanSection, SectionCode
from portal.http import DeskRequest
from portal.terms import Action


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def section(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    if number not in SectionCode.values:
        raise Http404
    code = SectionCode(number)
    form = None
    if request.method == "POST":
        with transaction.atomic():
            form = _saved(request, pk, code)
        if form.is_valid():
            messages.success(request, _("The section is saved."))
            return redirect("desk:plan-section", pk, number)
    plan = get_plan(request, pk, Action.EDIT, whole=True)
    shown = content(plan, code)
    context = {
        "plan": plan,
        "content": shown,
        "form": form or SectionForm(instance=shown.text),
        "outline": Outline.of(plan),
        "may_add_products": request.user.may(Action.PRODUCTS, plan.district),
    }
    return render(request, "actionplans/desk/section.html", context)


def raise_revision(plan: Plan) -> None:
    """Call whenever a part of the plan was changed."""
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)


def _saved(request: DeskRequest, pk: int, code: SectionCode) -> SectionForm:
    """The form as it was sent, saved if it holds."""
    plan = lock_plan(request, pk, Action.EDIT)
    # The row comes before its text, so that the second of two first authors is told.
    row, _created = PlanSection.objects.get_or_create(plan=plan, code=code)
    form = SectionForm(request.POST, instance=row)
    if form.is_valid():
        form.save()
        raise_revision(plan)
    return form
