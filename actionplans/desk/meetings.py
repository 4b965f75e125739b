"""Meetings held: recording one, its decisions, its minutes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Max, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.desk.access import get_district, posts_in_turn
from actionplans.desk.committees import acting_as
from actionplans.forms.document import MinutesForm
from actionplans.forms.meeting import DecisionForm, MeetingForm
from actionplans.models import Attendance, Committee, Decision, Meeting, PlanEvent
from portal.http import DeskRequest
from portal.models import DataVersion
from portal.terms import Action


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def meeting_new(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district, Action.CONVENE, lock=True)
    board = Committee.objects.filter(district=place).first()
    if board is None:
        messages.info(request, _("Record the committee first, then its meetings."))
        return redirect("desk:committee-edit", state, district)
    held = Meeting(committee=board, quorum=place.state.quorum)
    held.recorded_by = acting_as(request, place)
    initial = {"number": _next(board), "agenda": _carried_over(board)}
    form = MeetingForm(request.POST or None, instance=held, initial=initial)
    if form.is_valid():
        _save(form)
        messages.success(request, _("The meeting is recorded. Now its decisions."))
        return redirect("desk:meeting", held.pk)
    context = {"form": form, "district": place, "title": _("Record a meeting held")}
    return render(request, "actionplans/desk/meeting_edit.html", context)


@require_safe
def meeting(request: DeskRequest, pk: int) -> HttpResponse:
    held = get_meeting(request, pk)
    context = {
        "meeting": held,
        "district": held.committee.district,
        "decisions": held.decisions.select_related("owner", "plan__district").annotate(
            is_used=Exists(PlanEvent.objects.filter(decision=OuterRef("pk")))
        ),
        "is_used": _is_used(held),
        "may_convene": request.user.may(Action.CONVENE, held.committee.district),
    }
    return render(request, "actionplans/desk/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def meeting_edit(request: DeskRequest, pk: int) -> HttpResponse:
    held = get_meeting(request, pk, Action.CONVENE)
    if _is_used(held):
        return _rests(request, held)
    form = MeetingForm(request.POST or None, instance=held)
    if form.is_valid():
        _save(form)
        messages.success(request, _("The meeting is saved."))
        return redirect("desk:meeting", pk)
    context = {"form": form, "district": held.committee.district, "title": str(held)}
    return render(request, "actionplans/desk/meeting_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def decision_new(request: DeskRequest, pk: int) -> HttpResponse:
    held = get_meeting(request, pk, Action.CONVENE)
    last = held.decisions.aggregate(last=Max("number"))["last"] or 0
    return _decide(request, held, Decision(meeting=held, number=last + 1))


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def decision_edit(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    held = get_meeting(request, pk, Action.CONVENE)
    decision = get_object_or_404(held.decisions, number=number)
    decision.meeting = held
    if decision.events.exists():
        return _rests(request, held)
    return _decide(request, held, decision)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def meeting_minutes(request: DeskRequest, pk: int) -> HttpResponse:
    held = get_meeting(request, pk, Action.CONVENE)
    if held.minutes_id and _is_used(held):
        return _rests(request, held)
    form = MinutesForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        appointment = acting_as(request, held.committee.district)
        if appointment is None:
            raise PermissionDenied
        title = _("Minutes of meeting %(number)d") % {"number": held.number}
        held.minutes = form.save(held.committee.district, title=title, by=appointment)
        held.save(update_fields=["minutes"])
        DataVersion.rise()
        messages.success(request, _("The minutes are attached."))
        return redirect("desk:meeting", pk)
    context = {"form": form, "meeting": held, "district": held.committee.district}
    return render(request, "actionplans/desk/minutes.html", context)


def get_meeting(request: DeskRequest, pk: int, action: Action = Action.SEE) -> Meeting:
    rows = Meeting.objects.select_related(
        "committee__district__state", "minutes", "recorded_by"
    ).prefetch_related(
        Prefetch("attendance", Attendance.objects.select_related("seat"))
    )
    held = get_object_or_404(rows, pk=pk)
    place = held.committee.district
    lock = action == Action.CONVENE
    get_district(request, place.state.slug, place.slug, action, lock=lock)
    return held


def _decide(request: DeskRequest, held: Meeting, decision: Decision) -> HttpResponse:
    form = DecisionForm(request.POST or None, instance=decision)
    if form.is_valid():
        _save(form)
        messages.success(request, _("The decision is recorded."))
        return redirect("desk:meeting", held.pk)
    context = {"form": form, "meeting": held, "district": held.committee.district}
    return render(request, "actionplans/desk/decision.html", context)


def _save(form: MeetingForm | DecisionForm) -> None:
    """The public page of the district says when the committee met, and how many."""
    form.save()
    DataVersion.rise()


def _rests(request: DeskRequest, held: Meeting) -> HttpResponse:
    """What an adoption rests on stays as it was recorded."""
    messages.error(
        request,
        _("An adoption rests on this meeting: what is recorded of it cannot change."),
    )
    return redirect("desk:meeting", held.pk)


def _is_used(held: Meeting) -> bool:
    return PlanEvent.objects.filter(decision__meeting=held).exists()


def _next(board: Committee) -> int:
    return (board.meetings.aggregate(last=Max("number"))["last"] or 0) + 1


def _carried_over(board: Committee) -> str:
    """Decisions still open, as the first points of the next agenda."""
    rows = Decision.objects.filter(
        meeting__committee=board,
        kind=Decision.Kind.ACTION,
        status=Decision.Status.OPEN,
    ).select_related("meeting")
    return "\n".join(f"{row}: {row.text}" for row in rows)
