"""The States to choose from, and the table of where their plans stand."""

import datetime as dt

import pytest

from districts.models import ProgrammeCount, State
from portal.models import DataVersion
from portal.terms import Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list
from tests.actionplans.test_home import filed

pytestmark = pytest.mark.django_db
Measure = ProgrammeCount.Measure


def stated(measure, value, *day, source="https://www.example.org/reply (annexure)"):
    ProgrammeCount.objects.create(
        measure=measure, value=value, on=dt.date(*day), source=source
    )


@pytest.fixture
def land():
    """Districts of one State at different stages, and one of a Union Territory."""
    bihar = make.state("Bihar", name_hi="बिहार")
    for name, status in [
        ("Araria", Status.UNDER_ASSESSMENT),
        ("Banka", Status.ADOPTED),
        ("Gaya", Status.PUBLISHED),
    ]:
        plan = make.plan(status, make.district(name, state=bihar))
    filed(plan.district)
    place = make.state("Ladakh", name_hi="लद्दाख", kind=State.Kind.UT)
    make.district("Leh", state=place, column=4, row=3)


@pytest.mark.parametrize("address", ["/states/", "/monitor/"])
@pytest.mark.parametrize("language", ["", "/hi"])
def test_strangers_are_welcome_in_both_languages(client, land, language, address):
    assert client.get(language + address).status_code == 200


@pytest.mark.parametrize("address", ["/states/", "/monitor/"])
def test_every_count_opens_exactly_its_districts(client, land, address):
    assert_every_count_opens_its_list(client, address)


def test_states_and_union_territories_stand_apart_with_both_names(client, land):
    page = client.get("/states/")

    found = [[row.state.name for row in rows] for _, rows in page.context["groups"]]
    assert found == [["Bihar"], ["Ladakh"]]
    assert '<span lang="hi">लद्दाख</span>' in page.text
    assert ">3 districts</a>" in page.text


def test_what_no_district_has_is_said_in_words(client, land):
    words = client.get("/states/").text

    assert "no adoption recorded" in words
    assert "none fresh" in words
    assert "0 adopted" not in words


def test_a_state_has_its_tiles_beside_its_name(client, land):
    rows = {
        row.state.name: row.map
        for _, group in client.get("/states/").context["groups"]
        for row in group
    }

    assert rows["Ladakh"].tiles.count("<use") == 1


def test_without_any_state_the_pages_say_so(client):
    assert "No State is on record." in client.get("/states/").text
    assert client.get("/monitor/").status_code == 200


def test_the_table_has_every_state_by_name_under_the_total(client, land):
    page = client.get("/monitor/")

    found = [(state.name, own.total.number) for state, own in page.context["states"]]
    assert found == [("Bihar", 3), ("Ladakh", 1)]
    assert page.context["overview"].total.number == 4


def test_the_one_flag_says_how_many_drafts_wait_and_opens_them(client, land):
    words = client.get("/monitor/").text

    assert words.count('class="flag') == 1
    assert '<a href="/districts/?waiting=yes"><b>1 district</b></a>' in words


def test_what_government_stated_is_drawn_with_its_table(client):
    stated(Measure.DRAFTS, 451, 2021, 3, 22)
    stated(Measure.DRAFTS, 590, 2025, 7, 21)
    stated(Measure.ADOPTED, 218, 2022, 6, 9)
    stated(Measure.NOTIFIED, 249, 2025, 7, 21)
    stated(Measure.STRATEGIES, 28, 2025, 7, 21)

    page = client.get("/monitor/")

    drafts, adopted = page.context["chart"].lines
    assert [point.value for point in drafts.points] == [451, 590]
    assert [point.value for point in adopted.points] == [218, 249]
    assert "Stated by Government" in page.text
    assert page.text.count('rel="external" lang="en">example.org</a>') == 4
    assert '<span class="muted" lang="en">annexure</span>' in page.text
    assert "export strategy" not in page.text


def test_without_a_stated_count_nothing_is_drawn(client):
    page = client.get("/monitor/")

    assert page.context["chart"] is None
    assert 'class="chart"' not in page.text


def test_a_source_without_an_address_is_a_remark(client):
    stated(Measure.DRAFTS, 451, 2021, 3, 22, source="Reply in the Rajya Sabha")

    words = client.get("/monitor/").text

    assert "Reply in the Rajya Sabha" in words
    assert 'rel="external"' not in words


@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize(("address", "queries"), [("/states/", 2), ("/monitor/", 4)])
def test_the_number_of_queries_is_fixed(
    client, size, address, queries, django_assert_num_queries
):
    for _ in range(size):
        make.plan(Status.ADOPTED, make.district(state=make.state()))
    DataVersion.rise()
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)
