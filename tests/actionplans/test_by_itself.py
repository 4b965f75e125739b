"""What happens to plans without anybody, and how a publication is held."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actionplans import by_itself, workflow
from actionplans.blockers import Details
from portal.models import DataVersion
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


def move_on():
    """What was said of plans."""
    out = StringIO()
    call_command("move_on", stdout=out)
    return out.getvalue().partition("Comments")[0]


def hold(plan, why="The gazette is late."):
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    workflow.take(plan, Action.HOLD, by=officer, details=Details(note=why))


def status(plan):
    plan.refresh_from_db()
    return plan.status


def public(client, plan):
    return client.get(plan.district.get_absolute_url()).text


def test_a_plan_is_published_by_itself_on_the_fifteenth_day(later):
    plan = make.plan(Status.ADOPTED)

    later(14)
    assert move_on() == "Plans moved on: 0.\n"
    assert status(plan) == Status.ADOPTED

    version = DataVersion.current().number
    day = later(15)
    assert move_on() == f"Published: {plan}\nPlans moved on: 1.\n"
    assert status(plan) == Status.PUBLISHED
    event = plan.events.last()
    assert (event.action, event.appointment) == (Action.PUBLISH, None)
    assert event.effective_on == day
    assert DataVersion.current().number > version


def test_what_was_done_is_not_done_again(later):
    plan = make.plan(Status.ADOPTED)
    later(15)
    move_on()

    assert move_on() == "Plans moved on: 0.\n"
    assert plan.events.filter(action=Action.PUBLISH).count() == 1


def test_the_plan_in_force_before_is_superseded(later):
    old = make.plan(Status.PUBLISHED)
    following = make.draft(old.district, like=old)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT):
        make.step(following, action)
    later(15)

    move_on()

    assert status(old) == Status.SUPERSEDED
    assert status(following) == Status.PUBLISHED


def test_a_hold_lasts_thirty_days_from_when_it_was_said(later):
    plan = make.plan(Status.ADOPTED)
    later(10)
    hold(plan)

    later(39)
    move_on()
    assert status(plan) == Status.ADOPTED
    later(40)
    move_on()
    assert status(plan) == Status.PUBLISHED


@pytest.mark.parametrize(
    ("action", "then"),
    [(Action.HOLD, Status.ADOPTED), (Action.PUBLISH, Status.PUBLISHED)],
)
def test_what_an_office_does_while_it_runs_counts(later, monkeypatch, action, then):
    first, second = (make.plan(Status.ADOPTED) for _ in range(2))
    officer = make.holder_of(Role.RA_OFFICER, second.district)
    publish = workflow.publish_by_itself

    def meanwhile(plan):
        make.step(second, action, officer)
        return publish(plan)

    monkeypatch.setattr(workflow, "publish_by_itself", meanwhile)
    later(15)

    assert move_on().endswith("Plans moved on: 1.\n")

    assert (status(first), status(second)) == (Status.PUBLISHED, then)
    published = second.events.filter(action=Action.PUBLISH)
    assert not published.filter(appointment=None).exists()


def test_a_publication_is_held_only_once(later):
    plan = make.plan(Status.ADOPTED)
    hold(plan)
    later(20)

    with pytest.raises(workflow.StepBlocked, match="held only once"):
        hold(plan)


def test_everybody_reads_why_a_publication_is_held(client, later):
    plan = make.plan(Status.ADOPTED)
    later(3)
    assert "Publication held" not in public(client, plan)
    until = later(3) + dt.timedelta(days=30)

    hold(plan, "The gazette is <late>.")

    text = public(client, plan)
    assert "<b>Publication held</b>" in text
    assert f"until {until.day} {until:%b %Y}" in text
    assert "The gazette is &lt;late&gt;." in text


def test_a_held_plan_can_be_published_before_the_hold_ends(client):
    plan = make.plan(Status.ADOPTED)
    hold(plan)
    make.step(plan, Action.PUBLISH)

    assert "Publication held" not in public(client, plan)
    assert by_itself.publication(plan) is None


def test_the_desk_says_on_which_day_a_plan_is_published_by_itself(client):
    plan = make.plan(Status.ADOPTED)
    client.force_login(make.holder_of(Role.CONVENER, plan.district))
    on = timezone.localdate() + dt.timedelta(days=15)

    text = client.get(plan.get_absolute_url()).text

    assert f"published by itself on {on.day} {on:%b %Y}" in text


def test_the_desk_says_that_nobody_published_it(client, later):
    plan = make.plan(Status.ADOPTED)
    later(15)
    move_on()
    client.force_login(make.official(Role.AUDITOR))

    assert "it happened by itself" in client.get(plan.get_absolute_url()).text


def test_one_failure_does_not_stop_the_others(later, monkeypatch, caplog):
    first, second = make.plan(Status.ADOPTED), make.plan(Status.ADOPTED)
    publish = workflow.publish_by_itself

    def fails_once(plan):
        if plan.pk == first.pk:
            publish(plan)
            raise RuntimeError("the disk is full")
        return publish(plan)

    monkeypatch.setattr(workflow, "publish_by_itself", fails_once)
    later(15)
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Plans that failed: 1"):
        call_command("move_on", stdout=out, stderr=err)

    assert status(first) == Status.ADOPTED
    assert not first.events.filter(action=Action.PUBLISH).exists()
    assert status(second) == Status.PUBLISHED
    assert str(first) in err.getvalue()
    assert "the disk is full" in caplog.text


def test_the_draft_of_an_ended_district_is_discarded_by_itself(later):
    ended, living = make.plan(Status.DRAFT), make.plan(Status.DRAFT)
    until = later(1)
    type(ended.district).objects.filter(pk=ended.district_id).update(until=until)

    assert move_on().splitlines()[-1] == "Plans moved on: 1."

    assert (status(ended), status(living)) == (Status.DISCARDED, Status.DRAFT)
    event = ended.events.last()
    assert event.appointment is None
    assert event.note == f"The district ended on {until.day} {until:%b %Y}."


def test_the_draft_of_a_district_that_will_end_is_kept(later):
    plan = make.plan(Status.DRAFT)
    until = later(0) + dt.timedelta(days=1)
    type(plan.district).objects.filter(pk=plan.district_id).update(until=until)

    assert move_on() == "Plans moved on: 0.\n"
    assert status(plan) == Status.DRAFT


def test_nothing_comes_into_force_in_a_district_that_has_ended(later):
    plan = make.plan(Status.ADOPTED)
    type(plan.district).objects.filter(pk=plan.district_id).update(until=later(10))
    later(15)

    assert move_on() == "Plans moved on: 0.\n"
    assert status(plan) == Status.ADOPTED


def test_the_days_count_in_india_from_when_the_adoption_was_recorded():
    """Half past eleven at night in UTC is the next day in India."""
    plan = make.plan(Status.ADOPTED)
    plan.seal.sealed_at = dt.datetime(2026, 11, 1, 23, 30, tzinfo=dt.UTC)

    due = by_itself.publication(plan)

    assert due
    assert due.on == dt.date(2026, 11, 17)


def test_the_page_of_a_district_asks_two_queries_more_while_a_plan_waits(
    client, django_assert_max_num_queries
):
    adopted = make.plan(Status.ADOPTED)
    hold(adopted)
    address = reverse(
        "district", args=[adopted.district.state.slug, adopted.district.slug]
    )
    assessed = make.plan(Status.ASSESSED).district
    with django_assert_max_num_queries(99) as without:
        client.get(reverse("district", args=[assessed.state.slug, assessed.slug]))
    with django_assert_max_num_queries(len(without) + 2):
        client.get(address)


@pytest.mark.parametrize(("hours", "sender"), [(23, "a mark"), (25, "")])
def test_who_commented_is_forgotten_after_a_day(hours, sender):
    sent = timezone.now() - dt.timedelta(hours=hours)
    consultation = make.consultation(make.plan())
    comment = make.comment(consultation, sender="a mark", received_at=sent)

    move_on()

    comment.refresh_from_db()
    assert comment.sender == sender
