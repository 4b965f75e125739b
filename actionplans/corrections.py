"""Putting right the day or the order number of a step that was recorded wrongly.

The office that took the step asks, another person of another office decides. Confirmed,
a new event stands in the place of the old one, which stays on record. The day of an
adoption is that of its meeting, which is sealed with the plan: of an adoption only the
order number can be corrected.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans import history
from actionplans.blockers import ADOPTIONS
from actionplans.models import Correction, Erratum, Plan, PlanEvent
from portal.accounts.models import Appointment, User
from portal.models import DataVersion
from portal.periods import written
from portal.rules import RULES, role_for
from portal.terms import Action, Confirmation

ADOPTED_BY = (*ADOPTIONS, Action.CONFIRM)
WITH_ORDER = (*ADOPTED_BY, Action.NOTIFY, Action.RECORD)
# What follows from a step in the life of another plan of the district.
FOLLOWED_BY = {
    Action.PUBLISH: Action.SUPERSEDE,
    Action.ANNUL: Action.REINSTATE,
}


class CorrectionBlocked(Exception):
    """A correction that cannot be made; the text says why."""


def says_day(event: PlanEvent) -> bool:
    return event.action not in ADOPTED_BY


def says_order(event: PlanEvent) -> bool:
    return event.action in WITH_ORDER


def is_of_office(user: User, event: PlanEvent) -> bool:
    """Whether the user holds the post under which the step was taken."""
    post = event.appointment
    return post is not None and any(
        _office(held) == _office(post) for held in user.current_appointments
    )


def is_correctable(event: PlanEvent) -> bool:
    """A step that moved the plan, or an order: not what was only said about it."""
    moved = RULES[Action(event.action)].then is not None
    return moved or event.action == Action.NOTIFY


def ask(
    event: PlanEvent, *, by: User, on: dt.date, order_number: str, reason: str
) -> Correction:
    """Errors: PermissionDenied, CorrectionBlocked."""
    role = role_for(by, Action.CORRECT, event.plan)
    if role is None or not is_of_office(by, event) or not is_correctable(event):
        raise PermissionDenied
    if reasons := wrong_day(event, on):
        raise CorrectionBlocked(" ".join(reasons))
    if (on, order_number) == (event.effective_on, event.order_number):
        raise CorrectionBlocked(_("This is what is recorded already: change it."))
    waiting = event.corrections.filter(status=Confirmation.WAITING)
    if waiting.exists():
        raise CorrectionBlocked(
            _("A correction of this step already waits for another office.")
        )
    return Correction.objects.create(
        event=event,
        district=event.plan.district,
        effective_on=on,
        order_number=order_number,
        reason=reason,
        recorded_by=_post(by, event),
    )


@transaction.atomic
def decide(thing: Correction | Erratum, *, by: User, confirm: bool) -> None:
    """Confirm or refuse. Errors: PermissionDenied, CorrectionBlocked."""
    role = role_for(by, Action.CONFIRM_CORRECTION, thing)
    if role is None:
        raise PermissionDenied
    if confirm and isinstance(thing, Correction):
        _replace(thing)
    thing.status = Confirmation.CONFIRMED if confirm else Confirmation.REFUSED
    thing.decided_by = by.appointment_for(role, thing.district)
    thing.decided_at = timezone.now()
    thing.save(update_fields=["status", "decided_by", "decided_at"])
    DataVersion.rise()


def wrong_day(event: PlanEvent, on: dt.date) -> list[str]:
    """Why a step cannot have been taken on this day, in sentences.

    The days before and after it bind only where they are in order now: a meeting may
    lie before a step that was typed later.
    """
    if on > timezone.localdate():
        return [_("%(day)s lies in the future.") % {"day": written(on)}]
    since = event.plan.district.since
    if since and on < since:
        return [_("On %(day)s the district did not exist yet.") % {"day": written(on)}]
    found = []
    for row in [event, *followers(event)]:
        before, after = _neighbours(row)
        if before and on < before.effective_on <= row.effective_on:
            found.append(_before(on, before))
        if after and on > after.effective_on >= row.effective_on:
            found.append(_after(on, after))
    return found


def followers(event: PlanEvent) -> list[PlanEvent]:
    """What followed from the step in the life of the plan before this one."""
    follows = FOLLOWED_BY.get(Action(event.action))
    if follows is None:
        return []
    rows = PlanEvent.objects.standing().filter(
        action=follows,
        plan__district=event.plan.district_id,
        plan__number__lt=event.plan.number or 0,
        appointment=None,
        effective_on=event.effective_on,
    )
    return list(rows.order_by("-plan__number")[:1])


def _replace(correction: Correction) -> None:
    """Write the event that stands from now on, and those that followed from it."""
    old = correction.event
    if PlanEvent.objects.filter(replaces=old).exists():
        raise CorrectionBlocked(_("This step was corrected meanwhile."))
    # Kept from others, so that its days cannot change under the check.
    Plan.objects.select_for_update(of=("self",)).get(pk=old.plan_id)
    if reasons := wrong_day(old, correction.effective_on):
        raise CorrectionBlocked(" ".join(reasons))
    following = followers(old)
    _again(old, correction.effective_on, correction.order_number)
    for event in following:
        _again(event, correction.effective_on, event.order_number)


def _again(old: PlanEvent, on: dt.date, order_number: str) -> None:
    """The same step with another day or number; its own reason stays what it was."""
    kept = {
        name: getattr(old, name)
        for name in (
            *("plan", "action", "before", "after", "appointment", "acting_for"),
            *("note", "reason_codes", "checklist", "decision"),
        )
    }
    new = PlanEvent(replaces=old, effective_on=on, order_number=order_number, **kept)
    new.save(force_insert=True)


def _neighbours(event: PlanEvent) -> tuple[PlanEvent | None, PlanEvent | None]:
    """The steps between whose days this one lies in the life of its plan."""
    steps = history.taken(event.plan)
    at = [step.pk for step in steps].index(event.pk)
    before = history.binding(event.action, steps[:at])
    if event.action in history.REMARKS:
        return before, None
    following = (s for s in steps[at + 1 :] if s.action not in history.REMARKS)
    return before, next(following, None)


def _before(on: dt.date, step: PlanEvent) -> str:
    return _("%(day)s lies before “%(step)s”, of %(other)s.") % _words(on, step)


def _after(on: dt.date, step: PlanEvent) -> str:
    return _("%(day)s lies after “%(step)s”, of %(other)s.") % _words(on, step)


def _words(on: dt.date, step: PlanEvent) -> dict[str, str]:
    return {
        "day": written(on),
        "step": step.get_action_display(),
        "other": written(step.effective_on),
    }


def _post(by: User, event: PlanEvent) -> Appointment:
    assert event.appointment
    office = _office(event.appointment)
    return next(a for a in by.current_appointments if _office(a) == office)


def _office(post: Appointment) -> tuple[str, int | None, int | None, int | None]:
    return post.role, post.state_id, post.ra_id, post.district_id
