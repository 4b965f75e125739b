"""Recording an old plan of a district as its document."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans import workflow
from actionplans.desk.access import get_district
from actionplans.forms.document import RecordForm
from actionplans.models import Plan
from districts.models import District
from portal.http import DeskRequest
from portal.rules import RULES, role_for
from portal.terms import IN_FORCE, IN_PREPARATION, Action, Status

KINDS = [Action.RECORD, Action.RECORD_DRAFT]


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district)
    kinds = [kind for kind in KINDS if request.user.may(kind, place)]
    if place not in request.user.charge(list(RULES[Action.RECORD].who)):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("kind") not in kinds:
        # Of two clicks the second finds what the first one recorded.
        messages.info(request, _("The district has such a plan already."))
        return redirect("desk:district", state, district)
    form = None
    if kinds:
        form = RecordForm(
            request.POST or None, request.FILES or None, district=place, kinds=kinds
        )
    if form and form.is_valid() and (plan := _recorded(request, form)):
        messages.success(request, _("The plan is recorded with its document."))
        return redirect("desk:plan", plan.pk)
    context = {"form": form, "district": place, "barred": _barred(place)}
    return render(request, "actionplans/desk/record.html", context)


def may_record(request: DeskRequest, place: District) -> bool:
    return any(request.user.may(kind, place) for kind in KINDS)


def _recorded(request: DeskRequest, form: RecordForm) -> Plan | None:
    place, user = form.district, request.user
    role = role_for(user, form.action, place)
    by = role and user.appointment_for(role, place)
    try:
        if not by:
            raise PermissionDenied
        with transaction.atomic():
            return workflow.record(
                form.save(by), by=user, years=form.years, adopted=form.adopted
            )
    except workflow.StepBlocked as blocked:
        form.add_error(None, str(blocked))
    except PermissionDenied:
        # They might when the page was asked for: another click was quicker.
        form.add_error(None, _("The district has such a plan already."))
    return None


def _barred(place: District) -> list[str]:
    """Why an adopted plan, a draft or neither can be recorded here, in sentences."""
    if place.until:
        return [_("The district is no more: no plan can be recorded for it.")]
    found = []
    if place.plans.filter(status__in=IN_FORCE).exists():
        found.append(
            _("A plan of this district is in force: an adopted one cannot be recorded.")
        )
    if place.plans.filter(status=Status.ADOPTED).exists():
        found.append(
            _("A newer plan of this district is adopted: an older one is too late.")
        )
    if place.plans.filter(status__in=IN_PREPARATION).exists():
        found.append(
            _("A plan of this district is being prepared: a draft cannot be recorded.")
        )
    return found
