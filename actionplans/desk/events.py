"""The steps of a plan as they stand, and how one that is wrong on record is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans import corrections, history
from actionplans.desk.access import get_plan, lock_plan, may_move_on, posts_in_turn
from actionplans.desk.confirming import to_confirm
from actionplans.forms.event import EventForm
from actionplans.models import Correction, Plan, PlanEvent
from portal.accounts.models import User
from portal.http import DeskRequest
from portal.terms import Action, Confirmation


@dataclass(frozen=True, slots=True)
class Line:
    """A step as it stands, what it was before and why, and what may be done with it."""

    event: PlanEvent
    was: list[Correction]
    waiting: Correction | None
    may_correct: bool


def lines(plan: Plan, user: User) -> list[Line]:
    """What happened to the plan, the latest first; two queries."""
    rows = plan.events.select_related(
        "appointment__district",
        "appointment__ra",
        "appointment__state",
        "decision__meeting",
    )
    asked = Correction.objects.filter(event__plan=plan).select_related("event")
    made = {c.event_id: c for c in asked if c.status == Confirmation.CONFIRMED}
    waiting = {c.event_id: c for c in asked if c.is_waiting}
    may = user.may(Action.CORRECT, plan)
    return [
        Line(
            event=step.event,
            was=[made[old.pk] for old in step.was if old.pk in made],
            waiting=waiting.get(step.event.pk),
            may_correct=may and _may_correct(step.event, user),
        )
        for step in reversed(history.steps(rows))
    ]


def _may_correct(event: PlanEvent, user: User) -> bool:
    return corrections.is_correctable(event) and corrections.is_of_office(user, event)


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
@posts_in_turn
def event_correct(request: DeskRequest, pk: int, event: int) -> HttpResponse:
    """The form for the office that took the step; for others, who may ask."""
    get = lock_plan if request.method == "POST" else get_plan
    plan = get(request, pk, Action.CORRECT)
    rows = PlanEvent.objects.standing().select_related("appointment__ra")
    step = get_object_or_404(rows, pk=event, plan=plan)
    step.plan = plan
    is_mine = _may_correct(step, request.user)
    if request.method == "POST" and not is_mine:
        raise PermissionDenied
    form = EventForm(request.POST or None, event=step) if is_mine else None
    if form and form.is_valid():
        try:
            made = corrections.ask(step, by=request.user, **form.said())
        except corrections.CorrectionBlocked as blocked:
            form.add_error(None, str(blocked))
        else:
            messages.success(
                request, _("The correction waits for another office to confirm it.")
            )
            return redirect("desk:correction", made.pk)
    context = {"plan": plan, "event": step, "form": form}
    return render(request, "actionplans/desk/event_correct.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def correction(request: DeskRequest, pk: int) -> HttpResponse:
    """A correction: what was recorded, what should stand there, and the decision."""
    rows = Correction.objects.select_related("event__plan__district__state")
    return to_confirm(request, rows, pk, "actionplans/desk/correction.html")
