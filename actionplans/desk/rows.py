"""The rows of a draft: add, edit, reorder and remove them in their section."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.desk.parts import Pane, Part, line_sent, suggested
from actionplans.desk.sections import raise_revision, section_page
from actionplans.models import Line, Plan, Target
from portal.http import DeskRequest
from portal.terms import Action


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_new(request: DeskRequest, pk: int, part: Part) -> HttpResponse:
    line = line_sent(request.POST.get("line", ""))
    if request.method == "POST":
        with transaction.atomic():
            plan = lock_plan(request, pk, Action.EDIT)
            if Line.objects.filter(pk=line.pk).exists():
                messages.info(request, _("This is saved already."))
                return redirect("desk:plan-section", pk, part.section)
            form = part.form(request.POST, instance=part.model(plan=plan))
            if form.is_valid():
                return _saved(request, part, part.added(form, line))
    plan = get_plan(request, pk, Action.EDIT, whole=True)
    if request.method != "POST":
        begun = suggested(plan, part) | {"plan_product": request.GET.get("product")}
        form = part.form(instance=part.model(plan=plan), initial=begun)
    pane = Pane(part, form, request.path, _group_of(form, plan), line)
    return section_page(request, plan, part.section, pane=pane)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_edit(request: DeskRequest, pk: int, part: Part, row: int) -> HttpResponse:
    if request.method == "POST":
        with transaction.atomic():
            plan = lock_plan(request, pk, Action.EDIT)
            form = part.form(request.POST, instance=part.get(plan, row))
            if form.is_valid():
                return _saved(request, part, form.save())
    plan = get_plan(request, pk, Action.EDIT, whole=True)
    stored = part.get(plan, row)
    if request.method != "POST":
        form = part.form(instance=stored)
    group = getattr(stored, "plan_product_id", None) or 0
    pane = Pane(part, form, request.path, group)
    return section_page(request, plan, part.section, pane=pane)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_remove(request: DeskRequest, pk: int, part: Part, row: int) -> HttpResponse:
    if request.method != "POST":
        plan = get_plan(request, pk, Action.EDIT)
        context = {"plan": plan, "part": part, "row": part.get(plan, row)}
        return render(request, "actionplans/desk/part_remove.html", context)
    with transaction.atomic():
        plan = lock_plan(request, pk, Action.EDIT)
        found = part.model.objects.filter(plan=plan, pk=row).first()
        if found is None:
            messages.info(request, _("This was removed already."))
        elif hangs := _removed(found):
            messages.error(request, hangs)
        else:
            raise_revision(plan, by=request.user, section=part.section)
            messages.success(request, _("Removed."))
    return redirect("desk:plan-section", pk, part.section)


def _group_of(form: BaseForm, plan: Plan) -> int:
    """The product under whose heading a new row is written."""
    if "plan_product" not in form.fields:
        return 0
    chosen = str(form["plan_product"].value())
    keys = (product.pk for product in plan.products.all())
    return next((key for key in keys if str(key) == chosen), 0)


def _saved(request: DeskRequest, part: Part, row: Any) -> HttpResponse:
    """Back to the section, or on to the next row under the same product."""
    plan: Plan = row.plan
    raise_revision(plan, by=request.user, section=part.section)
    messages.success(request, _("“%(row)s” is saved.") % {"row": row})
    if "another" in request.POST:
        product = getattr(row, "plan_product_id", None)
        query = {"product": product} if product else None
        return redirect(
            reverse("desk:part-new", args=[plan.pk, part.slug], query=query)
        )
    there = reverse("desk:plan-section", args=[plan.pk, part.section])
    return redirect(f"{there}#{part.anchor(row)}")


def _removed(row: Model) -> str:
    """Remove the row, or say what else in the plan hangs on it."""
    try:
        with transaction.atomic():
            if isinstance(row, Target):
                row.milestones.all().delete()
            row.delete()
    except ProtectedError as error:
        names = ", ".join(sorted(f"“{one}”" for one in error.protected_objects))
        return _(
            "It cannot be removed as long as these hang on it: %(rows)s. Change or"
            " remove them first."
        ) % {"rows": names}
    return ""
