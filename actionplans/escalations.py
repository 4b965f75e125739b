"""A bottleneck goes up the rungs: it is put to one, answered by it, and closed.

The district committee is asked first, then the State committee, then headquarters. The
next rung may be asked once the one before has answered, or has stayed silent beyond its
day. Nothing goes down again but the answer; what is closed may begin anew.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionplans.models import Bottleneck, Escalation, Line
from portal.accounts.models import Appointment, User
from portal.rules import role_for
from portal.terms import Action, Asked, Role, Rung, Status

WAITS_WITH = {
    Rung.DEPC: Asked.OF_DEPC,
    Rung.SEPC: Asked.OF_SEPC,
    Rung.HEADQUARTERS: Asked.OF_HEADQUARTERS,
}
ASKED_AS = {
    Rung.DEPC: Action.ESCALATE,
    Rung.SEPC: Action.ESCALATE,
    Rung.HEADQUARTERS: Action.ESCALATE_TO_HQ,
}
ANSWERED_AS = {
    Asked.OF_DEPC: Action.ANSWER_AS_DEPC,
    Asked.OF_SEPC: Action.ANSWER_AS_SEPC,
    Asked.OF_HEADQUARTERS: Action.ANSWER_AS_HQ,
}


class MovedMeanwhile(Exception):
    """Somebody else made a move since the page was drawn."""


def last_move(line: Line) -> Escalation | None:
    return (
        line.escalations.select_related("district__state").order_by("-number").first()
    )


def next_rungs(last: Escalation | None, today: dt.date) -> list[Rung]:
    """Whom one may ask now, the usual one first; none as long as somebody has time."""
    if last is None or last.status == Asked.SETTLED:
        return [Rung.DEPC]
    above = [rung for rung in Rung if rung == last.rung + 1]
    if last.status == Asked.ANSWERED:
        return [*above, Rung(last.rung)]
    silent = last.answer_by is not None and last.answer_by < today
    return above if silent else []


def may_ask(user: User, line: Line, last: Escalation | None) -> list[Rung]:
    """The rungs that this official may ask now."""
    rungs = next_rungs(last, timezone.localdate())
    mine = [rung for rung in rungs if user.may(ASKED_AS[rung], line.district)]
    return mine if mine and _is_in_force(line) else []


def may_answer(user: User, last: Escalation | None) -> bool:
    return last is not None and _role_to_answer(user, last) is not None


def may_settle(user: User, last: Escalation | None) -> bool:
    return last is not None and user.may(Action.SETTLE, last)


@transaction.atomic
def ask(
    line: Line, *, by: User, seen: int, rung: Rung, text: str, answer_by: dt.date
) -> Escalation:
    """Put the bottleneck to a rung. Errors: PermissionDenied, MovedMeanwhile."""
    last = _as_seen(line, seen)
    if rung not in may_ask(by, line, last):
        raise PermissionDenied
    role = role_for(by, ASKED_AS[rung], line.district)
    move = _next(line, last, _post(by, role, line), text)
    move.status, move.rung, move.answer_by = WAITS_WITH[rung], rung, answer_by
    return _made(move)


@transaction.atomic
def answer(line: Line, *, by: User, seen: int, text: str) -> Escalation:
    """What the rung that was asked says. Errors: PermissionDenied, MovedMeanwhile."""
    last = _as_seen(line, seen)
    if last is None:
        raise PermissionDenied
    move = _next(line, last, _post(by, _role_to_answer(by, last), line), text)
    move.status, move.rung = Asked.ANSWERED, last.rung
    return _made(move)


@transaction.atomic
def settle(line: Line, *, by: User, seen: int, text: str) -> Escalation:
    """Close it with what came of it. Errors: PermissionDenied, MovedMeanwhile."""
    last = _as_seen(line, seen)
    if last is None:
        raise PermissionDenied
    role = role_for(by, Action.SETTLE, last)
    move = _next(line, last, _post(by, role, line), text)
    move.status, move.rung = Asked.SETTLED, last.rung
    return _made(move)


def _as_seen(line: Line, seen: int) -> Escalation | None:
    """The last move, kept from others; whoever comes second is told so."""
    Line.objects.select_for_update().get(pk=line.pk)
    last = last_move(line)
    if (last.number if last else 0) != seen:
        raise MovedMeanwhile
    return last


def _role_to_answer(user: User, last: Escalation) -> Role | None:
    action = ANSWERED_AS.get(Asked(last.status))
    return role_for(user, action, last) if action else None


def _is_in_force(line: Line) -> bool:
    """Whether the plan in force names it: what left the plan is only closed."""
    named = Bottleneck.objects.filter(line=line, plan__status=Status.PUBLISHED)
    return named.exists()


def _post(by: User, role: Role | None, line: Line) -> Appointment:
    post = by.appointment_for(role, line.district) if role else None
    if post is None:
        raise PermissionDenied
    return post


def _next(
    line: Line, last: Escalation | None, post: Appointment, text: str
) -> Escalation:
    return Escalation(
        line=line,
        district=line.district,
        number=last.number + 1 if last else 1,
        text=text,
        appointment=post,
    )


def _made(move: Escalation) -> Escalation:
    move.save(force_insert=True)
    return move
