"""What waits while a plan is carried out: reports, figures, decisions, bottlenecks."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans import corrected_figures
from actionplans.models import Decision
from actionplans.waiting.rows import Kind
from actionplans.worklist import waits_in
from portal.terms import Action, Asked, Role, Rung, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, given, in_force, typed
from tests.actionplans.waits import again, corrected, item, owed, waits

pytestmark = pytest.mark.django_db


def kinds(place, role):
    """The kinds of things that wait for somebody new in that role."""
    return [one.kind for one in waits_in(place, make.official(role, place))]


def fifteen_days_after(moment):
    return timezone.localtime(moment).date() + dt.timedelta(days=15)


# Reports


def test_reports_are_owed_from_the_quarter_in_which_the_plan_came_into_force(on_day):
    place = in_force(on_day).district

    assert waits(Role.RA_OFFICER, place) == [
        "File the Q1 2026-27 report",
        "File the Q2 2026-27 report",
    ]
    filed(place, Q1)
    assert waits(Role.RA_OFFICER, place) == ["File the Q2 2026-27 report"]
    filed(place, Q2)
    assert waits(Role.RA_OFFICER, place) == []


def test_only_the_last_four_quarters_wait(on_day):
    place = in_force(on_day).district
    on_day(2028, 1, 1)

    assert [item[:12] for item in waits(Role.RA_OFFICER, place)] == [
        "File the Q4 ",
        "File the Q1 ",
        "File the Q2 ",
        "File the Q3 ",
    ]


def test_a_plan_published_after_the_quarter_owes_nothing_for_it(on_day):
    on_day(2026, 10, 1)
    place = make.plan(Status.PUBLISHED).district

    assert waits(Role.RA_OFFICER, place) == []


def test_an_annulled_plan_owes_no_report(on_day):
    plan = in_force(on_day)
    make.step(plan, Action.ANNUL)

    assert waits(Role.RA_OFFICER, plan.district) == ["Start the plan"]


def test_who_prepares_is_done_when_every_figure_is_entered(on_day):
    place = in_force(on_day).district
    filed(place, Q1)
    convener = make.holder_of(Role.CONVENER, place)

    (item,) = waits_in(place, again(convener))
    assert (item.what, item.detail) == ("Prepare the Q2 2026-27 report", "Not begun.")
    typed(place, Q2, [given(20_00)], by=convener)
    (item,) = waits_in(place, again(convener))
    assert item.detail == "1 of 4 figures are entered."
    typed(place, Q2, [given(20_00)] * 4, by=convener)
    assert waits_in(place, again(convener)) == []

    assert waits(Role.RA_OFFICER, place) == ["File the Q2 2026-27 report"]


# Corrected figures


def test_what_the_convener_corrected_waits_for_the_regional_authority(on_day):
    plan = in_force(on_day)
    reading = corrected(plan)
    place = plan.district

    found = item(Kind.VERIFY, place, make.official(Role.RA_OFFICER, place))

    assert found.what == "Verify 1 corrected figure of Q2 2026-27"
    assert found.due_on == fifteen_days_after(reading.recorded_at)
    where = [place.state.slug, place.slug, reading.pk]
    assert found.url == reverse("desk:reading-verify", args=where)
    for role in (Role.CONVENER, Role.STATE_OFFICER, Role.HQ_OFFICER):
        assert Kind.VERIFY not in kinds(place, role)


def test_what_the_regional_authority_corrected_itself_waits_for_nobody(on_day):
    plan = in_force(on_day)
    corrected(plan, by=make.holder_of(Role.RA_OFFICER, plan.district))

    assert Kind.VERIFY not in kinds(plan.district, Role.RA_OFFICER)


def test_a_verified_figure_no_longer_waits(on_day):
    plan = in_force(on_day)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    corrected_figures.verify(corrected(plan), by=again(officer))

    assert Kind.VERIFY not in kinds(plan.district, Role.RA_OFFICER)


# Decisions


def test_an_open_decision_waits_for_who_keeps_the_committee():
    decision = owed(make.draft().district)
    place = decision.meeting.committee.district

    found = item(Kind.DECISION, place, make.official(Role.CHAIR, place))

    assert found.what == "Carry out decision 1/2"
    assert found.due_on == decision.due_on
    assert decision.text in found.detail
    where = [decision.meeting_id, 2]
    assert found.url == reverse("desk:decision-edit", args=where)
    assert Kind.DECISION not in kinds(place, Role.STAFF)


@pytest.mark.parametrize(
    "values",
    [
        {"status": Decision.Status.DONE},
        {"kind": Decision.Kind.REVIEW},
        {"owner": None, "due_on": None},
    ],
)
def test_a_decision_that_nobody_owes_does_not_wait(values):
    decision = owed(make.draft().district, **values)

    assert Kind.DECISION not in kinds(decision.meeting.committee.district, Role.CHAIR)


# Bottlenecks


@pytest.mark.parametrize(
    ("rung", "status", "role", "what"),
    [
        (Rung.DEPC, Asked.OF_DEPC, Role.CHAIR, "for the district committee"),
        (Rung.SEPC, Asked.OF_SEPC, Role.STATE_OFFICER, "for the State committee"),
        (Rung.HEADQUARTERS, Asked.OF_HEADQUARTERS, Role.HQ_OFFICER, "for headquarters"),
    ],
)
def test_a_bottleneck_waits_for_who_answers_on_its_rung(rung, status, role, what):
    plan = make.plan(Status.PUBLISHED)
    asked = make.escalation(plan, rung=rung, status=status)
    place = plan.district

    found = item(Kind.ANSWER, place, make.official(role, place))

    assert found.what.endswith(what)
    assert found.due_on == asked.answer_by
    assert asked.text in found.detail
    where = [place.state.slug, place.slug, asked.line_id]
    assert found.url == reverse("desk:bottleneck", args=where)
    assert Kind.ANSWER not in kinds(place, Role.RA_OFFICER)


def test_an_answer_waits_to_be_read_and_the_question_no_longer_waits(on_day):
    plan = in_force(on_day)
    make.escalation(plan)
    said = make.escalation(plan, number=2, status=Asked.ANSWERED, answer_by=None)
    place = plan.district

    found = item(Kind.SETTLE, place, make.official(Role.RA_OFFICER, place))

    assert found.due_on == fifteen_days_after(said.recorded_at)
    assert Kind.ANSWER not in kinds(place, Role.CHAIR)
    assert Kind.SETTLE not in kinds(place, Role.CHAIR)


def test_a_closed_bottleneck_waits_for_nobody(on_day):
    plan = in_force(on_day)
    make.escalation(plan)
    make.escalation(plan, number=2, status=Asked.SETTLED, answer_by=None)

    for role in (Role.RA_OFFICER, Role.CONVENER, Role.CHAIR):
        assert not {Kind.ANSWER, Kind.SETTLE} & set(kinds(plan.district, role))
