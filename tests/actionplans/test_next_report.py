"""After a report is filed: the one that is taken up next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


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


def address(place):
    return reverse("desk:report", args=[place.state.slug, place.slug, Q2])


def next_of(client, place):
    return client.get(address(place)).context["next"]


def test_a_filed_report_leads_to_the_next_that_is_owed(client, officer, new_place):
    alpha, bravo, charlie = (new_place(name) for name in ("Alpha", "Bravo", "Charlie"))
    filed(bravo)
    typed(charlie, Q2, [given(20_00)])

    page = client.get(address(bravo))

    text = " ".join(page.text.split())
    assert f'href="{address(charlie)}">Next: Charlie</a>' in text
    assert "1 of 4 figures entered" in text
    assert "2 reports of this quarter are still owed" in text
    assert page.context["next"].district != alpha


def test_after_the_last_name_it_begins_again(client, officer, new_place):
    alpha, bravo = new_place("Alpha"), new_place("Bravo")
    filed(bravo)

    assert next_of(client, bravo).district == alpha


def test_once_all_are_filed_there_is_no_next(client, officer, new_place):
    place = new_place()
    filed(place)

    assert next_of(client, place) is None


def test_a_district_that_owes_none_is_not_next(client, officer, new_place, ra):
    place = new_place()
    make.district("Without a plan", ra=ra)
    filed(place)

    assert next_of(client, place) is None


def test_only_who_prepares_reports_has_a_next_one(client, new_place):
    place, _other = new_place(), new_place()
    filed(place)
    client.force_login(make.official(Role.AUDITOR))

    assert next_of(client, place) is None


def test_another_quarter_is_another_matter(client, officer, new_place, on_day):
    alpha, bravo = new_place("Alpha"), new_place("Bravo")
    filed(alpha)
    filed(bravo)
    on_day(2027, 1, 10)

    assert next_of(client, alpha) is None


def test_it_takes_as_many_queries_however_many_are_owed(client, officer, new_place):
    place = new_place("Alpha")
    filed(place)
    counts = []
    for _ in range(2):
        new_place()
        client.get(address(place))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(place))
        counts.append(len(queries))

    assert counts[0] == counts[1]
