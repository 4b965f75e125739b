"""The grid of a quarter: one indicator in many districts, and who sees which rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import Report
from actionplans.preparing import prepare
from portal.terms import Role
from tests import make
from tests.actionplans.figure_grid.rows import figure
from tests.actionplans.quarters import Q1, Q2, Q3, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("officer")
def test_the_grid_has_a_row_for_each_district_that_is_asked(
    client, new_place, address, on_day, ra
):
    second, first = new_place("Bravo"), new_place("Alpha")
    other = in_force(on_day, make.district("Charlie", ra=ra)).district

    page = client.get(address)

    places = [row.sheet.district for row in page.context["rows"]]
    assert places == [first, second]
    assert "<b>0 of 2</b> figures entered" in page.text
    assert other.name not in page.text
    assert 'value="Register"' in page.text


def test_a_district_has_a_row_for_each_product(
    client, officer, on_day, ra, indicator, address
):
    on_day(2026, 5, 10)
    plan = make.complete(make.draft(make.district(ra=ra)))
    for product in plan.products.all():
        make.target(plan, product, indicator=indicator)
    make.target(plan, None, indicator=indicator)
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)

    rows = client.get(address).context["rows"]

    assert len(rows) == plan.products.count() + 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CHAIR, Role.STATE_OFFICER])
def test_who_prepares_no_report_has_no_rows(client, new_place, address, role):
    place = new_place()
    client.force_login(make.official(role, place))

    page = client.get(address)

    assert page.status_code == 200
    assert "None of your districts is asked for this figure" in page.text


def test_who_prepares_no_report_writes_nothing(client, new_place, address, indicator):
    place = new_place()
    client.force_login(make.official(Role.CHAIR, place))

    client.post(address, figure(place, indicator, value="35"))

    assert not Report.objects.exists()


def test_rows_of_districts_of_others_are_not_taken(
    client, officer, address, indicator, new_place, ra
):
    place = new_place()
    ra.jurisdictions.filter(district=place).delete()

    client.post(address, figure(place, indicator, value="35"))

    assert not Report.objects.exists()


def test_a_quarter_not_yet_over_says_when_it_opens(client, officer, indicator):
    where = reverse("desk:figure-grid", args=[Q3, indicator.slug])

    for answer in (client.get(where), client.post(where)):
        assert "The report of Q3 2026-27 opens on 1 Jan 2027" in answer.text


def test_an_indicator_that_does_not_exist_is_not_found(client, officer, on_day):
    on_day(2026, 11, 22)
    where = reverse("desk:figure-grid", args=[Q2, "no-such-thing"])

    assert client.get(where).status_code == 404
    known = reverse("desk:figure-grid", args=[Q2, make.indicator().slug])
    assert client.get(known, {"indicator": "no such thing"}).status_code == 404


def test_the_chooser_leads_to_the_other_indicators(
    client, officer, new_place, address, indicator
):
    place = new_place()
    other = prepare(place, Q2).figures[0].target.indicator

    page = client.get(address)
    answer = client.get(address, {"indicator": other.slug})

    counted = {one.indicator: one.asked for one in page.context["grid"].counts}
    assert counted[indicator] == 1
    assert answer.url == reverse("desk:figure-grid", args=[Q2, other.slug])


def test_a_filed_report_is_only_read(client, officer, new_place, address, indicator):
    place = new_place()
    asked = [row.target.indicator for row in prepare(place, Q2).figures]
    filed(place, Q2, [given()] * asked.index(indicator) + [given(20_00)])

    page = client.get(address)

    assert "filed 22 Nov 2026" in page.text
    assert "<input class" not in page.text.split("<tbody")[1].split("</tbody")[0]
    assert "<b>1 of 1</b> figures entered" in page.text


def test_what_a_filed_report_lacks_is_no_data(client, officer, new_place, address):
    filed(new_place())

    page = client.get(address)

    assert "No data" in page.text
    assert "To enter" not in page.text


def test_a_page_has_a_hundred_rows(client, officer, new_place, address, monkeypatch):
    monkeypatch.setattr("actionplans.desk.figure_grid.ROWS_PER_PAGE", 2)
    places = [new_place(name) for name in ("Alpha", "Bravo", "Charlie")]

    page = client.get(address, {"page": 2})

    assert [row.sheet.district for row in page.context["rows"]] == places[2:]
    assert "<b>0 of 3</b> figures entered" in page.text


def test_the_page_speaks_hindi(client, officer, new_place, address):
    new_place()

    assert client.get(f"/hi{address}").status_code == 200


def test_the_grid_takes_as_many_queries_however_many_rows(
    client, officer, new_place, address, indicator
):
    counts = []
    for more in (1, 3):
        for _ in range(more):
            place = new_place()
            filed(place, Q1, [20_00])
            typed(place, Q2, [given(20_00)])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]
