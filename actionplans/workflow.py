"""The steps of a plan: what each needs, and the one function that takes them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from actionplans.blockers import (
    Details,
    blockers,
    decision_of,
    effective_day,
    unsaid,
)
from actionplans.copies import copy_parts
from actionplans.models import Consultation, Document, Plan, PlanEvent
from actionplans.seal import digest, draft_body, seal
from districts.models import District
from portal.accounts.models import User
from portal.models import DataVersion
from portal.moves import target_of
from portal.periods import written
from portal.rules import RULES, STEPS, may, role_for
from portal.terms import IN_FORCE, Action, Need, Role, Status


class StepBlocked(Exception):
    """A step that may be taken but lacks something; the text says what to do."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that the user may take, and what still blocks it."""

    action: Action
    needs: frozenset[Need]
    blockers: list[str]


def open_steps(plan: Plan, user: User) -> list[OpenStep]:
    return [
        OpenStep(action, RULES[action].needs, blockers(plan, action))
        for action in STEPS
        if may(user, action, plan)
    ]


@transaction.atomic
def start(
    district: District, *, by: User, years: tuple[int, int], like: Plan | None = None
) -> Plan:
    """A new draft: blank, from the plan in force (an amendment), or from a peer's."""
    role = role_for(by, Action.START, district)
    if role is None:
        raise PermissionDenied
    amends = like if like and like.district_id == district.pk else None
    prepared_by = Plan.PreparedBy.RA if role == Role.RA_OFFICER else Plan.PreparedBy.DIC
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                district=district,
                year_from=years[0],
                year_to=years[1],
                prepared_by=prepared_by,
                amends=amends,
            )
    except IntegrityError as error:
        raise StepBlocked(
            _("A plan of this district is already being prepared.")
        ) from error
    if like:
        whole = Plan.objects.whole().get(pk=like.pk)
        copy_parts(whole, plan, keep_lines=bool(amends))
    _record(plan, Action.START, "", by, role, Details())
    return plan


@transaction.atomic
def record(
    document: Document,
    *,
    by: User,
    years: tuple[int, int],
    adopted: Details | None,
    in_bulk: bool = False,
) -> Plan:
    """An old plan as its document: adopted, not structured yet; or the draft it was.

    `adopted` has the day and order of the adoption. A recorded draft goes on as any
    other. `in_bulk`, those may record who may do it for many districts together.
    Errors: PermissionDenied, StepBlocked.
    """
    district = document.district
    action = Action.RECORD if adopted else Action.RECORD_DRAFT
    role = role_for(by, Action.RECORD_IN_BULK if in_bulk else action, district)
    if role is None:
        raise PermissionDenied
    plan = Plan(
        district=district,
        year_from=years[0],
        year_to=years[1],
        document=document,
    )
    if adopted:
        plan.status = Status.UNSTRUCTURED
        plan.structured = False
        plan.number = _next_number(district)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as error:
        raise StepBlocked(
            _("The district has such a plan already: none can be recorded beside it.")
        ) from error
    if adopted and (reasons := unsaid(plan, action, adopted)):
        raise StepBlocked(" ".join(reasons))
    _record(plan, action, "", by, role, adopted or Details())
    return plan


@transaction.atomic
def publish_by_itself(plan: Plan) -> PlanEvent:
    """Put an adopted plan in force because its days of grace are over."""
    _close(plan, Action.SUPERSEDE, Details())
    before = plan.status
    plan.status = Status.PUBLISHED
    plan.save(update_fields=["status"])
    DataVersion.rise()
    return _event(plan, Action.PUBLISH, before, Details())


@transaction.atomic
def discard_by_itself(plan: Plan) -> PlanEvent:
    """Put a draft aside because its district has ended."""
    until = plan.district.until
    assert until
    before = plan.status
    plan.status = Status.DISCARDED
    plan.save(update_fields=["status"])
    DataVersion.rise()
    note = _("The district ended on %(day)s.") % {"day": written(until)}
    return _event(plan, Action.DISCARD, before, Details(note=note))


