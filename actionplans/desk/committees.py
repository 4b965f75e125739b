"""The committee of a district: its order, its thirteen seats, its meetings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.desk.access import get_district, posts_in_turn
from actionplans.forms.meeting import CommitteeForm, SeatForm
from actionplans.models import Committee, Seat, SeatKind
from districts.models import District
from portal.accounts.models import Appointment
from portal.http import DeskRequest
from portal.models import DataVersion
from portal.rules import role_for
from portal.terms import Action


@require_safe
def committee(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district)
    board = Committee.objects.filter(district=place).first()
    context = {
        "district": place,
        "committee": board,
        "seats": _seats(board) if board else [],
        "meetings": board.meetings.prefetch_related("attendance__seat", "decisions")
        if board
        else [],
        "may_convene": request.user.may(Action.CONVENE, place),
    }
    return render(request, "actionplans/desk/committee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def committee_edit(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district, Action.CONVENE, lock=True)
    form, seats = _forms(request, place)
    if all([form.is_valid(), *[seat.is_valid() for seat in seats]]):
        _save(request, place, form, seats)
        messages.success(request, _("The committee is saved."))
        return redirect("desk:committee", state, district)
    context = {"district": place, "form": form, "seats": seats}
    return render(request, "actionplans/desk/committee_edit.html", context)


def acting_as(request: DeskRequest, district: District) -> Appointment | None:
    """The appointment under which the user keeps the committee of the district."""
    role = role_for(request.user, Action.CONVENE, district)
    return request.user.appointment_for(role, district) if role else None


def _forms(
    request: DeskRequest, place: District
) -> tuple[CommitteeForm, list[SeatForm]]:
    board = Committee.objects.filter(district=place).first()
    board = board or Committee(district=place)
    typed = request.POST if request.method == "POST" else None
    seats = [
        SeatForm(typed, instance=seat, prefix=f"seat-{seat.number}")
        for seat in _seats(board)
    ]
    return CommitteeForm(typed, instance=board), seats


def _seats(board: Committee) -> list[Seat]:
    """All thirteen, recorded or not."""
    known = {seat.number: seat for seat in board.seats.all()} if board.pk else {}
    return [
        known.get(number) or Seat(committee=board, number=number) for number in SeatKind
    ]


def _save(
    request: DeskRequest, place: District, form: CommitteeForm, seats: list[SeatForm]
) -> None:
    form.instance.recorded_by = acting_as(request, place)
    board = form.save()
    for seat in seats:
        seat.instance.committee = board
        seat.save()
    DataVersion.rise()
