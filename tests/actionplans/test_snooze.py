"""Putting off what waits: until a day, with a reason, for oneself only."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans import workflow
from actionplans.models import Snooze
from actionplans.waiting.putting_off import keep
from actionplans.waiting.rows import Kind
from actionplans.worklist import waits_in, worklist
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.waits import again

pytestmark = pytest.mark.django_db
IN_A_WEEK = dt.timedelta(days=7)


@pytest.fixture
def plan():
    return make.draft()


@pytest.fixture
def convener(plan):
    return make.holder_of(Role.CONVENER, plan.district)


def address(plan, kind=Kind.DRAFT):
    return reverse("desk:snooze", args=[kind, plan.district_id, plan.pk])


def until(days=7):
    return timezone.localdate() + dt.timedelta(days=days)


def put_off(client, plan, **values):
    said = {"until": until().isoformat(), "reason": "The survey ends on Friday."}
    return client.post(address(plan), {**said, **values})


def found(person):
    return worklist(again(person))


def test_what_is_put_off_leaves_the_list_and_stands_under_its_own_filter(
    client, plan, convener
):
    client.force_login(convener)
    assertContains(client.get(reverse("desk:worklist")), address(plan))

    assertRedirects(put_off(client, plan), reverse("desk:worklist"))

    assert found(convener).items == []
    page = client.get(reverse("desk:worklist") + "?kind=put-off")
    assertContains(page, "The survey ends on Friday.")
    assertContains(page, address(plan))


def test_it_comes_back_on_its_day(client, plan, convener, later):
    client.force_login(convener)
    put_off(client, plan)

    later(6)
    assert found(convener).items == []
    later(7)
    (item,) = found(convener).items
    assert item.put_off is None


def test_it_comes_back_at_once_when_the_plan_moves_on(client, plan, convener):
    client.force_login(convener)
    put_off(client, plan)
    make.complete(plan)
    make.step(plan, Action.SUBMIT)
    why = make.details(plan, Action.WITHDRAW)
    workflow.take(plan, Action.WITHDRAW, by=again(convener), details=why)

    (item,) = found(convener).items

    assert item.kind == Kind.DRAFT


def test_others_still_see_it(client, plan, convener):
    client.force_login(convener)
    put_off(client, plan)

    officer = make.official(Role.RA_OFFICER, plan.district)

    assert [item.kind for item in found(officer).items] == [Kind.DRAFT]


def test_it_can_be_woken(client, plan, convener):
    client.force_login(convener)
    put_off(client, plan)
    assertContains(client.get(address(plan)), "The survey ends on Friday.")

    client.post(address(plan), {"wake": "on"})

    assert not Snooze.objects.exists()
    assert len(found(convener).items) == 1


def test_put_off_again_it_has_a_new_day_and_reason(client, plan, convener):
    client.force_login(convener)
    put_off(client, plan)
    put_off(client, plan, until=until(20).isoformat(), reason="The bank asks more.")

    snooze = Snooze.objects.get()

    assert (snooze.until, snooze.reason) == (until(20), "The bank asks more.")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"until": "0"}, "Give a day from"),
        ({"until": "31"}, "Give a day from"),
        ({"until": ""}, "Choose a day."),
        ({"reason": " "}, "Say why it can wait."),
    ],
)
def test_a_day_within_a_month_and_a_reason_are_asked_for(
    client, plan, convener, values, sentence
):
    client.force_login(convener)
    if values.get("until"):
        values = {"until": until(int(values["until"])).isoformat()}

    response = put_off(client, plan, **values)

    assertContains(response, sentence)
    assert not Snooze.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEMBER, Role.CHAIR])
def test_only_what_waits_for_somebody_can_be_put_off(client, plan, role):
    client.force_login(make.official(role, plan.district))

    assert client.get(address(plan)).status_code == 404
    assert put_off(client, plan).status_code == 404


def test_nothing_outside_the_place_can_be_put_off(client, plan):
    client.force_login(make.official(Role.CONVENER, make.district()))

    assert client.get(address(plan)).status_code == 404


@pytest.mark.parametrize("kind", ["publish", "intake", "nonsense"])
def test_the_kind_must_be_that_which_waits(client, plan, convener, kind):
    client.force_login(convener)

    assert client.get(address(plan, kind)).status_code == 404


def test_a_district_page_shows_it_with_its_reason(client, plan, convener):
    keep(waits_in(plan.district, convener)[0].row, until(), "Later.", by=convener)
    client.force_login(convener)
    where = [plan.district.state.slug, plan.district.slug]

    page = client.get(reverse("desk:district", args=where))

    assertContains(page, "Later.")
    assertNotContains(page, "If nothing is done:")


def test_what_everybody_may_do_is_not_put_off_by_one(client, on_day):
    """Two officers of an office: one puts off, the other one decides."""
    plan = make.plan(Status.UNDER_ASSESSMENT)
    first, second = (make.official(Role.RA_OFFICER, plan.district) for _ in range(2))
    keep(waits_in(plan.district, first)[0].row, dt.date(2026, 11, 30), "-", by=first)

    workflow.take(
        plan, Action.ASSESS, by=second, details=make.details(plan, Action.ASSESS)
    )

    assert Kind.ASSESS not in [item.kind for item in found(first).put_off]
    assert Kind.RECORD in [item.kind for item in found(first).items]
