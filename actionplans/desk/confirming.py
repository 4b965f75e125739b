"""The answer of one office to what another asked for: a correction or an erratum."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from actionplans import corrections
from actionplans.models import Correction, Erratum
from portal.http import DeskRequest
from portal.terms import Action


def to_confirm(
    request: DeskRequest, rows: QuerySet[Any], pk: int, template: str
) -> HttpResponse:
    """The page of one of these rows, or the decision on it, under its lock."""
    rows = rows.select_related("recorded_by__ra", "decided_by__ra")
    rows = rows.filter(request.user.charge().q("district"))
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    thing = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        return _decided(request, thing)
    context = {
        "plan": thing.plan,
        "thing": thing,
        "may_decide": request.user.may(Action.CONFIRM_CORRECTION, thing),
    }
    return render(request, template, context)


def _decided(request: DeskRequest, thing: Correction | Erratum) -> HttpResponse:
    """Confirm or refuse, as the button says."""
    answer = request.POST.get("answer")
    if not thing.is_waiting:
        messages.info(request, _("It was decided already."))
        return redirect(request.path)
    if not request.user.may(Action.CONFIRM_CORRECTION, thing):
        raise PermissionDenied
    if answer not in ("confirm", "refuse"):
        return redirect(request.path)
    try:
        corrections.decide(thing, by=request.user, confirm=answer == "confirm")
    except corrections.CorrectionBlocked as blocked:
        messages.error(request, str(blocked))
        return redirect(request.path)
    messages.success(request, _("Confirmed.") if answer == "confirm" else _("Refused."))
    return redirect("desk:plan", thing.plan.pk)
