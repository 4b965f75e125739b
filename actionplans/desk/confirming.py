"""The answer of one office to what another asked for: a correction or an erratum."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from actionplans import corrections
from actionplans.models import Correction, Erratum, Plan
from portal.http import DeskRequest
from portal.terms import Action


def decided(
    request: DeskRequest, thing: Correction | Erratum, plan: Plan
) -> HttpResponse:
    """Confirm or refuse, as the button says. Call with the row locked."""
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
    return redirect("desk:plan", plan.pk)
