"""Handing in a State's old plans together: trying, then recording all or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.forms.intake import IntakeForm
from actionplans.intake import sheet
from actionplans.intake.trial import (
    NotReady,
    carry_out,
    districts_for,
    drop,
    trial,
)
from actionplans.models import Intake
from actionplans.workflow import StepBlocked
from districts.models import District, State
from portal.accounts.models import Appointment
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.numbers import grouped
from portal.rules import role_for
from portal.sheets import XLSX
from portal.terms import ADOPTED_NOW, Action

INTAKES_PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: DeskRequest) -> HttpResponse:
    states = _states(request)
    is_open = states.exists()
    if request.method == "POST" and not is_open:
        raise PermissionDenied
    form = IntakeForm(request.POST or None, request.FILES or None, states=states)
    if form.is_valid():
        tried = form.save(_acting_as(request, form.cleaned_data["state"]))
        return redirect("desk:intake", tried.pk)
    rows = Intake.objects.filter(state__in=states).select_related("state")
    page = Paginator(rows, INTAKES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "states": states, "is_open": is_open}
    return render(request, "actionplans/desk/intakes.html", context)


@require_safe
def empty_sheet(request: DeskRequest) -> HttpResponse:
    """The columns, and the districts of a State of which no plan is adopted here."""
    places = districts_for(request.user).exclude(plans__status__in=ADOPTED_NOW)
    places = places.filter(state__slug=request.GET.get("state", ""))
    names = list(places.order_by("name").values_list("name", flat=True))
    response = HttpResponse(sheet.empty_sheet(names), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="old-plans.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: DeskRequest, pk: int) -> HttpResponse:
    seen = District.objects.filter(open_q(request.user, Action.SEE))
    rows = Intake.objects.filter(state__in=seen.values("state"))
    rows = rows.select_related("state", "uploaded_by")
    tried = get_object_or_404(rows, pk=pk)
    if not _states(request).filter(pk=tried.state_id).exists():
        raise PermissionDenied
    is_mine = tried.uploaded_by.user_id == request.user.pk
    if "drop" in request.POST:
        return _dropped(request, tried, is_mine=is_mine)
    confirmed = request.POST.getlist("confirmed")
    if request.method == "POST" and _carried_out(request, tried, confirmed):
        return redirect("desk:intake", pk)
    context = {"intake": tried, "confirmed": confirmed, "is_mine": is_mine}
    if not tried.done_at:
        found = trial(tried, request.user)
        is_blocked = request.method == "POST" and found.unsure(confirmed)
        context |= {"trial": found, "is_blocked": bool(is_blocked)}
    return render(request, "actionplans/desk/intake.html", context)


def _dropped(request: DeskRequest, tried: Intake, *, is_mine: bool) -> HttpResponse:
    """Whoever sent it drops it; what is recorded already stays."""
    if not is_mine:
        raise PermissionDenied
    if not drop(tried):
        return redirect("desk:intake", tried.pk)
    messages.success(request, _("It is dropped: nothing was recorded."))
    return redirect("desk:intakes")


def _carried_out(request: DeskRequest, tried: Intake, confirmed: list[str]) -> bool:
    try:
        count = carry_out(tried, request.user, confirmed)
    except NotReady:
        return False
    except Intake.DoesNotExist as dropped:
        raise Http404 from dropped
    except StepBlocked as blocked:
        messages.error(request, str(blocked))
        return False
    said = ngettext(
        "%(number)s plan is recorded.", "%(number)s plans are recorded.", count
    )
    messages.success(request, said % {"number": grouped(count)})
    return True


def _states(request: DeskRequest) -> QuerySet[State]:
    places = districts_for(request.user)
    return State.objects.filter(pk__in=places.order_by().values("state"))


def _acting_as(request: DeskRequest, state: State) -> Appointment:
    places = districts_for(request.user).filter(state=state)
    place = places.select_related("state").first()
    assert place
    role = role_for(request.user, Action.RECORD_IN_BULK, place)
    by = role and request.user.appointment_for(role, place)
    assert isinstance(by, Appointment)
    return by
