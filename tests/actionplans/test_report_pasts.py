"""A report asks beside the goals and due dates as the versions of the plan set them."""

import datetime as dt

import pytest
from django.urls import reverse

from actionplans.preparing import prepare
from portal.terms import Action, Role
from tests import make
from tests.actionplans.quarters import Q2, in_force

pytestmark = pytest.mark.django_db
STEPS = [Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH]


@pytest.fixture
def amended(on_day):
    """A plan in force whose first goal and first due date an amendment has changed."""
    old = in_force(on_day)
    plan = make.draft(old.district, like=old)
    target, action = plan.targets.first(), plan.interventions.first()
    target.goal = 60_00
    target.save()
    action.due_on += dt.timedelta(days=30)
    action.due_moved = "The land came late."
    action.save()
    for step in STEPS:
        make.step(plan, step)
    return plan


def test_the_sheet_marks_where_the_goal_changed(client, amended):
    client.force_login(make.holder_of(Role.RA_OFFICER, amended.district))
    place = amended.district
    address = reverse("desk:report", args=[place.state.slug, place.slug, Q2])

    text = client.get(address).text

    assert "Goal 50 until 22 Nov 2026, 60 since." in text


def test_an_intervention_is_due_when_the_amendment_says(amended):
    row = amended.interventions.first()

    sheet = prepare(amended.district, Q2)

    assert sheet.actions[0].now.due_on == row.due_on
