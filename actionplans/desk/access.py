"""How the desk's pages come to a plan or a district, and who is turned away.

404 for what lies outside somebody's charge, 403 for what they may never do there, and
a page of its own (409) where only the plan has moved on meanwhile.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actionplans.models import Plan, PlanQuerySet
from districts.models import District
from portal.accounts.models import User
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.rules import RULES
from portal.terms import Action, Status

View = Callable[..., HttpResponse]


class MovedOn(Exception):
    """What somebody wants to do could be done to the plan before, but no longer."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.plan = plan


def plans_of(user: User) -> PlanQuerySet:
    """The plans that the desk shows to somebody: those in their charge, of any status.

    Events with their notes are no public matter, not even those of a published plan.
    """
    return Plan.objects.filter(user.charge().q("district"))


def get_plan(
    request: DeskRequest, pk: int, action: Action = Action.SEE, *, whole: bool = False
) -> Plan:
    rows = plans_of(request.user)
    plan = get_object_or_404(rows.whole() if whole else rows.with_place(), pk=pk)
    require(request.user, action, plan)
    return plan


def lock_plan(request: DeskRequest, pk: int, action: Action) -> Plan:
    """The plan as it is now, kept from others until the transaction ends."""
    rows = plans_of(request.user).with_place().select_for_update(of=("self",))
    plan = get_object_or_404(rows, pk=pk)
    require(request.user, action, plan)
    return plan


def require(user: User, action: Action, plan: Plan) -> None:
    if action == Action.SEE or user.may(action, plan):
        return
    if _could_before(user, action, plan):
        raise MovedOn(plan)
    raise PermissionDenied


def get_district(
    request: DeskRequest,
    state: str,
    district: str,
    action: Action = Action.SEE,
    *,
    lock: bool = False,
) -> District:
    """The district; with `lock`, kept from others until a post is done."""
    rows = District.objects.with_place().filter(open_q(request.user, Action.SEE))
    if lock and request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    place = get_object_or_404(rows, state__slug=state, slug=district)
    if action != Action.SEE and not request.user.may(action, place):
        raise PermissionDenied
    return place


def posts_in_turn(view: View) -> View:
    """Who writes about one district waits for whoever does so already.

    Of two clicks the second then finds what the first one wrote.
    """

    @wraps(view)
    def wrapped(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return wrapped


def may_move_on(view: View) -> View:
    """Shows a page of its own when a plan has moved on, with the sentences typed."""

    @wraps(view)
    def wrapped(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except MovedOn as moved:
            context = {"plan": moved.plan, "typed": _sentences(request)}
            return render(
                request, "actionplans/desk/moved_on.html", context, status=409
            )

    return wrapped


def _could_before(user: User, action: Action, plan: Plan) -> bool:
    """Whether nothing but the plan's status stands between the user and the action."""
    rule = RULES[action]
    if rule.other_office and plan.recorded_by is None:
        return False
    then = copy.copy(plan)
    for status in set(rule.when or ()) - {Status(plan.status)}:
        then.status = status
        if user.may(action, then):
            return True
    return False


def _sentences(request: DeskRequest) -> list[str]:
    """What would take long to type again; choices and numbers would not."""
    typed = [value for key in request.POST for value in request.POST.getlist(key)]
    return [str(text) for text in typed if " " in str(text).strip()]
