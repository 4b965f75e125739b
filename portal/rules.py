"""Who may do what, and when. No other code decides this, and this imports no app.

`may` answers for one object, its twin in `portal.conditions` for a whole table; a
test proves them equal.
The steps are those of the life of an action plan; the rest is what an office does
in its districts at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from portal.rule import Rule
from portal.terms import (
    ADOPTED_NOW,
    IN_FORCE,
    OPEN_ESCALATION,
    PUBLIC,
    Action,
    Asked,
    Confirmation,
    Need,
    Role,
    Status,
)

if TYPE_CHECKING:
    from portal.accounts.models import User


_S, _R, _N = Status, Role, Need
_DRAFTERS = frozenset({_R.CONVENER, _R.RA_OFFICER})
_REGIONAL = frozenset({_R.RA_OFFICER})

RULES: dict[Action, Rule] = {
    Action.START: Rule(
        when=None,
        who=[_R.CONVENER, _R.RA_OFFICER],
        then=_S.DRAFT,
        stands_in=_DRAFTERS,
        none_in_preparation=True,
    ),
    Action.EDIT: Rule(
        when=[_S.DRAFT, _S.UNSTRUCTURED],
        who=[_R.CONVENER, _R.STAFF, _R.RA_OFFICER, _R.STATE_OFFICER],
        stands_in=_DRAFTERS,
        if_state="officers_edit_plans",
    ),
    Action.SUBMIT: Rule(
        when=[_S.DRAFT],
        who=[_R.CONVENER, _R.RA_OFFICER],
        then=_S.UNDER_ASSESSMENT,
        stands_in=_DRAFTERS,
        needs=frozenset({_N.GATE}),
    ),
    Action.WITHDRAW: Rule(
        when=[_S.UNDER_ASSESSMENT, _S.TRANSCRIBED],
        who=[_R.CONVENER, _R.RA_OFFICER],
        then=_S.DRAFT,
        stands_in=_DRAFTERS,
        needs=frozenset({_N.REASON}),
    ),
    Action.COMMENT: Rule(
        when=[_S.UNDER_ASSESSMENT, _S.ASSESSED],
        who=[_R.MEMBER, _R.CHAIR, _R.STATE_OFFICER, _R.HQ_OFFICER],
        needs=frozenset({_N.REASON}),
    ),
    Action.ENDORSE: Rule(
        when=[_S.UNDER_ASSESSMENT],
        who=[_R.STATE_OFFICER],
        if_state="officers_endorse_plans",
    ),
    Action.RETURN: Rule(
        when=[_S.UNDER_ASSESSMENT, _S.ASSESSED, _S.RECORDED, _S.TRANSCRIBED],
        who=[_R.RA_OFFICER, _R.CHAIR],
        then=_S.DRAFT,
        stands_in=_REGIONAL,
        needs=frozenset({_N.REASON, _N.REASON_CODES}),
    ),
    Action.ASSESS: Rule(
        when=[_S.UNDER_ASSESSMENT],
        who=[_R.RA_OFFICER],
        then=_S.ASSESSED,
        stands_in=_REGIONAL,
        not_submitter=True,
        needs=frozenset({_N.CHECKLIST}),
    ),
    Action.ADOPT: Rule(
        when=[_S.ASSESSED],
        who=[_R.CHAIR],
        then=_S.ADOPTED,
        needs=frozenset({_N.DECISION, _N.SECOND_FACTOR}),
    ),
    Action.RECORD_ADOPTION: Rule(
        when=[_S.ASSESSED],
        who=[_R.CONVENER, _R.RA_OFFICER],
        then=_S.RECORDED,
        stands_in=_DRAFTERS,
        needs=frozenset({_N.DECISION, _N.MINUTES}),
    ),
    Action.CONFIRM: Rule(
        when=[_S.RECORDED],
        who=[_R.CHAIR, _R.CONVENER, _R.RA_OFFICER, _R.STATE_OFFICER, _R.HQ_OFFICER],
        then=_S.ADOPTED,
        other_office=True,
        needs=frozenset({_N.SECOND_FACTOR}),
    ),
    Action.NOTIFY: Rule(
        when=[_S.ADOPTED, _S.PUBLISHED],
        who=[_R.CONVENER, _R.CHAIR, _R.RA_OFFICER],
        stands_in=_DRAFTERS,
        needs=frozenset({_N.ORDER}),
    ),
    Action.PUBLISH: Rule(
        when=[_S.ADOPTED],
        who=[_R.RA_OFFICER, _R.HQ_OFFICER],
        then=_S.PUBLISHED,
    ),
    Action.HOLD: Rule(
        when=[_S.ADOPTED],
        who=[_R.RA_OFFICER, _R.HQ_OFFICER],
        needs=frozenset({_N.REASON}),
    ),
    Action.CONSULT: Rule(
        when=[_S.DRAFT],
        who=[_R.CONVENER, _R.RA_OFFICER],
        stands_in=_DRAFTERS,
        needs=frozenset({_N.SPAN}),
    ),
    Action.HAND_IN: Rule(
        when=[_S.UNSTRUCTURED],
        who=[_R.CONVENER, _R.RA_OFFICER],
        then=_S.TRANSCRIBED,
        stands_in=_DRAFTERS,
        needs=frozenset({_N.REASON}),
    ),
    Action.TRANSCRIBE: Rule(
        when=[_S.TRANSCRIBED],
        who=[_R.CONVENER, _R.RA_OFFICER, _R.STATE_OFFICER, _R.HQ_OFFICER],
        then=_S.PUBLISHED,
        other_office=True,
    ),
    # Nobody: it happens when the next plan of the district comes into force.
    Action.SUPERSEDE: Rule(when=IN_FORCE, who=[], then=_S.SUPERSEDED),
    Action.ANNUL: Rule(
        when=ADOPTED_NOW,
        who=[_R.HQ_OFFICER],
        then=_S.ANNULLED,
        needs=frozenset({_N.REASON, _N.SECOND_FACTOR}),
    ),
    # Nobody: it happens when the plan that superseded this one is annulled.
    Action.REINSTATE: Rule(when=[_S.SUPERSEDED], who=[], then=_S.PUBLISHED),
    Action.DISCARD: Rule(
        when=[_S.DRAFT],
        who=[_R.CONVENER, _R.RA_OFFICER, _R.HQ_OFFICER],
        then=_S.DISCARDED,
        needs=frozenset({_N.REASON}),
    ),
    # Of a step or a text: whoever took the step asks, another office decides.
    Action.CORRECT: Rule(
        when=list(_S),
        who=[_R.CONVENER, _R.CHAIR, _R.RA_OFFICER, _R.STATE_OFFICER, _R.HQ_OFFICER],
    ),
    Action.CONFIRM_CORRECTION: Rule(
        when=[Confirmation.WAITING],
        who=[_R.CONVENER, _R.CHAIR, _R.RA_OFFICER, _R.STATE_OFFICER, _R.HQ_OFFICER],
        other_office=True,
    ),
    Action.SEE: Rule(when=None, who=list(Role)),
    Action.RECORD: Rule(
        when=None,
        who=[_R.RA_OFFICER, _R.HQ_OFFICER],
        then=_S.UNSTRUCTURED,
        none_adopted=True,
    ),
    Action.RECORD_DRAFT: Rule(
        when=None,
        who=[_R.RA_OFFICER, _R.HQ_OFFICER],
        then=_S.DRAFT,
        none_in_preparation=True,
    ),
    Action.RECORD_IN_BULK: Rule(
        when=None, who=[_R.STATE_OFFICER, _R.RA_OFFICER, _R.HQ_OFFICER]
    ),
    Action.RELEASE: Rule(when=PUBLIC, who=[_R.RA_OFFICER, _R.CONVENER, _R.HQ_OFFICER]),
    Action.MODERATE: Rule(
        when=None, who=[_R.CONVENER, _R.RA_OFFICER], stands_in=_DRAFTERS
    ),
    Action.CONVENE: Rule(
        when=None,
        who=[_R.CONVENER, _R.CHAIR, _R.RA_OFFICER],
        stands_in=_DRAFTERS,
    ),
    Action.PRODUCTS: Rule(
        when=None,
        who=[_R.RA_OFFICER, _R.CONVENER, _R.STATE_OFFICER],
        stands_in=_DRAFTERS,
    ),
    Action.PREPARE_REPORT: Rule(
        when=None,
        who=[_R.RA_OFFICER, _R.CONVENER, _R.STAFF],
        stands_in=_REGIONAL,
    ),
    Action.FILE_REPORT: Rule(when=None, who=[_R.RA_OFFICER], stands_in=_REGIONAL),
    Action.CORRECT_FIGURE: Rule(
        when=None, who=[_R.RA_OFFICER, _R.CONVENER], stands_in=_REGIONAL
    ),
    Action.VERIFY: Rule(when=None, who=[_R.RA_OFFICER], stands_in=_REGIONAL),
    Action.ESCALATE: Rule(
        when=None, who=[_R.CONVENER, _R.RA_OFFICER], stands_in=_DRAFTERS
    ),
    Action.ESCALATE_TO_HQ: Rule(
        when=None,
        who=[_R.CONVENER, _R.RA_OFFICER, _R.STATE_OFFICER],
        stands_in=_DRAFTERS,
    ),
    Action.ANSWER_AS_DEPC: Rule(
        when=[Asked.OF_DEPC], who=[_R.CHAIR, _R.CONVENER], stands_in=_DRAFTERS
    ),
    Action.ANSWER_AS_SEPC: Rule(when=[Asked.OF_SEPC], who=[_R.STATE_OFFICER]),
    Action.ANSWER_AS_HQ: Rule(when=[Asked.OF_HEADQUARTERS], who=[_R.HQ_OFFICER]),
    Action.SETTLE: Rule(
        when=OPEN_ESCALATION,
        who=[_R.CONVENER, _R.RA_OFFICER],
        stands_in=_DRAFTERS,
    ),
    Action.APPOINT: Rule(
        when=None, who=[_R.HQ_ADMIN], needs=frozenset({_N.SECOND_FACTOR})
    ),
}
# What is done to a plan or about it without being a step in its life.
_NO_STEPS = {
    Action.EDIT,
    Action.CORRECT,
    Action.CONFIRM_CORRECTION,
    Action.RELEASE,
    Action.ANSWER_AS_DEPC,
    Action.ANSWER_AS_SEPC,
    Action.ANSWER_AS_HQ,
    Action.SETTLE,
}
STEPS = [
    action
    for action, rule in RULES.items()
    if rule.when is not None and action not in _NO_STEPS and rule.who
]


def role_for(user: User, action: Action, thing: Any) -> Role | None:
    """The role in which the user may do this now, or None.

    `thing` is a plan or, for what is done to a district, the district itself.
    """
    rule = RULES[action]
    district = thing if rule.when is None else thing.district
    if not _open(rule, thing, district) or _did_the_step_before(rule, thing, user):
        return None
    for role in rule.who:
        if (
            not (rule.other_office and thing.recorded_by.role == role)
            and _counts(rule, role, district.state)
            and district in user.charge([role])
        ):
            return role
    besides = thing.submitted_by_id if rule.not_submitter else None
    if rule.stands_in and user.stands_in(rule.stands_in, district, besides):
        return Role.HQ_OFFICER
    return None


def may(user: User, action: Action, thing: Any) -> bool:
    """Whether the user may do this now; `conditions.open_q` is its twin."""
    return role_for(user, action, thing) is not None


def _open(rule: Rule, thing: Any, district: Any) -> bool:
    if rule.when is not None:
        return thing.status in rule.when
    if taken := rule.taken_by_others:
        busy = district.plans.filter(status__in=taken).exists()
        return district.lives_on(timezone.localdate()) and not busy
    return True


def _did_the_step_before(rule: Rule, thing: Any, user: User) -> bool:
    """Persons are compared, whatever posts they hold."""
    if rule.not_submitter:
        return thing.submitted_by_id == user.pk
    return rule.other_office and thing.recorded_by.user_id == user.pk


def _counts(rule: Rule, role: Role, state: Any) -> bool:
    by_setting = role == Role.STATE_OFFICER and rule.if_state
    return not by_setting or getattr(state, rule.if_state)
