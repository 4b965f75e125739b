"""Writing a plan: one section at a time, with its outline and what is still missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.copies import mark_copied
from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.desk.contents import PARTS_IN, content
from actionplans.desk.outline import Outline
from actionplans.desk.parts import PARTS, Pane
from actionplans.desk.saving import LastSaved
from actionplans.forms.plan import SectionForm
from actionplans.models import Plan, PlanSection, SectionCode
from portal.accounts.models import User
from portal.http import DeskRequest
from portal.numbers import whole_of
from portal.rules import role_for
from portal.terms import Action

# The buttons that move a row among those about the same product.
WAYS = {"up": -1, "down": 1}


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def section(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """A script that saves while somebody types gets the state of the plan only."""
    code = _code(number)
    form = None
    if WAYS.keys() & request.POST.keys():
        return _moved(request, pk, code)
    if request.method == "POST":
        with transaction.atomic():
            form = _saved(request, pk, code)
        if request.htmx and not request.htmx.boosted:
            return _sent(request, pk, code, form)
        if form.is_valid():
            messages.success(request, _("The section is saved."))
            return redirect("desk:plan-section", pk, number)
    plan = get_plan(request, pk, Action.EDIT, whole=True)
    return section_page(request, plan, code, form=form)


@require_safe
@may_move_on
def section_state(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """Whether somebody else changed the plan since the page was drawn, and what."""
    code, drawn = _code(number), request.GET.get("revision", "")
    plan = get_plan(request, pk, Action.EDIT)
    context = _around(plan, code) | {"saved": LastSaved.of(plan, request.user, drawn)}
    if context["saved"].has_moved:
        whole = get_plan(request, pk, Action.EDIT, whole=True)
        context["outline"] = Outline.of(whole)
    return render(request, "actionplans/desk/section_state.html", context)


def section_page(
    request: DeskRequest,
    plan: Plan,
    code: SectionCode,
    *,
    form: SectionForm | None = None,
    pane: Pane | None = None,
) -> HttpResponse:
    """The editor of one section of the `whole` plan, with the form of a row or none."""
    shown = content(plan, code)
    mark_copied(row for group in shown.groups for row in group.rows)
    context = _around(plan, code) | {
        "outline": Outline.of(plan),
        "saved": LastSaved.of(plan, request.user, ""),
        "content": shown,
        "form": form or SectionForm(instance=shown.text),
        "pane": pane,
        "may_add_products": request.user.may(Action.PRODUCTS, plan.district),
    }
    return render(request, "actionplans/desk/section.html", context)


def raise_revision(plan: Plan, *, by: User, section: SectionCode) -> None:
    """Call whenever a part of the plan was changed, while the plan is locked."""
    role = role_for(by, Action.EDIT, plan)
    Plan.objects.filter(pk=plan.pk).update(
        revision=F("revision") + 1,
        saved_at=timezone.now(),
        saved_by=role and by.appointment_for(role, plan.district),
        saved_section=section,
    )


def _code(number: int) -> SectionCode:
    if number not in SectionCode.values:
        raise Http404
    return SectionCode(number)


def _moved(request: DeskRequest, pk: int, code: SectionCode) -> HttpResponse:
    way = next(way for way in WAYS if way in request.POST)
    key = whole_of(request.POST[way])
    part = PARTS.get(PARTS_IN.get(code, ""))
    if part is None or key is None:
        raise Http404
    with transaction.atomic():
        plan = lock_plan(request, pk, Action.EDIT)
        row = part.get(plan, key)
        if part.move(row, WAYS[way]):
            raise_revision(plan, by=request.user, section=code)
    there = reverse("desk:plan-section", args=[pk, code])
    return redirect(f"{there}#{way}-{row.pk}")


def _sent(
    request: DeskRequest, pk: int, code: SectionCode, form: SectionForm
) -> HttpResponse:
    """What a script needs to know after it sent a text, saved or not."""
    plan = get_plan(request, pk, Action.EDIT, whole=True)
    drawn = request.GET.get("revision", "")
    just = form.is_valid()
    context = _around(plan, code) | {
        "outline": Outline.of(plan),
        "saved": LastSaved.of(plan, request.user, drawn, just_saved=just),
        "form": form,
    }
    return render(request, "actionplans/desk/section_state.html", context)


def _around(plan: Plan, code: SectionCode) -> dict[str, Any]:
    """What stands around the text and its rows, nothing of it worked out yet."""
    here = reverse("desk:plan-section", args=[plan.pk, code])
    return {"plan": plan, "code": code, "here": here, "outline": None, "form": None}


def _saved(request: DeskRequest, pk: int, code: SectionCode) -> SectionForm:
    """The form as it was sent, saved if it holds."""
    plan = lock_plan(request, pk, Action.EDIT)
    # The row comes before its text, so that the second of two first authors is told.
    row, _created = PlanSection.objects.get_or_create(plan=plan, code=code)
    form = SectionForm(request.POST, instance=row)
    if form.is_valid():
        form.save()
        raise_revision(plan, by=request.user, section=code)
    return form
