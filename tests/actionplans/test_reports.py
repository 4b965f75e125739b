"""The pages of the quarterly report: who may do what, and nothing typed is lost."""

import datetime as dt

import pytest
from django.urls import reverse

from actionplans.models import Report
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    Q3,
    filed,
    given,
    in_force,
    posted,
    typed,
)

pytestmark = pytest.mark.django_db


def url(place, quarter=Q2, name="report"):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, quarter])


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(place):
    return make.holder_of(Role.RA_OFFICER, place)


# Who


def test_a_stranger_is_asked_to_sign_in(client):
    for name in ("report", "report-file"):
        response = client.get(url(make.district(), name=name))
        assert (response.status_code, "login" in response.url) == (302, True)


def test_outside_the_place_there_is_nothing(client):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, make.district()))

    for name in ("report", "report-file"):
        assert client.get(url(place, name=name)).status_code == 404
        assert client.post(url(place, name=name)).status_code == 404


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.AUDITOR])
def test_others_read_what_is_prepared_and_write_nothing(client, place, role):
    typed(place, Q2, [given(20_00)], done="The laboratory was opened.")
    client.force_login(make.official(role, place))

    page = client.get(url(place))

    assert "The laboratory was opened." in page.text
    assert "<textarea" not in page.text
    assert client.post(url(place), posted(place, "35")).status_code == 403


def test_nobody_began_a_report_that_is_not_there(client, place):
    client.force_login(make.official(Role.AUDITOR))

    assert "Nobody has begun this report." in client.get(url(place)).text


@pytest.mark.parametrize("role", [Role.CONVENER, Role.STAFF, Role.AUDITOR])
def test_only_who_files_comes_to_the_page_that_files(client, role):
    place = make.district()
    client.force_login(make.official(role, place))

    assert client.get(url(place, name="report-file")).status_code == 403
    assert client.post(url(place, name="report-file")).status_code == 403


def test_what_is_no_quarter_is_not_found(client):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, place))

    for quarter in ("20265", "20260", "2026", "q2"):
        address = url(place).replace("20262", quarter)
        assert client.get(address).status_code == 404


# When


def test_a_quarter_not_yet_over_says_when_it_opens(client, place, officer):
    client.force_login(officer)
    sentence = "The report of Q3 2026-27 opens on 1 Jan 2027, after the quarter."

    for response in (
        client.get(url(place, Q3)),
        client.post(url(place, Q3), posted(place)),
        client.get(url(place, Q3, "report-file")),
        client.post(url(place, Q3, "report-file"), {"revision": "0"}),
    ):
        assert sentence in response.text
    assert not Report.objects.exists()


def test_a_quarter_before_the_district_says_so(client, on_day):
    young = make.district("Newpur", since=dt.date(2026, 7, 1))
    client.force_login(make.official(Role.RA_OFFICER, young))

    page = client.get(url(young, Q1))

    assert "Newpur exists since 1 Jul 2026" in page.text


# The page


def test_the_page_asks_for_what_is_due_beside_earlier_values(client, place, officer):
    filed(place, Q1, [given(20_00, source="Register of exporters")])
    client.force_login(officer)

    page = client.get(url(place))

    assert len(page.context["form"].figures) == 4
    assert 'value="Register of exporters"' in page.text
    assert "<b>0 of 4</b> figures entered" in page.text
    assert "Save and check" in page.text


def test_each_row_has_its_evidence(client, place, officer):
    sheet = typed(place, Q2, [given(20_00)])
    make.evidence(sheet.report, sheet.figures[0].target.line)
    client.force_login(officer)

    text = client.get(url(place)).text

    assert text.count("1 file<") == 1
    rows = len(sheet.figures) + len(sheet.actions)
    assert text.count("Add evidence<") == rows - 1


def test_who_only_prepares_is_not_offered_to_file(client, place):
    client.force_login(make.holder_of(Role.CONVENER, place))

    assert "Save and check" not in client.get(url(place)).text


def test_without_a_plan_in_force_only_the_lines_are_asked(client, on_day):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, place))

    page = client.get(url(place))

    assert "no plan in force" in page.text
    assert page.context["form"].figures == []


@pytest.mark.parametrize("more", [0, 6])
def test_the_page_takes_as_many_queries_however_long(
    client, on_day, more, django_assert_num_queries
):
    on_day(2026, 5, 10)
    plan = make.complete(make.draft())
    for _ in range(more):
        make.target(plan, plan.products.first())
        make.intervention(plan, plan.products.first())
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)
    filed(plan.district, Q1, [20_00])
    sheet = typed(plan.district, Q2, [given(20_00)] * (1 + more))
    make.evidence(sheet.report, sheet.figures[0].target.line)
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))

    # Who asks, the district, the sheet with its entries, the evidence.
    with django_assert_num_queries(4 + 1 + 11 + 1):
        client.get(url(plan.district))


def test_the_page_speaks_hindi(client, place, officer):
    client.force_login(officer)

    assert client.get(f"/hi{url(place)}").status_code == 200
