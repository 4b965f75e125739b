"""What stands in the way of a step: in the plan, and in what was said with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans import gate, history
from actionplans.consultations import running
from actionplans.models import Decision, Plan
from portal.periods import written
from portal.rules import RULES
from portal.terms import Action, Need

ENDORSEMENT_DAYS = 30
LONGEST_CONSULTATION = 90
ADOPTIONS = (Action.ADOPT, Action.RECORD_ADOPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What somebody says with a step. An empty `effective_on` is today.

    `earlier` confirms that a meeting lay before the submission that was typed later.
    """

    effective_on: dt.date | None = None
    note: str = ""
    reason_codes: Sequence[str] = ()
    checklist: dict[str, bool] = field(default_factory=dict)
    order_number: str = ""
    decision: Decision | None = None
    earlier: bool = False
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None


def blockers(plan: Plan, action: Action) -> list[str]:
    """What the plan lacks for this step before anything is typed, in sentences."""
    needs = RULES[action].needs
    found: list[str] = []
    if Need.GATE in needs:
        whole = plan if plan.is_whole else Plan.objects.whole().get(pk=plan.pk)
        found += [str(gap) for gap in gate.gaps(whole)]
    if action == Action.ASSESS:
        found += _awaits_endorsement(plan)
    if action == Action.HOLD and history.latest(plan, action):
        found.append(_("The publication was held already, and is held only once."))
    if Need.SPAN in needs:
        found += _runs_already(plan)
    if action == Action.HAND_IN and not is_typed(plan):
        found.append(_("Type its products, an intervention and a target first."))
    if Need.DECISION in needs and not adoptable(plan, action):
        found.append(_no_decision(action))
    return found


def is_typed(plan: Plan) -> bool:
    """Whether there is a structure to be compared with the document at all."""
    return all(
        rows.exists() for rows in (plan.products, plan.interventions, plan.targets)
    )


def adoptable(plan: Plan, action: Action) -> list[Decision]:
    """Decisions of meetings with quorum that adopt this plan, latest first."""
    rows = (
        Decision.objects.filter(plan=plan, kind=Decision.Kind.ADOPTION)
        .select_related("meeting__minutes")
        .prefetch_related("meeting__attendance__seat")
        .order_by("-meeting__held_on", "-pk")
    )
    minuted = Need.MINUTES in RULES[action].needs
    return [
        row
        for row in rows
        if row.meeting.has_quorum() and (row.meeting.minutes_id or not minuted)
    ]


def decision_of(plan: Plan, action: Action, said: Details) -> Decision | None:
    """A confirmation rests on the decision that was recorded."""
    if action != Action.CONFIRM:
        return said.decision
    recorded = history.latest(plan, Action.RECORD_ADOPTION)
    return recorded.decision if recorded else None


def effective_day(plan: Plan, action: Action, said: Details) -> dt.date:
    """An adoption holds from the day of the meeting; all else from the day it says."""
    decision = decision_of(plan, action, said)
    if decision and action in (*ADOPTIONS, Action.CONFIRM):
        return decision.meeting.held_on
    return said.effective_on or timezone.localdate()


def unsaid(plan: Plan, action: Action, said: Details) -> list[str]:
    """What the form of this step left out, or said wrongly."""
    needs = RULES[action].needs
    found = []
    if Need.REASON in needs and not said.note.strip():
        found.append(_("Say why, in a sentence that the others can act on."))
    if Need.REASON_CODES in needs and not said.reason_codes:
        found.append(_("Tick what must be mended."))
    if Need.CHECKLIST in needs and not said.checklist:
        found.append(_("Answer the questions of the checklist."))
    if Need.ORDER in needs and not said.order_number.strip():
        found.append(_("Give the number of the order."))
    if Need.SPAN in needs:
        found += _wrong_span(said)
    if Need.DECISION in needs and said.decision not in adoptable(plan, action):
        found.append(_no_decision(action))
        return found
    return found + _wrong_day(plan, action, said)


def _wrong_span(said: Details) -> list[str]:
    """A consultation opens today or later, and lasts one to ninety days."""
    if said.opens_on is None or said.closes_on is None:
        return [_("Say on which days the consultation opens and closes.")]
    if said.opens_on < timezone.localdate():
        return [_("A consultation opens today or later.")]
    days = (said.closes_on - said.opens_on).days + 1
    if not 1 <= days <= LONGEST_CONSULTATION:
        return [_("A consultation lasts at least a day and at most ninety.")]
    return []


def _runs_already(plan: Plan) -> list[str]:
    """One consultation at a time."""
    found = running(plan)
    if found is None:
        return []
    words = {"day": written(found.closes_on)}
    return [
        _("A consultation on this plan runs until %(day)s: another can follow it.")
        % words
    ]


def _wrong_day(plan: Plan, action: Action, said: Details) -> list[str]:
    """The day is not in the future, nor before the district or an earlier step."""
    day = effective_day(plan, action, said)
    words = {"day": written(day)}
    if day > timezone.localdate():
        return [_("%(day)s lies in the future.") % words]
    if plan.district.since and day < plan.district.since:
        return [_("On %(day)s the district did not exist yet.") % words]
    last = history.binding(action, history.taken(plan))
    if last is None or day >= last.effective_on:
        return []
    words["last"] = written(last.effective_on)
    if action not in (*ADOPTIONS, Action.CONFIRM):
        return [_("%(day)s lies before the last step, of %(last)s.") % words]
    if said.earlier or action == Action.CONFIRM:
        return []
    return [
        _(
            "The meeting of %(day)s lies before the last step, of %(last)s: confirm"
            " that the step was only typed later."
        )
        % words
    ]


def _awaits_endorsement(plan: Plan) -> list[str]:
    """Where the State endorses plans, its silence counts as consent after 30 days."""
    if not plan.district.state.officers_endorse_plans:
        return []
    spoken = (Action.SUBMIT, Action.ENDORSE)
    steps = [event for event in history.taken(plan) if event.action in spoken]
    if not steps or steps[-1].action == Action.ENDORSE:
        return []
    lapses = steps[-1].effective_on + dt.timedelta(days=ENDORSEMENT_DAYS)
    if timezone.localdate() >= lapses:
        return []
    day = written(lapses)
    return [_("The State has until %(day)s to endorse the plan.") % {"day": day}]


def _no_decision(action: Action) -> str:
    if Need.MINUTES in RULES[action].needs:
        return _(
            "Record a meeting with quorum, its decision to adopt this plan, and attach"
            " the signed minutes."
        )
    return _("Record a meeting with quorum and its decision to adopt this plan.")
