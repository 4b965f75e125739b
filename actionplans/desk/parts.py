"""Products, bottlenecks, interventions and targets of a draft: add, edit, remove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from actionplans.copies import KINDS
from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.desk.sections import raise_revision
from actionplans.forms.parts import BottleneckForm, InterventionForm, PlanProductForm
from actionplans.forms.target import TargetForm
from actionplans.models import (
    Bottleneck,
    Intervention,
    Line,
    Plan,
    PlanProduct,
    SectionCode,
    Target,
)
from portal.http import DeskRequest
from portal.terms import Action


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row in a plan: where it stands and how it is written."""

    slug: str
    model: Any
    form: type[ModelForm]
    section: SectionCode
    add: Promise
    edit: Promise
    remove: Promise

    def get(self, plan: Plan, pk: int) -> Any:
        return get_object_or_404(self.model, plan=plan, pk=pk)

    def address_of(self, row: Any) -> str:
        """The anchor of the row in its section."""
        return f"{self.slug[:-1]}-{row.pk}"


PARTS = {
    part.slug: part
    for part in [
        Part(
            "products",
            PlanProduct,
            PlanProductForm,
            SectionCode.PRODUCTS,
            _("Add a product"),
            _("Change the order of a product"),
            _("Remove a product"),
        ),
        Part(
            "bottlenecks",
            Bottleneck,
            BottleneckForm,
            SectionCode.BOTTLENECKS,
            _("Add a bottleneck"),
            _("Edit a bottleneck"),
            _("Remove a bottleneck"),
        ),
        Part(
            "interventions",
            Intervention,
            InterventionForm,
            SectionCode.INTERVENTIONS,
            _("Add an intervention"),
            _("Edit an intervention"),
            _("Remove an intervention"),
        ),
        Part(
            "targets",
            Target,
            TargetForm,
            SectionCode.TARGETS,
            _("Add a target"),
            _("Edit a target"),
            _("Remove a target"),
        ),
    ]
}


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_new(request: DeskRequest, pk: int, part: Part) -> HttpResponse:
    plan = get_plan(request, pk, Action.EDIT)
    form = part.form(instance=part.model(plan=plan), initial=_chosen(request))
    line = _line(request)
    if request.method == "POST":
        with transaction.atomic():
            plan = lock_plan(request, pk, Action.EDIT)
            if Line.objects.filter(pk=line.pk).exists():
                messages.info(request, gettext("This is saved already."))
                return redirect("desk:plan-section", pk, part.section)
            form = part.form(request.POST, instance=part.model(plan=plan))
            if form.is_valid():
                line.district, line.kind = plan.district, KINDS[part.model]
                line.save(force_insert=True)
                form.instance.line = line
                return _saved(request, plan, part, form)
    return _page(request, plan, part, form=form, title=part.add, line=line)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_edit(request: DeskRequest, pk: int, part: Part, row: int) -> HttpResponse:
    plan = get_plan(request, pk, Action.EDIT)
    form = part.form(instance=part.get(plan, row))
    if request.method == "POST":
        with transaction.atomic():
            plan = lock_plan(request, pk, Action.EDIT)
            form = part.form(request.POST, instance=part.get(plan, row))
            if form.is_valid():
                return _saved(request, plan, part, form)
    return _page(request, plan, part, form=form, title=part.edit, line=None)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_remove(request: DeskRequest, pk: int, part: Part, row: int) -> HttpResponse:
    plan = get_plan(request, pk, Action.EDIT)
    if request.method != "POST":
        context = {"plan": plan, "part": part, "row": part.get(plan, row)}
        return render(request, "actionplans/desk/part_remove.html", context)
    with transaction.atomic():
        plan = lock_plan(request, pk, Action.EDIT)
        found = part.model.objects.filter(plan=plan, pk=row).first()
        if found is None:
            messages.info(request, gettext("This was removed already."))
        elif hangs := _removed(found):
            messages.error(request, hangs)
        else:
            raise_revision(plan)
            messages.success(request, gettext("Removed."))
    return redirect("desk:plan-section", pk, part.section)


def _chosen(request: DeskRequest) -> dict[str, Any]:
    """The product under whose heading somebody asked for a new row."""
    return {"plan_product": request.GET.get("product")}


def _line(request: DeskRequest) -> Line:
    """The page brings the key of the line to come, so that sent twice it is one row."""
    try:
        return Line(pk=UUID(request.POST.get("line", "")))
    except ValueError:
        return Line()


def _saved(
    request: DeskRequest, plan: Plan, part: Part, form: ModelForm
) -> HttpResponse:
    row = form.save()
    raise_revision(plan)
    messages.success(request, gettext("“%(row)s” is saved.") % {"row": row})
    there = redirect("desk:plan-section", plan.pk, part.section)
    there["Location"] += f"#{part.address_of(row)}"
    return there


def _page(request: DeskRequest, plan: Plan, part: Part, **context: Any) -> HttpResponse:
    context |= {"plan": plan, "part": part}
    return render(request, "actionplans/desk/part.html", context)


def _removed(row: Model) -> str:
    """Remove the row, or say what else in the plan hangs on it."""
    try:
        with transaction.atomic():
            if isinstance(row, Target):
                row.milestones.all().delete()
            row.delete()
    except ProtectedError as error:
        names = ", ".join(sorted(f"“{one}”" for one in error.protected_objects))
        return gettext(
            "It cannot be removed as long as these hang on it: %(rows)s. Change or"
            " remove them first."
        ) % {"rows": names}
    return ""
