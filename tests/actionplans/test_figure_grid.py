"""The grid of a quarter: one indicator in many districts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.merging import figure_stamp
from actionplans.models import ReadingEntry, Report
from actionplans.preparing import prepare
from actionplans.progress import Kind
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    Q3,
    filed,
    given,
    in_force,
    sent,
    typed,
)

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def indicator(db):
    return make.indicator(Kind.TOTAL, name="People trained", usual_source="Register")


@pytest.fixture
def ra(db):
    return make.regional_authority()


@pytest.fixture
def new_place(on_day, ra, indicator):
    """Makes districts of the office whose plans have the indicator as a target."""

    def make_place(name=""):
        on_day(2026, 5, 10)
        plan = make.complete(make.draft(make.district(name, ra=ra)))
        make.target(plan, plan.products.first(), indicator=indicator)
        for action in ("submit", "assess", "adopt", "publish"):
            make.step(plan, action)
        on_day(2026, 11, 22)
        return plan.district

    return make_place


@pytest.fixture
def officer(client, ra):
    found = make.official(Role.RA_OFFICER, ra)
    client.force_login(found)
    return found


@pytest.fixture
def address(indicator):
    return reverse("desk:figure-grid", args=[Q2, indicator.slug])


def row_of(place, indicator):
    rows = prepare(place, Q2).figures
    return next(row for row in rows if row.target.indicator == indicator)


def figure(place, indicator, was="", **values):
    return sent(row_of(place, indicator).anchor, was, **values)


def entry_of(place, indicator):
    line = row_of(place, indicator).target.line_id
    return ReadingEntry.objects.filter(report__district=place, line=line).first()


# Who sees what


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


# Saving


def test_only_rows_that_were_typed_into_begin_a_report(
    client, officer, new_place, address, indicator
):
    first, second = new_place(), new_place()
    data = figure(first, indicator, value="35") | figure(second, indicator, value="")

    answer = client.post(address, data, follow=True)

    assert "Saved. Nothing is filed yet." in answer.text
    assert Report.objects.get().district == first
    assert entry_of(first, indicator).value == 35_00
    assert "<b>1 of 2</b> figures entered" in answer.text


def test_what_cannot_be_read_is_refused_in_its_row_and_the_rest_is_kept(
    client, officer, new_place, address, indicator
):
    first, second = new_place("Alpha"), new_place("Bravo")
    data = figure(first, indicator, value="1 2") | figure(second, indicator, value="8")

    page = client.post(address, data)

    text = " ".join(page.text.split())
    assert "<b>1 row is saved.</b> These are not saved yet" in text
    assert 'value="1 2"' in text
    assert "“1 2” is not a number." in text
    assert entry_of(first, indicator) is None
    assert entry_of(second, indicator).value == 8_00


def test_one_source_is_written_into_all_rows(
    client, officer, new_place, address, indicator
):
    first, second = new_place(), new_place()
    old = {"source": "Register"}
    data = figure(first, indicator, value="35", **old)
    data |= figure(second, indicator, value="", **old)

    client.post(address, {**data, "source": "IEC register", "source-was": "Register"})

    assert entry_of(first, indicator).source == "IEC register"
    assert entry_of(second, indicator) is None
    assert 'value="IEC register"' in client.get(address).text


def test_two_officers_in_the_same_row_are_asked(
    client, officer, new_place, address, indicator
):
    place = new_place()
    mine = figure(place, indicator, value="35")
    client.post(address, figure(place, indicator, value="20"))

    page = client.post(address, mine)

    assert page.status_code == 409
    assert "yours is not saved" in page.text
    assert entry_of(place, indicator).value == 20_00


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


def test_what_was_typed_into_a_row_filed_meanwhile_is_shown(
    client, officer, new_place, address, indicator
):
    place = new_place()
    mine = figure(place, indicator, value="35")
    filed(place)

    page = client.post(address, mine)

    assert page.status_code == 409
    assert "so what you typed is not saved: 35" in page.text
    assert entry_of(place, indicator) is None


def test_a_script_gets_the_rows_it_sent_with_their_questions(
    client, officer, new_place, address, indicator
):
    first, _second = new_place(), new_place()

    answer = client.post(address, figure(first, indicator, value="-5"), headers=SCRIPT)

    assert answer.text.count("<tbody") == 1
    assert "It is below zero. Say why in the note, or correct it." in answer.text
    assert "1 to look at" in answer.text
    assert "<b>1 of 2</b> figures entered" in answer.text


def test_a_page_has_a_hundred_rows(client, officer, new_place, address, monkeypatch):
    monkeypatch.setattr("actionplans.desk.figure_grid.ROWS_PER_PAGE", 2)
    places = [new_place(name) for name in ("Alpha", "Bravo", "Charlie")]

    page = client.get(address, {"page": 2})

    assert [row.sheet.district for row in page.context["rows"]] == places[2:]
    assert "<b>0 of 3</b> figures entered" in page.text


def test_the_page_speaks_hindi(client, officer, new_place, address):
    new_place()

    assert client.get(f"/hi{address}").status_code == 200


# How fast


@pytest.mark.parametrize("script", [{}, SCRIPT])
def test_saving_takes_as_many_queries_however_many_districts(
    client, officer, new_place, address, indicator, script
):
    places = [new_place() for _ in range(4)]
    counts = []
    for some in (places, places, places[:1], places[:1]):
        data = {}
        for place in some:
            row = row_of(place, indicator)
            said = str(len(counts) + 1)
            data |= sent(row.anchor, figure_stamp(row.entry), value=said)
        with CaptureQueriesContext(connection) as queries:
            client.post(address, data, headers=script)
        counts.append(len(queries))

    # The first time reports are created, and what is asked is looked up.
    assert counts[1] == counts[3]


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
