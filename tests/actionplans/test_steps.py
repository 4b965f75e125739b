"""Taking steps with a plan: what each asks, the summary, and what is refused."""

import datetime as dt
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import Check, PlanEvent
from portal.rules import STEPS
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CONFIRM = {"confirm": "yes"}
CHECKLIST = {f"check_{name}": "yes" for name in Check.values}
# A plan on which each step can be taken, who takes it, and what the form asks.
STEPS_TAKEN = [
    (Status.DRAFT, Action.SUBMIT, Role.CONVENER, {}),
    (Status.UNDER_ASSESSMENT, Action.WITHDRAW, Role.CONVENER, {"note": "A mistake."}),
    (Status.UNDER_ASSESSMENT, Action.COMMENT, Role.MEMBER, {"note": "Well done."}),
    (
        Status.UNDER_ASSESSMENT,
        Action.RETURN,
        Role.RA_OFFICER,
        {"note": "Name the source.", "reason_codes": ["baseline"]},
    ),
    (Status.UNDER_ASSESSMENT, Action.ASSESS, Role.RA_OFFICER, CHECKLIST),
    (Status.ASSESSED, Action.ADOPT, Role.CHAIR, {}),
    (Status.ASSESSED, Action.RECORD_ADOPTION, Role.CONVENER, {}),
    (Status.RECORDED, Action.CONFIRM, Role.STATE_OFFICER, {}),
    (Status.ADOPTED, Action.NOTIFY, Role.CONVENER, {"order_number": "88/2026"}),
    (Status.ADOPTED, Action.PUBLISH, Role.RA_OFFICER, {}),
    (Status.PUBLISHED, Action.ANNUL, Role.HQ_OFFICER, {"note": "Court order 4."}),
    (Status.DRAFT, Action.DISCARD, Role.CONVENER, {"note": "The district ends."}),
    (Status.ADOPTED, Action.HOLD, Role.RA_OFFICER, {"note": "A court asked for it."}),
    (
        Status.DRAFT,
        Action.CONSULT,
        Role.CONVENER,
        {"opens_on": TODAY.isoformat(), "closes_on": TODAY.isoformat()},
    ),
    (Status.UNSTRUCTURED, Action.HAND_IN, Role.CONVENER, {"note": "None."}),
    (Status.TRANSCRIBED, Action.TRANSCRIBE, Role.RA_OFFICER, {}),
]


def step_page(plan, action):
    return reverse("desk:plan-step", args=[plan.pk, action])


def typed(plan, **values):
    today = str(dt.date.today())  # noqa: DTZ011
    latest = plan.events.order_by("-pk").first()
    return {"after": latest.pk, "effective_on": today, **values}


def signed_in(client, plan, role, *, asked_lately=True):
    person = make.holder_of(role, plan.district)
    client.force_login(person)
    if asked_lately:
        prove_again(client, person)
    return person


def prove_again(client, person):
    """As if they had just come back from the page that asks for it."""
    session = client.session
    record = {"method": "password", "at": time.time()}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def assessed_with_decision(**values):
    plan = make.plan(Status.ASSESSED)
    return plan, make.adoption(plan, **values)


@pytest.mark.parametrize(("status", "action", "role", "values"), STEPS_TAKEN)
def test_every_step_is_asked_summarised_confirmed_and_taken(
    client, status, action, role, values
):
    plan = make.plan(status)
    if action in (Action.ADOPT, Action.RECORD_ADOPTION):
        values = {"decision": make.adoption(plan).pk}
    signed_in(client, plan, role)
    before = plan.events.count()
    sent = typed(plan, **values)

    asked = client.get(step_page(plan, action))
    summary = client.post(step_page(plan, action), sent)

    assertContains(asked, "Continue")
    assertContains(summary, f"Confirm: {action.label}")
    assert plan.events.count() == before

    response = client.post(step_page(plan, action), sent | CONFIRM)

    assertRedirects(response, reverse("desk:plan", args=[plan.pk]))
    assert plan.events.order_by("-pk").first().action in (action, Action.SUPERSEDE)


def test_all_steps_but_the_endorsement_are_tried_above():
    assert {row[1] for row in STEPS_TAKEN} == set(STEPS) - {Action.ENDORSE}


def test_a_state_that_endorses_plans_does_so_on_the_same_page(client):
    place = make.district(state=make.state(officers_endorse_plans=True))
    plan = make.plan(Status.UNDER_ASSESSMENT, place)
    signed_in(client, plan, Role.STATE_OFFICER)

    client.post(step_page(plan, Action.ENDORSE), typed(plan) | CONFIRM)

    assert plan.events.filter(action=Action.ENDORSE).exists()


def test_the_summary_repeats_what_was_typed_in_words(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.RA_OFFICER)
    sent = typed(plan, note="Name the source.", reason_codes=["baseline", "target"])

    response = client.post(step_page(plan, Action.RETURN), sent)

    assertContains(response, "Name the source.")
    assertContains(response, "A baseline is missing or unsourced")
    assertContains(response, "A target cannot be measured")


