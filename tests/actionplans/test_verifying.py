"""Verifying what another office corrected after it was filed."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans import corrected_figures
from actionplans.models import Reading, Verification
from portal.models import DataVersion
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, given, in_force
from tests.actionplans.waits import again, corrected

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(on_day):
    return in_force(on_day)


@pytest.fixture
def reading(plan):
    return corrected(plan)


@pytest.fixture
def officer(plan):
    return again(make.holder_of(Role.RA_OFFICER, plan.district))


def address(reading, name="reading-verify"):
    place = reading.line.district
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, reading.pk])


def report(reading):
    place = reading.line.district
    return reverse("desk:report", args=[place.state.slug, place.slug, Q2])


def test_the_page_says_what_it_was_why_it_changed_and_by_which_office(
    client, reading, officer
):
    make.evidence(reading.report, reading.line)
    client.force_login(officer)

    page = client.get(address(reading))

    for words in ("30", "20", "Two digits were swapped.", "Convener of the DEPC"):
        assertContains(page, words)
    assertContains(page, "1 file")
    assertContains(page, address(reading, "reading-correct"))
    assertNotContains(page, reading.entered_by.user.name)


def test_verified_it_is_on_record_and_the_data_is_new(client, reading, officer):
    client.force_login(officer)
    version = DataVersion.current().number

    assertRedirects(client.post(address(reading)), report(reading))

    assert reading.verification.appointment.user == officer
    assert DataVersion.current().number > version
    assertContains(client.get(address(reading)), "This figure was verified already.")


def test_the_next_one_of_the_district_follows(client, reading, officer):
    other = Reading.objects.filter(report=reading.report).latest("pk")
    convener = again(reading.entered_by.user)
    second = corrected_figures.correct(
        Reading.objects.filter(superseded_by=None, supersedes=None).latest("pk"),
        given(40_00),
        by=convener,
        because="It was last year's.",
    )
    client.force_login(officer)

    assert other.pk != second.pk
    assertRedirects(client.post(address(reading)), address(second))
    assertRedirects(client.post(address(second)), report(reading))


def test_a_figure_is_verified_once(client, reading, officer):
    client.force_login(officer)
    client.post(address(reading))

    response = client.post(address(reading), follow=True)

    assertContains(response, "This figure was verified already.")
    assert Verification.objects.filter(reading=reading).count() == 1


def test_what_was_corrected_again_is_not_verified(client, reading, officer):
    corrected_figures.correct(
        reading, given(31_00), by=officer, because="A third look."
    )
    client.force_login(again(officer))

    assertContains(client.get(address(reading)), "corrected again meanwhile")
    client.post(address(reading))

    assert not Verification.objects.filter(reading=reading).exists()


def test_nobody_verifies_what_they_corrected(client, plan, officer):
    own = corrected(plan, by=officer)
    client.force_login(officer)

    assertContains(client.get(address(own)), "Somebody else has to verify")
    client.post(address(own))

    assert not Verification.objects.filter(reading=own).exists()


@pytest.mark.parametrize(
    "role", [Role.CONVENER, Role.STAFF, Role.STATE_OFFICER, Role.HQ_OFFICER]
)
def test_who_does_not_verify_is_turned_away(client, reading, role):
    client.force_login(make.official(role, reading.line.district))

    assert client.get(address(reading)).status_code == 403
    assert client.post(address(reading)).status_code == 403
    assert not hasattr(reading, "verification")


def test_headquarters_verifies_where_the_office_has_nobody(client, reading, officer):
    officer.appointments.update(until="2026-11-22")
    client.force_login(make.official(Role.HQ_OFFICER))

    client.post(address(reading))

    assert Verification.objects.filter(reading=reading).exists()


def test_a_figure_of_another_district_is_not_there(client, reading, officer):
    place = make.district()
    where = [place.state.slug, place.slug, reading.pk]
    client.force_login(make.official(Role.RA_OFFICER, place))

    answer = client.get(reverse("desk:reading-verify", args=where))

    assert answer.status_code == 404
