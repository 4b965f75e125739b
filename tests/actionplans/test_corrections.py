"""Putting right what was recorded of a step: who asks, who decides, what then holds."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans import corrections, history, workflow
from actionplans.blockers import Details, blockers, unsaid
from actionplans.models import Correction, Plan, PlanEvent
from actionplans.stages import Stage, standings
from portal.conditions import open_q
from portal.models import DataVersion
from portal.terms import Action, Confirmation, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days_ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def place():
    return make.district()


@pytest.fixture
def plan(place):
    """Started 40 days ago, submitted 30 days ago, assessed 20 days ago."""
    plan = make.complete(make.draft(place))
    redated(plan.events.get(), 40)
    make.step(plan, Action.SUBMIT, effective_on=days_ago(30))
    make.step(plan, Action.ASSESS, effective_on=days_ago(20))
    return plan


def redated(event, days, by=None):
    """The event that stands once its day is corrected."""
    officer = by or make.holder_of(event.appointment.role, event.plan.district)
    asked = corrections.ask(
        event,
        by=officer,
        on=days_ago(days),
        order_number=event.order_number,
        reason="The register of letters says so.",
    )
    corrections.decide(asked, by=make.official(Role.HQ_OFFICER), confirm=True)
    return PlanEvent.objects.get(replaces=event)


def event(plan, action):
    return plan.events.standing().get(action=action)


def convener(place):
    return make.holder_of(Role.CONVENER, place)


def page(name, thing, *more):
    return reverse(f"desk:{name}", args=[thing.pk, *more])


def form(day, reason="Typed wrongly."):
    return {"effective_on": day.isoformat(), "reason": reason}


# From the plan's page to the decision, as two offices click through it.


def test_two_offices_correct_the_day_of_a_step(client, plan, place):
    old = event(plan, Action.SUBMIT)
    client.force_login(convener(place))
    address = page("event-correct", plan, old.pk)
    assert f'href="{address}"' in client.get(plan.get_absolute_url()).text

    answer = client.post(address, form(days_ago(25)))

    asked = Correction.objects.get(event=old)
    assert answer.url == page("correction", asked)
    assert event(plan, Action.SUBMIT) == old
    text = client.get(plan.get_absolute_url()).text
    assert "A correction waits for another office" in text
    assert "Confirm</button>" not in client.get(answer.url).text

    version = DataVersion.current().number
    client.force_login(make.holder_of(Role.RA_OFFICER, place))
    assert "Confirm</button>" in client.get(answer.url).text
    client.post(answer.url, {"answer": "confirm"})

    new = event(plan, Action.SUBMIT)
    assert (new.replaces, new.effective_on) == (old, days_ago(25))
    assert (new.appointment, new.note) == (old.appointment, old.note)
    assert DataVersion.current().number > version
    asked.refresh_from_db()
    assert asked.status == Confirmation.CONFIRMED
    assert asked.decided_by.role == Role.RA_OFFICER
    text = client.get(plan.get_absolute_url()).text
    was = f"{days_ago(30).day} {days_ago(30):%b %Y}"
    assert f'<s class="nw">{was}</s>' in text


def test_a_refused_correction_changes_nothing(client, plan, place):
    old = event(plan, Action.SUBMIT)
    client.force_login(convener(place))
    client.post(page("event-correct", plan, old.pk), form(days_ago(25)))
    asked = Correction.objects.get(event=old)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    client.post(page("correction", asked), {"answer": "refuse"})

    assert event(plan, Action.SUBMIT) == old
    asked.refresh_from_db()
    assert asked.status == Confirmation.REFUSED
    client.force_login(convener(place))
    client.post(page("event-correct", plan, old.pk), form(days_ago(26)))
    assert Correction.objects.filter(event=old).count() == 2


def test_who_asked_does_not_decide(client, plan, place):
    person = convener(place)
    asked = corrections.ask(
        event(plan, Action.SUBMIT),
        by=person,
        on=days_ago(25),
        order_number="",
        reason="Typed wrongly.",
    )
    # The same person in another office, and another person in the same office.
    make.appointment(person, Role.HQ_OFFICER)
    colleague = make.official(Role.CONVENER, place)

    for official in (type(person).objects.get(pk=person.pk), colleague):
        client.force_login(official)
        assert (
            client.post(page("correction", asked), {"answer": "confirm"}).status_code
            == 403
        )
    asked.refresh_from_db()
    assert asked.is_waiting


def test_a_decision_is_made_once(client, plan, place):
    asked = corrections.ask(
        event(plan, Action.SUBMIT),
        by=convener(place),
        on=days_ago(25),
        order_number="",
        reason="Typed wrongly.",
    )
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    for answer in ("confirm", "confirm", "refuse"):
        client.post(page("correction", asked), {"answer": answer})

    asked.refresh_from_db()
    assert asked.status == Confirmation.CONFIRMED
    assert plan.events.filter(action=Action.SUBMIT).count() == 2


def test_only_the_office_that_took_the_step_asks(client, plan, place):
    step = event(plan, Action.ASSESS)
    client.force_login(convener(place))
    address = page("event-correct", plan, step.pk)

    assert "Only the office that took a step" in client.get(address).text
    assert client.post(address, form(days_ago(19))).status_code == 403
    with pytest.raises(PermissionDenied):
        corrections.ask(
            step, by=convener(place), on=days_ago(19), order_number="", reason="Why."
        )
    assert f'href="{address}"' not in client.get(plan.get_absolute_url()).text


def test_the_successor_in_an_office_asks_for_what_the_predecessor_took(
    client, plan, place
):
    old = convener(place)
    old.appointments.update(until=TODAY)
    client.force_login(make.official(Role.CONVENER, place))

    answer = client.post(
        page("event-correct", plan, event(plan, Action.SUBMIT).pk), form(days_ago(25))
    )

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "lies in the future"),
        (41, "lies before “Start a plan”"),
        (19, "lies after “Record the assessment”"),
        (30, "recorded already"),
    ],
)
def test_the_day_stays_between_the_steps_beside_it(client, plan, place, days, said):
    client.force_login(convener(place))
    step = event(plan, Action.SUBMIT)

    text = client.post(page("event-correct", plan, step.pk), form(days_ago(days))).text

    assert said in text
    assert not Correction.objects.filter(event=step).exists()


def test_the_day_is_not_before_the_district(client, plan, place):
    type(place).objects.filter(pk=place.pk).update(since=days_ago(45))
    client.force_login(convener(place))
    first = event(plan, Action.START)

    text = client.post(page("event-correct", plan, first.pk), form(days_ago(46))).text

    assert "the district did not exist yet" in text


def test_the_day_is_checked_again_when_it_is_confirmed(client, plan, place):
    step = event(plan, Action.SUBMIT)
    asked = corrections.ask(
        step, by=convener(place), on=days_ago(22), order_number="", reason="Why."
    )
    redated(event(plan, Action.ASSESS), 24)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    text = client.post(
        page("correction", asked), {"answer": "confirm"}, follow=True
    ).text

    assert "lies after “Record the assessment”" in text
    assert event(plan, Action.SUBMIT) == step


def test_a_reason_is_asked_and_one_correction_at_a_time(client, plan, place):
    client.force_login(convener(place))
    address = page("event-correct", plan, event(plan, Action.SUBMIT).pk)

    assert (
        "Say why it is corrected." in client.post(address, form(days_ago(25), "")).text
    )
    client.post(address, form(days_ago(25)))
    assert "already waits" in client.post(address, form(days_ago(26))).text
    assert (
        Correction.objects.filter(event__plan=plan, event__action=Action.SUBMIT).count()
        == 1
    )


# What can be corrected.


def test_the_day_of_an_adoption_is_that_of_its_meeting(client, place):
    plan = make.plan(Status.ADOPTED, place)
    client.force_login(make.holder_of(Role.CHAIR, place))
    address = page("event-correct", plan, event(plan, Action.ADOPT).pk)

    assert "effective_on" not in client.get(address).text
    client.post(
        address, {**form(days_ago(9)), "order_number": "DEPC/7", "reason": "Left out."}
    )
    asked = Correction.objects.get()
    corrections.decide(asked, by=make.official(Role.HQ_OFFICER), confirm=True)

    new = event(plan, Action.ADOPT)
    assert (new.effective_on, new.order_number) == (TODAY, "DEPC/7")


def test_the_seal_stays_that_of_the_plan(client, place):
    plan = make.plan(Status.PUBLISHED, place)
    sealed = plan.seal.sha256
    asked = corrections.ask(
        event(plan, Action.ADOPT),
        by=make.holder_of(Role.CHAIR, place),
        on=TODAY,
        order_number="DEPC/7",
        reason="Left out.",
    )
    corrections.decide(asked, by=make.official(Role.HQ_OFFICER), confirm=True)

    text = client.get(reverse("plan", args=[place.state.slug, place.slug])).text

    assert sealed in text


def test_a_comment_and_what_happened_by_itself_are_not_corrected(place):
    first = make.plan(Status.PUBLISHED, place)
    draft = make.draft(place, like=first)
    make.step(draft, Action.SUBMIT)
    chair = make.holder_of(Role.CHAIR, place)
    workflow.take(draft, Action.COMMENT, by=chair, details=Details(note="Good."))
    for action in (Action.ASSESS, Action.ADOPT):
        make.step(draft, action)
    workflow.publish_by_itself(draft)
    officer = make.holder_of(Role.RA_OFFICER, place)

    assert not corrections.is_correctable(event(draft, Action.COMMENT))
    for step in (event(draft, Action.PUBLISH), event(first, Action.SUPERSEDE)):
        assert not corrections.is_of_office(officer, step)


def test_an_order_number_is_corrected_with_the_notification(client, place):
    plan = make.plan(Status.PUBLISHED, place)
    workflow.take(
        plan,
        Action.NOTIFY,
        by=convener(place),
        details=Details(order_number="88/2026"),
    )
    client.force_login(convener(place))
    step = event(plan, Action.NOTIFY)
    client.post(
        page("event-correct", plan, step.pk), {**form(TODAY), "order_number": "89/2026"}
    )
    client.force_login(make.holder_of(Role.RA_OFFICER, place))
    client.post(page("correction", Correction.objects.get()), {"answer": "confirm"})

    text = client.get(reverse("plan", args=[place.state.slug, place.slug])).text
    assert "89/2026" in text
    assert "88/2026" not in text


def test_the_order_of_a_published_plan_is_corrected_to_its_own_day(place, later):
    plan = make.plan(Status.ADOPTED, place)
    later(20)
    make.step(plan, Action.PUBLISH, effective_on=timezone.localdate())
    order = workflow.take(
        plan,
        Action.NOTIFY,
        by=convener(place),
        details=Details(order_number="88/2026"),
    )

    assert not corrections.wrong_day(order, TODAY + dt.timedelta(days=5))
    assert corrections.wrong_day(order, days_ago(1))


def test_of_two_who_ask_at_once_one_waits_for_the_other(client, plan, place):
    """SQLite lets one write anyhow; there the plan is at least read first."""
    lock = "FOR UPDATE" if connection.features.has_select_for_update else "SELECT"
    step = event(plan, Action.SUBMIT)
    client.force_login(convener(place))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.post(page("event-correct", plan, step.pk), form(days_ago(25)))

    said = [query["sql"] for query in queries]
    locks = [sql for sql in said if lock in sql and 'FROM "actionplans_plan"' in sql]
    asked = next(at for at, sql in enumerate(said) if "actionplans_correction" in sql)
    assert said.index(locks[0]) < asked


def test_the_plan_before_ends_on_the_day_on_which_the_next_came_into_force(
    place, later
):
    old = make.plan(Status.PUBLISHED, place)
    following = make.draft(place, like=old)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT):
        make.step(following, action)
    later(10)
    make.step(following, Action.PUBLISH)
    published = event(following, Action.PUBLISH)
    assert event(old, Action.SUPERSEDE).effective_on == published.effective_on

    redated(published, -5)

    for plan, action in ((following, Action.PUBLISH), (old, Action.SUPERSEDE)):
        assert event(plan, action).effective_on == days_ago(-5)


def test_a_plan_comes_into_force_after_the_one_before_it(place, later):
    old = make.plan(Status.ADOPTED, place)
    later(6)
    make.step(old, Action.PUBLISH)
    following = make.draft(place, like=old)
    for action in (Action.SUBMIT, Action.ASSESS):
        make.step(following, action)
    decision = make.adoption(following, held_on=TODAY)
    make.step(following, Action.ADOPT, decision=decision, earlier=True)
    later(10)
    make.step(following, Action.PUBLISH)

    with pytest.raises(corrections.CorrectionBlocked, match="before “Publish”"):
        redated(event(following, Action.PUBLISH), -5)


# What reads the steps.


def test_stages_and_lists_go_by_the_corrected_day(client, plan, place):
    redated(event(plan, Action.SUBMIT), 25)

    standing = standings()[place.pk]
    assert standing.reached[Stage.DRAFTED] == days_ago(25)
    assert standing.since == days_ago(20)
    client.force_login(convener(place))
    (row,) = client.get(reverse("desk:plans")).context["page"]
    assert row.since == days_ago(20)


def test_a_corrected_submission_does_not_undo_the_endorsement(client, place, later):
    type(place.state).objects.filter(pk=place.state_id).update(
        officers_endorse_plans=True
    )
    place.state.refresh_from_db()
    plan = make.complete(make.draft(place))
    later(10)
    make.step(plan, Action.SUBMIT)
    officer = make.official(Role.STATE_OFFICER, place)
    workflow.take(plan, Action.ENDORSE, by=officer)
    redated(event(plan, Action.SUBMIT), -5)
    client.force_login(officer)

    assert blockers(plan, Action.ASSESS) == []
    assert "Endorse the draft" not in client.get(reverse("desk:worklist")).text


def test_the_latest_step_is_not_the_one_recorded_last(plan):
    redated(event(plan, Action.SUBMIT), 25)

    assert history.latest(plan).action == Action.ASSESS
    assert not unsaid(
        plan, Action.ANNUL, Details(note="Why.", effective_on=days_ago(20))
    )
    early = Details(note="Why.", effective_on=days_ago(21))
    assert "lies before the last step" in unsaid(plan, Action.ANNUL, early)[0]


def test_a_correction_of_a_correction_keeps_both(client, plan, place):
    first = event(plan, Action.SUBMIT)
    second = redated(first, 25)
    third = redated(second, 27)

    steps = history.steps(plan.events.all())

    found = next(step for step in steps if step.event == third)
    assert found.was == [second, first]
    assert [step.event.action for step in steps] == ["start", "submit", "assess"]
    client.force_login(convener(place))
    text = client.get(plan.get_absolute_url()).text
    for days in (30, 25):
        was = f"{days_ago(days).day} {days_ago(days):%b %Y}"
        assert f'<s class="nw">{was}</s>' in text


def test_those_who_may_decide_are_the_same_asked_one_by_one_or_all_at_once(plan, place):
    corrections.ask(
        event(plan, Action.SUBMIT),
        by=convener(place),
        on=days_ago(25),
        order_number="",
        reason="Why.",
    )
    asked = Correction.objects.get(status=Confirmation.WAITING)
    elsewhere = make.district()
    people = [*make.everybody(place), *make.everybody(elsewhere), convener(place)]

    able = {person for person in people if waits_for(person)}
    assert able == {p for p in people if p.may(Action.CONFIRM_CORRECTION, asked)}
    assert {a.role for person in able for a in person.current_appointments} == {
        *(Role.HQ_OFFICER, Role.RA_OFFICER, Role.STATE_OFFICER, Role.CHAIR)
    }


def waits_for(person):
    mine = open_q(person, Action.CONFIRM_CORRECTION)
    return Correction.objects.filter(mine).exists()


def test_the_history_takes_a_fixed_number_of_queries(
    client, plan, place, django_assert_max_num_queries
):
    client.force_login(convener(place))
    client.get(plan.get_absolute_url())
    with django_assert_max_num_queries(60) as before:
        client.get(plan.get_absolute_url())
    redated(event(plan, Action.SUBMIT), 25)
    redated(event(plan, Action.ASSESS), 19)
    with django_assert_max_num_queries(len(before)):
        client.get(plan.get_absolute_url())


def test_the_database_lets_a_step_be_replaced_once():
    plan = make.plan(Status.DRAFT)
    step = plan.events.get()
    corrections._again(step, TODAY, "")

    with pytest.raises(IntegrityError), transaction.atomic():
        corrections._again(step, TODAY, "")
    assert Plan.objects.get().events.standing().count() == 1