def test_from_the_summary_one_can_go_back_and_change(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.RA_OFFICER)
    sent = typed(plan, note="Name the source.", reason_codes=["baseline"])

    response = client.post(step_page(plan, Action.RETURN), sent | {"change": "yes"})

    assertContains(response, "Name the source.")
    assertContains(response, "Continue")
    assert plan.status == Status.UNDER_ASSESSMENT


LEFT_OUT = [
    ((Status.DRAFT, Action.DISCARD, Role.CONVENER), {}, "Say why, in a sentence"),
    (
        (Status.UNDER_ASSESSMENT, Action.RETURN, Role.RA_OFFICER),
        {"note": "Mend it."},
        "Tick what must be mended.",
    ),
    (
        (Status.UNDER_ASSESSMENT, Action.ASSESS, Role.RA_OFFICER),
        {"check_money": "yes"},
        "Answer yes or no.",
    ),
    (
        (Status.ADOPTED, Action.NOTIFY, Role.CONVENER),
        {},
        "This field is required.",
    ),
    (
        (Status.ADOPTED, Action.PUBLISH, Role.RA_OFFICER),
        {"effective_on": "2099-01-01"},
        "lies in the future",
    ),
    (
        (Status.ADOPTED, Action.PUBLISH, Role.RA_OFFICER),
        {"effective_on": "2001-01-01"},
        "lies before the last step",
    ),
    (
        (Status.ADOPTED, Action.PUBLISH, Role.RA_OFFICER),
        {"effective_on": "soon"},
        "Enter a valid date.",
    ),
]


@pytest.mark.parametrize(("case", "values", "sentence"), LEFT_OUT)
@pytest.mark.parametrize("button", [{}, CONFIRM])
def test_what_is_left_out_is_asked_for_and_nothing_typed_is_lost(
    client, case, values, sentence, button
):
    status, action, role = case
    plan = make.plan(status)
    signed_in(client, plan, role)

    response = client.post(step_page(plan, action), typed(plan, **values) | button)

    assertContains(response, sentence)
    for value in values.values():
        assertContains(response, value)
    plan.refresh_from_db()
    assert plan.status == status


def test_an_incomplete_draft_says_what_is_missing_instead_of_asking(client):
    plan = make.draft()
    signed_in(client, plan, Role.CONVENER)

    asked = client.get(step_page(plan, Action.SUBMIT))
    sent = client.post(step_page(plan, Action.SUBMIT), typed(plan) | CONFIRM)

    assertContains(asked, "Write section 1, District profile")
    assertNotContains(asked, "Continue")
    assertContains(sent, "Write section 1, District profile")
    plan.refresh_from_db()
    assert plan.status == Status.DRAFT


def test_without_a_meeting_adopting_leads_to_the_committee(client):
    plan = make.plan(Status.ASSESSED)
    signed_in(client, plan, Role.CHAIR)

    response = client.get(step_page(plan, Action.ADOPT))

    assertContains(response, "Record a meeting with quorum")
    place = plan.district
    committee = reverse("desk:committee", args=[place.state.slug, place.slug])
    assertContains(response, committee)


def test_only_decisions_of_meetings_with_quorum_are_offered(client):
    plan, good = assessed_with_decision()
    without = make.meeting(plan.district, quorum=False)
    other = without.decisions.create(number=1, kind="adoption", plan=plan, text="So.")
    signed_in(client, plan, Role.CHAIR)

    asked = client.get(step_page(plan, Action.ADOPT))
    sent = client.post(
        step_page(plan, Action.ADOPT), typed(plan, decision=other.pk) | CONFIRM
    )

    assert list(asked.context["form"].decisions) == [str(good.pk)]
    assertContains(sent, "Select a valid choice.")


def test_an_earlier_meeting_must_be_meant(client):
    day = timezone.localdate() - dt.timedelta(days=9)
    plan, decision = assessed_with_decision(held_on=day)
    signed_in(client, plan, Role.CHAIR)
    sent = typed(plan, decision=decision.pk)

    doubted = client.post(step_page(plan, Action.ADOPT), sent)
    client.post(step_page(plan, Action.ADOPT), sent | {"earlier": "on"} | CONFIRM)

    assertContains(doubted, "confirm that the step was only typed later")
    plan.refresh_from_db()
    assert plan.status == Status.ADOPTED
    assert plan.events.get(action=Action.ADOPT).effective_on == day


def test_a_meeting_after_the_last_step_needs_no_such_word(client):
    plan, _decision = assessed_with_decision()
    signed_in(client, plan, Role.CHAIR)

    response = client.get(step_page(plan, Action.ADOPT))

    assertNotContains(response, "only typed later")


def test_an_assessment_keeps_each_answer(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.RA_OFFICER)
    answers = CHECKLIST | {"check_money": "no"}

    client.post(step_page(plan, Action.ASSESS), typed(plan, **answers) | CONFIRM)

    kept = plan.events.get(action=Action.ASSESS).checklist
    assert kept == {name: name != "money" for name in Check.values}