@transaction.atomic
def take(
    plan: Plan, action: Action, *, by: User, details: Details | None = None
) -> PlanEvent:
    """Take one step with a plan, and record who did it, when it holds from, and why."""
    said = details or Details()
    locked = Plan.objects.select_for_update(of=("self",)).with_place()
    plan.refresh_from_db(from_queryset=locked)
    role = role_for(by, action, plan)
    if role is None:
        raise PermissionDenied
    if reasons := blockers(plan, action) + unsaid(plan, action, said):
        raise StepBlocked(" ".join(reasons))
    return _move(plan, action, by, role, said)


def _move(plan: Plan, action: Action, by: User, role: Role, said: Details) -> PlanEvent:
    before = Status(plan.status)
    after = target_of(action, before) or before
    if action == Action.PUBLISH:
        _close(plan, Action.SUPERSEDE, said)
    _write_status(plan, action, after, by, role)
    event = _record(plan, action, before, by, role, said)
    if action in (Action.ADOPT, Action.CONFIRM, Action.TRANSCRIBE):
        seal(plan, event)
    if action == Action.CONSULT:
        _open_consultation(plan, event, said)
    if action == Action.ANNUL and before in IN_FORCE:
        _close(plan, Action.REINSTATE, said)
    return event


def _open_consultation(plan: Plan, event: PlanEvent, said: Details) -> None:
    assert said.opens_on
    assert said.closes_on
    body = draft_body(plan)
    Consultation.objects.create(
        plan=plan,
        event=event,
        opens_on=said.opens_on,
        closes_on=said.closes_on,
        body=body,
        sha256=digest(body),
    )


def _write_status(
    plan: Plan, action: Action, after: Status, by: User, role: Role
) -> None:
    if action == Action.SUBMIT:
        plan.submitted_by = by
    if after == Status.DRAFT:
        plan.submitted_by = None
    if action in (Action.RECORD_ADOPTION, Action.HAND_IN):
        plan.recorded_by = by.appointment_for(role, plan.district)
    if after in (Status.ASSESSED, Status.UNSTRUCTURED):
        plan.recorded_by = None
    if after == Status.ADOPTED and plan.number is None:
        plan.number = _next_number(plan.district)
    if action == Action.TRANSCRIBE:
        plan.structured = True
    plan.status = after
    plan.save(
        update_fields=["status", "submitted_by", "recorded_by", "number", "structured"]
    )


def _next_number(district: District) -> int:
    newest: int = district.plans.aggregate(newest=Max("number"))["newest"] or 0
    return newest + 1


def _close(plan: Plan, action: Action, said: Details) -> None:
    """Move the plan that this one replaces, or that it had replaced.

    Those before it are locked, the newest first: one of them may be annulled meanwhile.
    """
    earlier = plan.district.plans.filter(number__lt=plan.number).order_by("-number")
    open_to = RULES[action].when or []
    locked = earlier.select_for_update()
    other = next((row for row in locked if row.status in open_to), None)
    if other is None:
        return
    before = other.status
    other.status = RULES[action].then or before
    if action == Action.REINSTATE and not other.structured:
        other.status = Status.UNSTRUCTURED
    other.save(update_fields=["status"])
    _event(other, action, before, Details(effective_on=said.effective_on))


def _record(
    plan: Plan, action: Action, before: str, by: User, role: Role, said: Details
) -> PlanEvent:
    acting_for = ""
    if role == Role.HQ_OFFICER and role not in RULES[action].who:
        vacant = by.stands_in(
            RULES[action].stands_in, plan.district, plan.submitted_by_id
        )
        acting_for = min(vacant, default="")
    DataVersion.rise()
    return _event(
        plan,
        action,
        before,
        said,
        appointment=by.appointment_for(role, plan.district),
        acting_for=acting_for,
    )


def _event(
    plan: Plan, action: Action, before: str, said: Details, **who: object
) -> PlanEvent:
    event = PlanEvent(
        plan=plan,
        action=action,
        before=before,
        after=plan.status,
        effective_on=effective_day(plan, action, said),
        note=said.note,
        reason_codes=list(said.reason_codes),
        checklist=dict(said.checklist),
        order_number=said.order_number,
        decision=decision_of(plan, action, said),
        **who,
    )
    event.save(force_insert=True)
    return event
