"""What waits for whom, of each kind, and by when."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans import workflow
from actionplans.blockers import Details
from actionplans.deadlines import Urgency, urgency
from actionplans.worklist import Wanted, waits_in, worklist
from districts.models import State
from portal.periods import written
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.quarters import in_force
from tests.actionplans.waits import again, putting_right, waits

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "role", "what"),
    [
        (Status.DRAFT, Role.CONVENER, "Complete the draft and submit it"),
        (Status.DRAFT, Role.RA_OFFICER, "Complete the draft and submit it"),
        (Status.DRAFT, Role.STAFF, "Complete the draft"),
        (Status.UNDER_ASSESSMENT, Role.RA_OFFICER, "Assess the draft plan"),
        (Status.ASSESSED, Role.CHAIR, "Adopt the plan"),
        (
            Status.ASSESSED,
            Role.CONVENER,
            "Put the plan to the committee and record its adoption",
        ),
        (Status.RECORDED, Role.CHAIR, "Confirm the adoption"),
        (Status.RECORDED, Role.STATE_OFFICER, "Confirm the adoption"),
        (Status.RECORDED, Role.HQ_OFFICER, "Confirm the adoption"),
        (Status.ADOPTED, Role.RA_OFFICER, "Publish the plan"),
        (Status.ADOPTED, Role.HQ_OFFICER, "Publish the plan"),
        (Status.UNSTRUCTURED, Role.CONVENER, "Structure the plan"),
        (Status.UNSTRUCTURED, Role.RA_OFFICER, "Structure the plan"),
        (Status.UNSTRUCTURED, Role.STAFF, "Structure the plan"),
        (
            Status.TRANSCRIBED,
            Role.STATE_OFFICER,
            "Check the transcription and confirm it",
        ),
        (Status.TRANSCRIBED, Role.RA_OFFICER, "Check the transcription and confirm it"),
    ],
)
def test_a_plan_waits_for_who_may_take_its_next_step(status, role, what):
    assert waits(role, make.plan(status).district) == [what]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEMBER, Role.HQ_ADMIN])
def test_nothing_waits_for_who_takes_no_step(status, role):
    assert waits(role, make.plan(status).district) == []


def test_a_returned_draft_says_so():
    plan = make.plan(Status.UNDER_ASSESSMENT)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = Details(note="The baseline has no source.", reason_codes=["baseline"])
    workflow.take(plan, Action.RETURN, by=officer, details=said)

    assert waits(Role.CONVENER, plan.district) == [
        "Mend the returned draft and submit it"
    ]
    assert waits(Role.STAFF, plan.district) == ["Mend the returned draft"]


def test_nobody_assesses_what_they_submitted_so_it_does_not_wait_for_them():
    plan = make.complete(make.draft())
    officer = make.official(Role.RA_OFFICER, plan.district)
    workflow.take(plan, Action.SUBMIT, by=officer)

    assert waits_in(plan.district, again(officer)) == []
    assert waits(Role.RA_OFFICER, plan.district) == ["Assess the draft plan"]


def test_an_endorsement_waits_until_the_state_spoke_or_its_time_is_over(on_day):
    plan = make.complete(make.draft())
    State.objects.update(officers_endorse_plans=True)
    make.step(plan, Action.SUBMIT)
    officer = make.official(Role.STATE_OFFICER, plan.district)

    (item,) = waits_in(plan.district, again(officer))
    assert item.what == "Endorse the draft plan"
    assert item.due_on == dt.date(2026, 12, 22)

    on_day(2026, 12, 22)
    assert waits_in(plan.district, again(officer)) == []

    on_day(2026, 11, 23)
    workflow.take(plan, Action.ENDORSE, by=officer)
    assert waits_in(plan.district, again(officer)) == []


def test_a_district_without_a_plan_waits_for_one_to_be_started():
    place = make.district()

    assert waits(Role.CONVENER, place) == ["Start the plan"]
    make.draft(place)
    assert waits(Role.CONVENER, place) == ["Complete the draft and submit it"]


def test_an_old_plan_has_no_due_date_and_comes_last():
    ra = make.regional_authority()
    old = make.recorded(make.district("Ajmer", ra=ra))
    make.district("Barmer", ra=ra)

    found = worklist(make.official(Role.RA_OFFICER, old.district)).groups(Wanted())

    assert [group.items[0].what for group in found] == [
        "Start the plan",
        "Structure the plan",
    ]
    assert found[1].items[0].due_on is None
    assert found[1].items[0].url == old.get_absolute_url()


def test_a_district_with_an_old_plan_in_force_waits_for_no_other():
    for status in (Status.UNSTRUCTURED, Status.TRANSCRIBED):
        assert "Start the plan" not in waits(Role.CONVENER, make.plan(status).district)


def test_comments_wait_until_somebody_has_read_them():
    consultation = make.consultation(make.draft())
    first, second = make.comment(consultation), make.comment(consultation)
    place = consultation.plan.district

    assert "Read 2 comments on the draft" in waits(Role.CONVENER, place)
    assert not [what for what in waits(Role.MEMBER, place) if "comment" in what]
    type(second).objects.filter(pk=second.pk).update(status="shown")
    assert "Read 1 comment on the draft" in waits(Role.RA_OFFICER, place)
    type(first).objects.filter(pk=first.pk).update(status="shown")
    assert not [what for what in waits(Role.RA_OFFICER, place) if "comment" in what]


@pytest.mark.parametrize("kind", ["correction", "erratum"])
def test_what_another_office_asks_to_put_right_waits_for_who_may_decide(kind):
    plan = make.plan(Status.ADOPTED)
    asked = putting_right(plan, kind)

    (item,) = [
        item
        for item in waits_in(plan.district, make.official(Role.CHAIR, plan.district))
        if item.kind == kind
    ]

    assert item.url == reverse(f"desk:{kind}", args=[asked.pk])
    day = timezone.localtime(asked.recorded_at).date()
    assert item.detail == f"Another office asked for it on {written(day)}."
    assert item.due_on == day + dt.timedelta(days=15)
    who_asked = make.holder_of(Role.RA_OFFICER, plan.district)
    kinds = [item.kind for item in waits_in(plan.district, again(who_asked))]
    assert kind not in kinds


# When


@pytest.mark.parametrize(
    ("status", "role", "days"),
    [
        (Status.DRAFT, Role.CONVENER, 30),
        (Status.UNDER_ASSESSMENT, Role.RA_OFFICER, 15),
        (Status.ASSESSED, Role.CHAIR, 30),
        (Status.RECORDED, Role.CHAIR, 15),
        (Status.ADOPTED, Role.RA_OFFICER, 15),
        (Status.TRANSCRIBED, Role.RA_OFFICER, 15),
    ],
)
def test_a_step_is_due_so_many_days_after_the_one_before(on_day, status, role, days):
    place = make.plan(status).district

    (item,) = waits_in(place, make.official(role, place))

    assert item.due_on == dt.date(2026, 11, 22) + dt.timedelta(days=days)


def test_a_report_is_due_fifteen_days_after_its_quarter(on_day):
    place = in_force(on_day).district

    due = [
        item.due_on for item in waits_in(place, make.official(Role.RA_OFFICER, place))
    ]

    assert due == [dt.date(2026, 7, 15), dt.date(2026, 10, 15)]


@pytest.mark.parametrize(
    ("days", "word"), [(-1, "overdue"), (0, "soon"), (7, "soon"), (8, "later")]
)
def test_what_is_due_within_a_week_is_soon(days, word):
    today = dt.date(2026, 11, 22)

    assert urgency(today + dt.timedelta(days=days), today) == word
    assert urgency(None, today) == Urgency.LATER