@pytest.mark.parametrize("button", [{}, CONFIRM])
def test_a_double_click_finds_that_the_plan_has_moved_on(client, button):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.RA_OFFICER)
    sent = typed(plan, **CHECKLIST)
    client.post(step_page(plan, Action.ASSESS), sent | CONFIRM)

    response = client.post(step_page(plan, Action.ASSESS), sent | button)

    assertContains(response, "The plan has moved on", status_code=409)
    assert plan.events.filter(action=Action.ASSESS).count() == 1


def test_a_comment_sent_twice_is_recorded_once(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.MEMBER)
    sent = typed(plan, note="The goal is low.")
    client.post(step_page(plan, Action.COMMENT), sent | CONFIRM)

    response = client.post(step_page(plan, Action.COMMENT), sent | CONFIRM)

    assertContains(response, "something else happened to the plan", status_code=409)
    assertContains(response, "The goal is low.", status_code=409)
    assert plan.events.filter(action=Action.COMMENT).count() == 1


def test_what_was_typed_while_something_else_happened_can_be_sent_again(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.RA_OFFICER)
    sent = typed(plan, note="Name the source.", reason_codes=["baseline"])
    PlanEvent.objects.create(
        plan=plan,
        action=Action.COMMENT,
        before=plan.status,
        after=plan.status,
        effective_on=timezone.localdate(),
        note="Look at the baseline.",
    )

    stale = client.post(step_page(plan, Action.RETURN), sent | CONFIRM)
    after = stale.context["form"]["after"].value()
    client.post(step_page(plan, Action.RETURN), sent | CONFIRM | {"after": after})

    assert stale.status_code == 409
    plan.refresh_from_db()
    assert plan.status == Status.DRAFT


@pytest.mark.parametrize("after", ["", "soon", "-1"])
def test_a_page_without_its_event_is_not_trusted(client, after):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan, Role.CONVENER)
    sent = typed(plan, note="A mistake.") | {"after": after} | CONFIRM

    response = client.post(step_page(plan, Action.WITHDRAW), sent)

    assert response.status_code == 409
    plan.refresh_from_db()
    assert plan.status == Status.UNDER_ASSESSMENT


@pytest.mark.parametrize("method", ["get", "post"])
def test_adopting_asks_for_the_second_factor_again(client, method):
    plan, _decision = assessed_with_decision()
    signed_in(client, plan, Role.CHAIR, asked_lately=False)

    response = getattr(client, method)(step_page(plan, Action.ADOPT))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/")
    assert "next=" in response["Location"]


def test_what_was_typed_waits_while_the_second_factor_is_asked(client):
    plan = make.plan(Status.PUBLISHED)
    person = signed_in(client, plan, Role.HQ_OFFICER, asked_lately=False)
    client.post(step_page(plan, Action.ANNUL), typed(plan, note="Court order 4."))
    prove_again(client, person)

    response = client.get(step_page(plan, Action.ANNUL))

    assertContains(response, "Court order 4.")


@pytest.mark.parametrize("step", ["start", "edit", "supersede", "reinstate", "burn"])
def test_what_nobody_takes_as_a_step_is_not_found(client, step):
    plan = make.draft()
    signed_in(client, plan, Role.CONVENER)

    response = client.post(f"/desk/plans/{plan.pk}/{step}/", {"note": "Now."})

    # Editing has a page of its own; the rest has none.
    assert response.status_code == (200 if step == "edit" else 404)


def test_a_stranger_is_asked_to_sign_in(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    page = step_page(plan, Action.ASSESS)

    assertRedirects(client.get(page), f"/accounts/login/?next={page}")
    assert client.post(page).status_code == 302


@pytest.mark.parametrize(("status", "action", "role", "values"), STEPS_TAKEN)
def test_a_step_is_not_found_outside_and_refused_inside(
    client, status, action, role, values
):
    plan = make.plan(status)
    page = step_page(plan, action)
    outsider = Role.CONVENER if role == Role.HQ_OFFICER else role
    client.force_login(make.official(outsider, make.district()))

    assert client.get(page).status_code == 404
    assert client.post(page, typed(plan, **values)).status_code == 404

    client.force_login(make.official(Role.AUDITOR))
    assert client.get(page).status_code == 403
    assert client.post(page, typed(plan, **values)).status_code == 403


def test_nobody_assesses_what_they_submitted(client):
    plan = make.complete(make.draft())
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    make.step(plan, Action.SUBMIT, by=officer)
    client.force_login(officer)

    assert client.get(step_page(plan, Action.ASSESS)).status_code == 403


def test_a_step_out_of_its_turn_is_told_so(client):
    plan = make.plan(Status.ASSESSED)
    signed_in(client, plan, Role.CONVENER)

    response = client.get(step_page(plan, Action.SUBMIT))

    assertContains(response, "The plan has moved on", status_code=409)
