"""The grid of a quarter: the interventions of many districts."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import ActionEntry, Report
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    Q3,
    changed,
    entries,
    filed,
    in_force,
)

pytestmark = pytest.mark.django_db


ADDRESS = f"/desk/reports/{Q2.code}/interventions/"


@pytest.fixture
def ra(db):
    return make.regional_authority()


@pytest.fixture
def new_place(on_day, ra):
    """Makes districts of the office with a plan in force."""
    return lambda name="": in_force(on_day, make.district(name, ra=ra)).district


@pytest.fixture
def officer(client, ra):
    found = make.official(Role.RA_OFFICER, ra)
    client.force_login(found)
    return found


def test_the_interventions_of_all_districts_stand_in_one_grid(
    client, officer, new_place
):
    first, second = new_place("Alpha"), new_place("Bravo")

    rows = client.get(ADDRESS).context["rows"]

    assert {row.sheet.district for row in rows} == {first, second}
    assert rows[0].sheet.district == first


def test_interventions_are_narrowed_to_agency_state_and_district(
    client, officer, new_place
):
    first, second = new_place(), new_place()
    agency = make.agency("Spices Board")

    def found(**query):
        rows = client.get(ADDRESS, query).context["rows"]
        return {row.sheet.district for row in rows}

    assert found(district=first.pk) == {first}
    assert found(state=second.state.slug) == {second}
    assert found(agency=agency.pk) == set()
    assert found(agency="x", district="y") == {first, second}


def test_a_change_in_the_grid_is_kept(client, officer, new_place):
    place = new_place()
    values = {
        "status": "in_progress",
        "percent": "35",
        "released": "40 lakh",
        "spent": "12,00,000",
        "due_on": "2027-06-01",
        "reason": "The site was flooded.",
    }

    answer = client.post(ADDRESS, changed(place, **values))

    assert answer.status_code == 302
    entry = ActionEntry.objects.get()
    assert (entry.status, entry.percent) == ("in_progress", 35)
    assert (entry.released, entry.due_on) == (40_00_000, dt.date(2027, 6, 1))
    assert entries(place) == []


def test_what_is_filed_comes_last(client, officer, new_place):
    first, second = new_place("Alpha"), new_place("Bravo")
    filed(first)

    rows = client.get(ADDRESS).context["rows"]

    assert [rows[0].sheet.district, rows[-1].sheet.district] == [second, first]
    assert "filed 22 Nov 2026" in client.get(ADDRESS).text


def test_what_cannot_be_is_refused_in_its_row(client, officer, new_place):
    place = new_place()

    page = client.post(ADDRESS, changed(place, due_on="2027-06-01"))

    assert "Say why the due date moved." in page.text
    assert 'value="2027-06-01"' in page.text
    assert not Report.objects.exists()


def test_two_officers_in_the_same_row_are_asked(client, officer, new_place):
    place = new_place()
    mine = changed(place, status="completed", percent="100")
    client.post(ADDRESS, changed(place, status="on_hold", percent="10"))

    page = client.post(ADDRESS, mine)

    assert page.status_code == 409
    assert "yours is not saved" in page.text
    assert ActionEntry.objects.get().status == "on_hold"


def test_a_quarter_not_yet_over_says_when_it_opens(client, officer, on_day):
    where = reverse("desk:action-grid", args=[Q3])

    for answer in (client.get(where), client.post(where)):
        assert "The report of Q3 2026-27 opens on 1 Jan 2027" in answer.text


def test_the_page_speaks_hindi(client, officer, new_place):
    new_place()

    assert client.get(f"/hi{ADDRESS}").status_code == 200


def test_the_grid_takes_as_many_queries_however_many_rows(client, officer, new_place):
    counts = []
    for more in (1, 3):
        for _ in range(more):
            place = new_place()
            filed(place, Q1)
            client.post(ADDRESS, changed(place, status="on_hold", percent="10"))
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))

    assert counts[0] == counts[1]
