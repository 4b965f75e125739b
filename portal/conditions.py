"""The rights as conditions on a whole table: the twin of `portal.rules.may`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from portal.rule import Rule
from portal.rules import RULES
from portal.terms import Action, Role

if TYPE_CHECKING:
    from portal.accounts.models import User


def open_q(user: User, action: Action) -> Q:
    """The plans (or districts) on which the user may do this now, as a condition."""
    rule = RULES[action]
    path = "" if rule.when is None else "district"
    special = _special(rule)
    plain = [role for role in rule.who if role not in special]
    who = user.charge(plain).q(path)
    for role in special:
        if user.charge([role]):
            who |= _role_q(user, rule, role, path)
    if rule.stands_in:
        besides = "submitted_by" if rule.not_submitter else None
        who |= user.stands_in_q(rule.stands_in, path, besides)
    condition = who & _open_q(rule)
    if rule.not_submitter:
        return condition & ~Q(submitted_by=user)
    if rule.other_office:
        return condition & ~Q(recorded_by__user=user)
    return condition


def _special(rule: Rule) -> Collection[Role]:
    """The roles that have a condition of their own besides the place."""
    if rule.other_office:
        return rule.who
    return [Role.STATE_OFFICER] if rule.if_state else []


def _role_q(user: User, rule: Rule, role: Role, path: str) -> Q:
    charge = user.charge([role]).q(path)
    if rule.if_state and role == Role.STATE_OFFICER:
        at = f"{path}__" if path else ""
        charge &= Q(**{f"{at}state__{rule.if_state}": True})
    return charge & ~Q(recorded_by__role=role) if rule.other_office else charge


def _open_q(rule: Rule) -> Q:
    if rule.when is not None:
        return Q(status__in=rule.when)
    if taken := rule.taken_by_others:
        today = timezone.localdate()
        living = Q(until=None) | Q(until__gt=today)
        return living & ~Q(plans__status__in=taken)
    return Q()
