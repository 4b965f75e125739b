"""What waits for somebody, and districts in which everything does."""

from actionplans import corrected_figures
from actionplans.models import Correction, Decision, Erratum, Reading
from actionplans.worklist import waits_in
from portal.accounts.models import User
from portal.terms import Action, Asked, Role, Status
from tests import make
from tests.actionplans.quarters import Q2, filed, given, in_force


def again(person):
    """The same person with a new request, who sees what changed since."""
    return User.objects.get(pk=person.pk)


def waits(role, place, **values):
    """What waits in the district for somebody new in that role."""
    person = make.official(role, place, **values)
    return [item.what for item in waits_in(place, person)]


def item(kind, place, person):
    """The one thing of this kind that waits for somebody in the district."""
    (found,) = [one for one in waits_in(place, again(person)) if one.kind == kind]
    return found


def putting_right(plan, kind):
    """What the officer of the Regional Authority asks."""
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    by = {
        "district": plan.district,
        "reason": "It was typed wrongly.",
        "recorded_by": officer.current_appointments[0],
    }
    if kind == "correction":
        event = plan.events.get(action=Action.ASSESS)
        return Correction.objects.create(event=event, effective_on="2026-11-20", **by)
    return Erratum.objects.create(
        plan=plan, section=1, wrong="Plain words", right="Plainer words", **by
    )


def corrected(plan, by=None):
    """A filed figure of the plan in force that the convener then put right."""
    place = plan.district
    filed(place, Q2, [20_00] * 4)
    old = Reading.objects.filter(line__district=place).earliest("pk")
    convener = by or make.holder_of(Role.CONVENER, place)
    return corrected_figures.correct(
        old, given(30_00), by=again(convener), because="Two digits were swapped."
    )


def owed(place, **values):
    """A decision of the committee that gives an office something to do."""
    held = make.meeting(place)
    return held.decisions.create(
        **{
            "number": 2,
            "kind": Decision.Kind.ACTION,
            "text": "The laboratory is to be advertised.",
            "owner": make.agency(),
            "due_on": held.held_on,
            **values,
        }
    )


def everything(on_day):
    """Something of every kind for the officers of one Regional Authority."""
    ra = make.regional_authority()
    kinds = [
        Status.DRAFT,
        Status.UNDER_ASSESSMENT,
        Status.ASSESSED,
        Status.RECORDED,
        Status.ADOPTED,
        Status.UNSTRUCTURED,
        Status.TRANSCRIBED,
    ]
    for status in kinds:
        plan = make.plan(status, make.district(ra=ra))
        if status == Status.DRAFT:
            make.comment(make.consultation(plan))
        if status == Status.ADOPTED:
            putting_right(plan, "erratum")
            make.intake(plan.district)
    make.district("Kanpur Nagar", name_hi="कानपुर नगर", ra=ra)
    running = in_force(on_day, make.district(ra=ra))
    corrected(running)
    owed(running.district)
    make.escalation(running)
    make.escalation(running, number=2, status=Asked.ANSWERED, answer_by=None)
    return ra
