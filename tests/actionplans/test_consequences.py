"""What happens if nothing is done: each sentence beside the code that does it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans import by_itself, workflow
from actionplans.blockers import Details, blockers
from actionplans.escalations import may_ask
from actionplans.freshness import Freshness
from actionplans.stages import standings
from actionplans.waiting.consequences import told_next
from actionplans.waiting.rows import Kind
from districts.models import State
from portal.periods import written
from portal.terms import Action, Asked, Role, Rung, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, Q3, filed, in_force
from tests.actionplans.waits import again, item, owed

pytestmark = pytest.mark.django_db


def otherwise(kind, place, role):
    return item(kind, place, make.official(role, place)).otherwise


def test_an_adopted_plan_is_published_by_itself_on_the_day_that_it_says(later):
    plan = make.plan(Status.ADOPTED)
    place, on = plan.district, by_itself.publication(plan).on

    said = otherwise(Kind.PUBLISH, place, Role.RA_OFFICER)
    assert said == f"It is published by itself on {written(on)}."

    assert later(15) == on
    said = otherwise(Kind.PUBLISH, place, Role.RA_OFFICER)
    assert said == "It is published by itself within a day."
    assert [done.plan for done in by_itself.move_on()] == [plan]


def test_a_held_publication_says_when_the_hold_ends(later):
    plan = make.plan(Status.ADOPTED)
    later(3)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    why = Details(note="The sanction letter comes this month.")
    workflow.take(plan, Action.HOLD, by=officer, details=why)

    said = otherwise(Kind.PUBLISH, plan.district, Role.RA_OFFICER)

    assert said == f"It is published by itself on {written(later(33))}."
    assert by_itself.publication(plan).on == later(33)


def test_the_plan_of_a_district_that_ended_stays_unpublished():
    plan = make.plan(Status.ADOPTED)
    type(plan.district).objects.filter(pk=plan.district_id).update(
        until=timezone.localdate()
    )
    plan.district.refresh_from_db()

    said = otherwise(Kind.PUBLISH, plan.district, Role.RA_OFFICER)

    assert said == "It stays unpublished."
    assert by_itself.publication(plan) is None


def test_the_silence_of_a_state_counts_as_consent_on_the_day_that_it_says(on_day):
    plan = make.complete(make.draft())
    State.objects.update(officers_endorse_plans=True)
    make.step(plan, Action.SUBMIT)
    plan.district.state.refresh_from_db()

    said = otherwise(Kind.ENDORSE, plan.district, Role.STATE_OFFICER)

    assert said == "On 22 Dec 2026 silence counts as consent."
    assert blockers(plan, Action.ASSESS)
    on_day(2026, 12, 22)
    assert not blockers(plan, Action.ASSESS)


def test_a_report_says_from_when_its_district_is_not_fresh(on_day):
    place = in_force(on_day).district
    filed(place, Q1)
    filed(place, Q2, [20_00] * 4)
    on_day(2027, 1, 14)

    said = otherwise(Kind.REPORT, place, Role.RA_OFFICER)

    assert said == (
        "From 15 Jan 2027 on the district does not read fresh; filed later, the"
        " report is marked late."
    )
    assert standings()[place.pk].freshness == Freshness.FRESH
    on_day(2027, 1, 15)
    assert standings()[place.pk].freshness == Freshness.AGEING
    assert not filed(place, Q3).is_late


def test_a_late_report_says_that_it_is_marked(on_day):
    place = in_force(on_day).district
    filed(place, Q1)

    said = otherwise(Kind.REPORT, place, Role.CONVENER)

    assert said == "It is late already, and will be marked so."
    assert filed(place, Q2).is_late


def test_a_silent_rung_may_be_passed_over(later):
    plan = make.plan(Status.PUBLISHED)
    asked = make.escalation(plan)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)

    said = otherwise(Kind.ANSWER, plan.district, Role.CHAIR)
    day = written(asked.answer_by)
    assert said == f"After {day} it may be put to the next office."
    assert may_ask(again(officer), asked.line, asked) == []

    later(16)
    said = otherwise(Kind.ANSWER, plan.district, Role.CHAIR)
    assert said == "It may be put to the next office at any time."
    assert may_ask(again(officer), asked.line, asked) == [Rung.SEPC]


def test_nobody_stands_above_headquarters():
    plan = make.plan(Status.PUBLISHED)
    make.escalation(plan, rung=Rung.HEADQUARTERS, status=Asked.OF_HEADQUARTERS)

    said = otherwise(Kind.ANSWER, plan.district, Role.HQ_OFFICER)

    assert said == "It stays open; its history says since when."


def test_an_open_decision_goes_on_the_next_agenda(client):
    decision = owed(make.draft().district)
    board = decision.meeting.committee
    client.force_login(make.holder_of(Role.CONVENER, board.district))
    where = [board.district.state.slug, board.district.slug]

    said = otherwise(Kind.DECISION, board.district, Role.CHAIR)
    response = client.get(reverse("desk:meeting-new", args=where))

    assert said == "It goes on the agenda of the next meeting."
    assert decision.text in response.text


def test_who_is_told_next_follows_the_ladder():
    due = dt.date(2026, 11, 1)

    assert told_next(due, due) == "On 16 Nov 2026 the State is told."
    assert told_next(due, dt.date(2026, 11, 17)) == (
        "On 1 Dec 2026 headquarters is told."
    )
    assert told_next(due, dt.date(2026, 12, 2)) == ""
    assert told_next(None, due) == ""
