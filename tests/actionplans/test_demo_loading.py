"""Loading the demonstration: where it is refused, and that it tells one story only."""

import dataclasses
import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from actionplans.demo.ground import Ground
from actionplans.demo.load import load
from actionplans.models import Plan, PlanEvent, Reading, Report, Seal
from portal.accounts.models import User
from portal.periods import Quarter
from portal.terms import Status
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register", "_demo")]
TODAY = dt.date(2026, 11, 22)
# A small country: every so many districts.
EVERY = 40


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


def small(today=TODAY, *, full=False):
    ground = Ground.survey(today, full=full)
    return dataclasses.replace(ground, places=ground.places[::EVERY])


def fingerprint():
    readings = Reading.objects.order_by("pk")
    return (
        list(Seal.objects.order_by("pk").values_list("sha256", flat=True)),
        list(readings.values_list("line", "quarter", "state", "value", "numerator")),
        list(User.objects.order_by("pk").values_list("email", "name")),
    )


def loaded_and_undone(ground):
    with transaction.atomic():
        load(ground)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


def test_the_same_day_tells_the_same_story():
    first, second = loaded_and_undone(small()), loaded_and_undone(small())

    assert all(first)
    assert first == second


@pytest.mark.parametrize(
    "today", [dt.date(2026, 3, 31), dt.date(2026, 4, 15), dt.date(2028, 2, 29)]
)
def test_the_story_ends_on_any_day_of_the_year(today):
    load(small(today))

    assert not PlanEvent.objects.filter(effective_on__gte=today).exists()
    filed = Report.objects.filter(filed_on__isnull=False).latest("quarter")
    assert filed.quarter == Quarter.last_due(today).code


def test_at_full_size_every_district_has_a_plan_in_force():
    ground = small(full=True)

    load(ground)

    in_force = Plan.objects.filter(status=Status.PUBLISHED)
    assert in_force.count() == len(ground.places)
    # Of 791 districts these are more than 60,000 readings.
    assert Reading.objects.count() > 60_000 / 791 * len(ground.places)


def test_a_database_with_real_people_is_refused():
    User.objects.create(email="officer@dgft.example", name="A real officer")

    with pytest.raises(CommandError, match="real people"):
        call_command("load_demo", stdout=io.StringIO())

    assert not Plan.objects.exists()


def test_a_database_with_plans_of_its_own_is_refused():
    make.plan()
    User.objects.update(is_demonstration=False)

    with pytest.raises(CommandError, match="Nothing is loaded"):
        call_command("load_demo", stdout=io.StringIO())


def test_a_site_that_people_rely_on_is_refused(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="PORTAL_DEMO is off"):
        call_command("load_demo", stdout=io.StringIO())

    assert not User.objects.exists()


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="no day such as"):
        call_command("load_demo", "--today", "22.11.2026", stdout=io.StringIO())


def test_without_the_demonstration_there_are_no_accounts_to_show():
    said = io.StringIO()

    call_command("demo_accounts", stdout=said)

    assert "run load_demo" in said.getvalue()
