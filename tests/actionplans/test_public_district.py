"""The public page of a district and its plan: the record, and nothing else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Plan
from districts.models import PotentialFact
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make.plan(Status.PUBLISHED)


def page(client, place, name="district", **extra):
    return client.get(reverse(name, args=[place.state.slug, place.slug]), **extra)


def test_a_stranger_reads_the_plan_in_force_its_targets_and_its_adoption(client, plan):
    text = page(client, plan.district).text

    assert plan.seal.sha256 in text
    assert str(plan.targets.first().indicator.name) in text
    assert "12 of 13 seats present" in text
    assert "No data" in text or "Not due yet" in text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ASSESSED, Status.RECORDED])
def test_of_a_plan_in_preparation_only_status_holder_and_day_are_public(client, status):
    plan = make.plan(status)
    plan.events.create(
        action=Action.COMMENT,
        before=status,
        after=status,
        effective_on=timezone.localdate(),
        note="A private remark.",
    )

    text = page(client, plan.district).text

    assert str(plan.get_status_display()) in text
    assert "in the hands of" in text
    for private in ("A private remark.", plan.bottlenecks.first().text, "Plain words."):
        assert private not in text
    assert page(client, plan.district, "plan").status_code == 404


def test_no_person_is_named(client, plan):
    text = page(client, plan.district).text

    for event in plan.events.select_related("appointment__user"):
        assert event.appointment.user.name not in text
        assert event.appointment.user.email not in text


def test_reasons_of_a_return_are_not_public(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = make.details(plan, Action.RETURN)
    make.workflow.take(plan, Action.RETURN, by=officer, details=said)

    assert said.note not in page(client, plan.district).text


def test_the_page_leads_to_a_comparison_and_to_the_whole_plan(client, plan):
    place = plan.district
    text = page(client, place).text

    compare = f'href="/compare/?district={place.state.slug}/{place.slug}"'
    assert text.count(compare) == 2
    chips = text.partition('class="chips')[2].partition("</nav>")[0]
    assert compare in chips
    assert f'href="{place.get_absolute_url()}plan/"' in chips
    # Its first plan came into force on the day that the track shows.
    assert "is in force since" not in text


def test_what_is_unknown_is_one_line_and_never_zero(client):
    place = make.district()
    known = make.district_product(place)
    known.facts.create(
        kind=PotentialFact.Kind.UNITS,
        amount=4180_00,
        unit="units",
        as_on=dt.date(2026, 3, 1),
        source="DIC survey",
    )

    text = page(client, place).text

    assert '4,180 <span lang="en">units</span>' in text
    assert "Not recorded yet:" in text
    assert "No quarterly report has been filed yet." in text
    assert "No committee is recorded for this district." in text


def test_a_guessed_jurisdiction_says_that_it_is_provisional(client):
    place = make.district()
    assert "provisional" not in page(client, place).text

    place.jurisdictions.update(is_provisional=True)

    assert "(provisional)" in page(client, place).text


def test_a_district_without_an_office_says_so(client):
    assert "no RA recorded" in page(client, make.district(ra=None)).text


def test_a_former_district_explains_where_it_went(client):
    place = make.district(until=dt.date(2025, 1, 31))
    after = make.district(state=place.state)
    place.successors.create(after=after)

    text = page(client, place).text

    assert "exists no more" in text
    assert after.get_absolute_url() in text


def test_an_older_version_stays_readable_and_says_that_it_is_not_in_force(client):
    old = make.plan(Status.SUPERSEDED)
    place = old.district
    address = [place.state.slug, place.slug]

    text = client.get(reverse("plan-version", args=[*address, 1])).text
    assert "This version is not in force." in text
    current = client.get(reverse("plan", args=address)).text
    assert "Version 2" in current
    assert "not in force" not in current
    assert client.get(reverse("plan-version", args=[*address, 3])).status_code == 404


def test_every_section_of_the_plan_is_on_its_page(client, plan):
    text = page(client, plan.district, "plan").text

    assert text.count("<h3>") == 11
    assert plan.bottlenecks.first().text in text


def test_the_page_is_in_hindi_under_its_own_address(client, plan):
    place = plan.district

    response = client.get(f"/hi/districts/{place.state.slug}/{place.slug}/")

    assert f'<h1 class="mb-1">{place.name_hi}' in response.text


def test_an_unknown_district_is_not_found(client, plan):
    assert client.get("/districts/nowhere/nothing/").status_code == 404


@pytest.mark.parametrize("more", [0, 5])
def test_the_page_takes_a_fixed_number_of_queries(client, plan, more):
    place = plan.district
    following = make.draft(place, like=plan)
    for _ in range(more):
        make.target(following, following.products.first())
        make.intervention(following, following.products.first())
        make.district(state=place.state)
        make.district_product(place)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(following, action)
    assert Plan.objects.in_force().get() == following

    page(client, place)
    with CaptureQueriesContext(connection) as queries:
        page(client, place)

    assert len(queries) == 21
