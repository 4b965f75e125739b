"""The life of a plan, step by step, and what each step refuses."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from actionplans import workflow
from actionplans.blockers import Details, adoptable
from actionplans.models import Plan
from actionplans.workflow import StepBlocked
from portal.models import DataVersion
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", Status)
def test_a_plan_comes_to_every_status_by_real_steps(status):
    plan = make.plan(status)

    plan.refresh_from_db()
    assert plan.status == status


def test_every_step_leaves_an_event_with_the_appointment_that_acted():
    plan = make.plan(Status.PUBLISHED)

    events = list(plan.events.select_related("appointment"))

    assert [(e.action, e.before, e.after) for e in events] == [
        ("start", "", "draft"),
        ("submit", "draft", "under_assessment"),
        ("assess", "under_assessment", "assessed"),
        ("adopt", "assessed", "adopted"),
        ("publish", "adopted", "published"),
    ]
    assert [e.appointment.role for e in events] == [
        Role.CONVENER,
        Role.CONVENER,
        Role.RA_OFFICER,
        Role.CHAIR,
        Role.RA_OFFICER,
    ]
    assert {e.effective_on for e in events} == {timezone.localdate()}


@pytest.mark.parametrize("role", [Role.STAFF, Role.MEMBER, Role.AUDITOR, Role.HQ_ADMIN])
def test_who_only_reads_or_types_cannot_submit(role):
    plan = make.plan()
    person = make.official(role, plan.district)

    with pytest.raises(PermissionDenied):
        workflow.take(plan, Action.SUBMIT, by=person)


def test_an_incomplete_plan_is_not_submitted_and_says_what_is_missing():
    plan = make.draft()
    convener = make.holder_of(Role.CONVENER, plan.district)

    with pytest.raises(StepBlocked, match="Write section 1, District profile"):
        workflow.take(plan, Action.SUBMIT, by=convener)

    plan.refresh_from_db()
    assert plan.status == Status.DRAFT


def test_nobody_assesses_what_they_submitted():
    plan = make.complete(make.draft())
    officer = make.official(Role.CONVENER, plan.district)
    make.appointment(officer, Role.RA_OFFICER, plan.district)
    make.step(plan, Action.SUBMIT, by=officer)

    with pytest.raises(PermissionDenied):
        make.step(plan, Action.ASSESS, by=officer)

    make.step(plan, Action.ASSESS, by=make.official(Role.RA_OFFICER, plan.district))
    assert plan.status == Status.ASSESSED


def test_a_returned_plan_can_be_mended_and_comes_back():
    plan = make.plan(Status.UNDER_ASSESSMENT)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = make.details(plan, Action.RETURN)

    event = workflow.take(plan, Action.RETURN, by=officer, details=said)

    assert plan.status == Status.DRAFT
    assert plan.submitted_by is None
    assert event.returned_for == ["A baseline is missing or unsourced"]
    make.step(plan, Action.SUBMIT)
    assert plan.status == Status.UNDER_ASSESSMENT


@pytest.mark.parametrize(
    ("details", "asked"),
    [
        (Details(reason_codes=["baseline"]), "Say why"),
        (Details(note="Because."), "Tick what must be mended"),
    ],
)
def test_a_return_says_why_and_what_must_be_mended(details, asked):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)

    with pytest.raises(StepBlocked, match=asked):
        workflow.take(plan, Action.RETURN, by=officer, details=details)


def test_a_recorded_adoption_goes_back_one_step_only():
    plan = make.plan(Status.RECORDED)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = make.details(plan, Action.RETURN)

    workflow.take(plan, Action.RETURN, by=officer, details=said)

    assert plan.status == Status.ASSESSED
    assert plan.recorded_by is None


@pytest.mark.parametrize("quorum", [True, False])
def test_an_adoption_needs_a_meeting_with_quorum(quorum):
    plan = make.plan(Status.ASSESSED)
    chair = make.holder_of(Role.CHAIR, plan.district)
    decision = make.adoption(plan, quorum=quorum)
    said = Details(decision=decision)

    if quorum:
        workflow.take(plan, Action.ADOPT, by=chair, details=said)
        assert (plan.status, plan.number) == (Status.ADOPTED, 1)
    else:
        with pytest.raises(StepBlocked, match="Record a meeting with quorum"):
            workflow.take(plan, Action.ADOPT, by=chair, details=said)


def test_the_state_may_ask_for_another_quorum():
    plan = make.plan(Status.ASSESSED)
    decision = make.adoption(plan)

    for seats, carried in ((12, True), (13, False)):
        type(decision.meeting).objects.update(quorum=seats)
        assert (decision in adoptable(plan, Action.ADOPT)) is carried


def test_a_decision_about_another_plan_does_not_count():
    plan = make.plan(Status.ASSESSED)
    other = make.plan(Status.ASSESSED)
    make.adoption(plan)
    chair = make.holder_of(Role.CHAIR, plan.district)

    with pytest.raises(StepBlocked):
        workflow.take(
            plan, Action.ADOPT, by=chair, details=Details(decision=make.adoption(other))
        )


def test_recording_an_adoption_needs_signed_minutes():
    plan = make.plan(Status.ASSESSED)
    decision = make.adoption(plan)
    decision.meeting.minutes = None
    decision.meeting.save()
    convener = make.holder_of(Role.CONVENER, plan.district)

    with pytest.raises(StepBlocked, match="signed minutes"):
        workflow.take(
            plan,
            Action.RECORD_ADOPTION,
            by=convener,
            details=Details(decision=decision),
        )


def test_a_recorded_adoption_is_confirmed_by_another_office():
    plan = make.plan(Status.RECORDED)
    recorder = plan.recorded_by.user
    colleague = make.official(Role.CONVENER, plan.district)
    make.appointment(recorder, Role.STATE_OFFICER, plan.district)

    for person in (recorder, colleague):
        with pytest.raises(PermissionDenied):
            workflow.take(plan, Action.CONFIRM, by=person)

    state = make.official(Role.STATE_OFFICER, plan.district)
    event = workflow.take(plan, Action.CONFIRM, by=state)
    assert plan.status == Status.ADOPTED
    assert event.decision is not None
    assert event.effective_on == event.decision.meeting.held_on


def test_an_adoption_holds_from_the_day_of_the_meeting_once_that_is_confirmed():
    plan = make.plan(Status.ASSESSED)
    chair = make.holder_of(Role.CHAIR, plan.district)
    held = timezone.localdate() - dt.timedelta(days=20)
    decision = make.adoption(plan, held_on=held)

    with pytest.raises(StepBlocked, match="confirm"):
        workflow.take(plan, Action.ADOPT, by=chair, details=Details(decision=decision))

    said = Details(decision=decision, earlier=True)
    event = workflow.take(plan, Action.ADOPT, by=chair, details=said)
    assert event.effective_on == held


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "in the future"), (-1, "before the last step")]
)
def test_a_step_is_neither_in_the_future_nor_before_the_last(days, sentence):
    plan = make.plan()
    convener = make.holder_of(Role.CONVENER, plan.district)
    day = timezone.localdate() + dt.timedelta(days=days)

    with pytest.raises(StepBlocked, match=sentence):
        workflow.take(
            plan, Action.SUBMIT, by=convener, details=Details(effective_on=day)
        )


def test_an_order_may_be_older_than_the_publication_but_not_than_the_adoption(later):
    plan = make.plan(Status.ADOPTED)
    adopted_on = timezone.localdate()
    convener = make.holder_of(Role.CONVENER, plan.district)
    later(20)
    make.step(plan, Action.PUBLISH, effective_on=adopted_on + dt.timedelta(days=20))

    def notify(days):
        on = adopted_on + dt.timedelta(days=days)
        said = Details(order_number="88/2026", effective_on=on)
        return workflow.take(plan, Action.NOTIFY, by=convener, details=said)

    with pytest.raises(StepBlocked, match="before the last step"):
        notify(-1)
    assert notify(5).effective_on == adopted_on + dt.timedelta(days=5)

    # Nor may what is typed afterwards go by the day of the order.
    headquarters = make.official(Role.HQ_OFFICER)
    said = Details(note="Why", effective_on=adopted_on + dt.timedelta(days=10))
    with pytest.raises(StepBlocked, match="before the last step"):
        workflow.take(plan, Action.ANNUL, by=headquarters, details=said)


def test_a_comment_does_not_bind_the_day_of_a_step_that_is_typed_later(later):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    later(9)
    day = timezone.localdate() - dt.timedelta(days=3)
    chair = make.official(Role.CHAIR, plan.district)
    workflow.take(plan, Action.COMMENT, by=chair, details=Details(note="Well done."))

    make.step(plan, Action.ASSESS, effective_on=day)

    assert plan.events.latest("pk").effective_on == day


def test_a_step_is_not_before_the_district():
    today = timezone.localdate()
    plan = make.plan(place=make.district(since=today))
    convener = make.holder_of(Role.CONVENER, plan.district)
    day = today - dt.timedelta(days=3)

    with pytest.raises(StepBlocked, match="did not exist"):
        workflow.take(
            plan, Action.SUBMIT, by=convener, details=Details(effective_on=day)
        )


def test_publishing_supersedes_the_plan_in_force():
    old = make.plan(Status.SUPERSEDED)

    new = Plan.objects.in_force().get()

    assert (old.number, new.number) == (1, 2)
    assert new.amends == old
    assert [e.action for e in old.events.all()][-1] == "supersede"
    assert old.events.last().appointment is None


def test_annulling_puts_the_predecessor_in_force_again():
    old = make.plan(Status.SUPERSEDED)
    new = Plan.objects.in_force().get()

    make.step(new, Action.ANNUL)

    old.refresh_from_db()
    assert (old.status, new.status) == (Status.PUBLISHED, Status.ANNULLED)
    assert old.events.last().action == Action.REINSTATE


def test_after_an_annulment_the_plan_that_was_in_force_last_is_so_again():
    place = make.recorded().district
    for _second_and_third in range(2):
        newest = make.plan(Status.PUBLISHED, place)

    make.step(newest, Action.ANNUL)

    standing = dict(place.plans.values_list("number", "status"))
    assert standing == {1: "superseded", 2: "published", 3: "annulled"}


def test_an_amendment_keeps_the_lines_and_a_copy_from_a_peer_does_not():
    peer = make.plan(Status.PUBLISHED)
    lines = set(peer.targets.values_list("line", flat=True))

    amendment = make.draft(peer.district, like=peer)
    copy = make.draft(like=peer)

    assert set(amendment.targets.values_list("line", flat=True)) == lines
    assert copy.targets.count() == amendment.targets.count() == len(lines)
    assert not lines & set(copy.targets.values_list("line", flat=True))
    assert copy.amends is None
    own = copy.targets.filter(plan_product__plan=copy)
    assert own.count() == len(lines)


def test_two_people_cannot_start_a_plan_at_once():
    place = make.district()
    make.draft(place)

    with pytest.raises(PermissionDenied):
        make.draft(place)


def test_a_step_taken_twice_is_refused_the_second_time():
    plan = make.plan(Status.UNDER_ASSESSMENT)
    stale = Plan.objects.get(pk=plan.pk)
    make.step(plan, Action.ASSESS)

    with pytest.raises(PermissionDenied):
        make.step(stale, Action.ASSESS)
    assert plan.events.filter(action=Action.ASSESS).count() == 1


def test_headquarters_acts_for_a_vacant_post_and_the_event_says_so():
    plan = make.plan()
    plan.district.appointments.update(until=timezone.localdate())
    headquarters = make.official(Role.HQ_OFFICER)

    event = workflow.take(plan, Action.SUBMIT, by=headquarters)

    assert event.acting_for == Role.CONVENER
    assert event.appointment.role == Role.HQ_OFFICER


def test_headquarters_does_not_act_where_somebody_holds_the_post():
    plan = make.plan()
    make.official(Role.RA_OFFICER, plan.district)

    with pytest.raises(PermissionDenied):
        make.step(plan, Action.SUBMIT, by=make.official(Role.HQ_OFFICER))


def test_where_the_state_endorses_plans_assessing_waits_for_it():
    plan = make.plan(Status.UNDER_ASSESSMENT)
    plan.district.state.officers_endorse_plans = True
    plan.district.state.save()

    with pytest.raises(StepBlocked, match="to endorse the plan"):
        make.step(plan, Action.ASSESS)

    officer = make.official(Role.STATE_OFFICER, plan.district)
    workflow.take(plan, Action.ENDORSE, by=officer)
    make.step(plan, Action.ASSESS)
    assert plan.status == Status.ASSESSED


def test_a_notification_carries_its_order_and_moves_nothing():
    plan = make.plan(Status.ADOPTED)
    convener = make.holder_of(Role.CONVENER, plan.district)

    with pytest.raises(StepBlocked, match="number of the order"):
        workflow.take(plan, Action.NOTIFY, by=convener)

    said = make.details(plan, Action.NOTIFY)
    event = workflow.take(plan, Action.NOTIFY, by=convener, details=said)
    assert (event.order_number, plan.status) == ("88/2026", Status.ADOPTED)


def test_every_step_raises_the_data_version():
    plan = make.plan()
    before = DataVersion.current().number

    make.step(plan, Action.SUBMIT)

    assert DataVersion.current().number == before + 1


def test_open_steps_are_those_that_the_user_may_take_with_what_blocks_them():
    plan = make.draft()
    convener = make.holder_of(Role.CONVENER, plan.district)

    steps = {step.action: step for step in workflow.open_steps(plan, convener)}

    assert set(steps) == {Action.SUBMIT, Action.CONSULT, Action.DISCARD}
    assert len(steps[Action.SUBMIT].blockers) == 12
    assert steps[Action.DISCARD].blockers == []
