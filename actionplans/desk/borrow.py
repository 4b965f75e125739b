"""Rows of other districts' plans, to be copied into a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans.borrowing import SAID_IN, rows_of_peers
from actionplans.copies import copy_row
from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.desk.parts import Part
from actionplans.desk.sections import raise_revision
from actionplans.models import Plan, PlanProduct
from portal.http import DeskRequest
from portal.numbers import whole_of
from portal.terms import Action

ROWS_PER_PAGE = 20
LONGEST_QUESTION = 100


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_copy(request: DeskRequest, pk: int, part: Part) -> HttpResponse:
    if part.model not in SAID_IN:
        raise Http404
    if request.method == "POST":
        with transaction.atomic():
            plan = lock_plan(request, pk, Action.EDIT)
            _copy(request, plan, part)
        return redirect(request.get_full_path())
    plan = get_plan(request, pk, Action.EDIT)
    products = list(plan.products.select_related("product"))
    under = _chosen(request, products)
    asked = request.GET.get("q", "")[:LONGEST_QUESTION]
    rows = rows_of_peers(part.model, plan, under, asked)
    context = {
        "plan": plan,
        "part": part,
        "products": products,
        "under": under,
        "q": asked,
        "page": Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "actionplans/desk/copy.html", context)


def _copy(request: DeskRequest, plan: Plan, part: Part) -> None:
    """Sent twice, it is one row."""
    under = _chosen(request, list(plan.products.select_related("product")))
    rows: QuerySet[Any] = rows_of_peers(part.model, plan, under, "")
    key = whole_of(request.POST.get("row", "")) or 0
    row = rows.filter(pk=key).first()
    if row is None:
        shown_once = part.model.objects.filter(plan__in=Plan.objects.been_public())
        get_object_or_404(shown_once, pk=key)
        messages.error(request, _("This row is no longer in a plan in force."))
        return
    if row.is_copied:
        messages.info(request, _("This is copied already."))
        return
    likeness = part.model(plan=plan, plan_product=under)
    copy_row(row, plan, under, part.next_order(likeness))
    raise_revision(plan, by=request.user, section=part.section)
    sentence = _("“%(row)s” is copied. Fit it to the district in its section.")
    messages.success(request, sentence % {"row": row})


def _chosen(request: DeskRequest, products: list[PlanProduct]) -> PlanProduct | None:
    """The product of the draft under which rows are copied; none: the district."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("product", "")
    return next((one for one in products if str(one.pk) == asked), None)
