"""Filing many reports of a quarter: each as it was read, each by itself."""

import pytest
from django.urls import reverse

from actionplans.models import Report
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q1, Q2, Q3, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


def url(quarter=Q2):
    return reverse("desk:file-many", args=[quarter])


@pytest.fixture
def ra():
    return make.regional_authority("Patna")


@pytest.fixture
def places(on_day, ra):
    """Two complete reports, one with a question, one that nobody began."""
    names = ("Araria", "Buxar", "Gaya", "Saran")
    every = [in_force(on_day, make.district(name, ra=ra)).district for name in names]
    whole, part, odd, _untouched = every
    filed(odd, Q1, [20_00])
    typed(whole, Q2, [given(20_00)] * 4)
    typed(part, Q2, [given(20_00)])
    typed(odd, Q2, [given(400_00)])
    return every


@pytest.fixture
def officer(client, ra, places):
    person = make.official(Role.RA_OFFICER, ra)
    client.force_login(person)
    return person


def ticked(*places):
    reports = Report.objects.filter(district__in=places, quarter=Q2.code)
    return {"report": [f"{row.district_id}:{row.revision}" for row in reports]}


def filed_now():
    rows = Report.objects.filter(quarter=Q2.code, filed_on__isnull=False)
    return [row.district.name for row in rows.order_by("district__name")]


def test_complete_reports_stand_ticked_and_the_others_say_what_they_lack(
    client, officer, places
):
    page = client.get(url())

    waiting = page.context["waiting"]
    assert [row.district.name for row in waiting.ready] == ["Araria", "Buxar"]
    assert [row.district.name for row in waiting.open] == ["Gaya"]
    assert [place.name for place in waiting.not_begun] == ["Saran"]
    for value in ticked(*places[:2])["report"]:
        assert f'value="{value}" checked' in page.text
    assert "It is 20 times the 20 of Q1 2026-27." in page.text
    address = reverse("desk:report", args=[places[2].state.slug, "gaya", Q2])
    assert f'href="{address}#figure-' in page.text


def test_what_is_missing_is_named(client, officer):
    rows = client.get(url()).context["waiting"].ready

    assert [len(row.missing) for row in rows] == [0, 3]


def test_a_report_too_thin_to_make_fresh_says_so(client, officer, places):
    thin = "Less than half is given: the district will not read fresh."

    assert client.get(url()).text.count(thin) == 1

    typed(places[1], Q2, [given(20_00)] * 2)
    assert thin not in client.get(url()).text


def test_lateness_is_said_before_it_happens(client, officer):
    assert "They were due on 15 Oct 2026" in client.get(url()).text


def test_one_click_files_those_that_are_ticked(client, officer, places):
    page = client.post(url(), ticked(*places[:2]), follow=True)

    assert filed_now() == ["Araria", "Buxar"]
    assert "2 reports are filed and public from now on." in page.text
    assert page.redirect_chain == [(reverse("desk:quarter", args=[Q2]), 302)]


def test_those_not_ticked_wait(client, officer, places):
    client.post(url(), ticked(places[1]))

    assert filed_now() == ["Buxar"]


def test_one_that_changed_meanwhile_is_not_filed_and_named(client, officer, places):
    read = ticked(*places[:2])
    typed(places[0], Q2, [given(21_00)])

    page = client.post(url(), read, follow=True)

    assert filed_now() == ["Buxar"]
    assert "1 report is filed" in page.text
    assert "Araria is not filed: Somebody changed the report meanwhile" in page.text
    assert [row.district.name for row in page.context["waiting"].ready] == ["Araria"]


def test_one_with_a_question_stops_no_other(client, officer, places):
    page = client.post(url(), ticked(*places[:3]), follow=True)

    assert filed_now() == ["Araria", "Buxar"]
    assert "Gaya is not filed:" in page.text


def test_a_second_click_files_nothing_twice(client, officer, places):
    read = ticked(*places[:2])
    client.post(url(), read)

    page = client.post(url(), read, follow=True)

    assert "Araria: the report was filed already." in page.text
    assert filed_now() == ["Araria", "Buxar"]


def test_with_nothing_ticked_nothing_is_filed(client, officer):
    page = client.post(url(), follow=True)

    assert "No report was ticked, so none is filed." in page.text
    assert filed_now() == []


@pytest.mark.parametrize(
    "value", ["", "x", "1", "1:", ":1", "1:-1", "99999:1", "1:1:1"]
)
def test_what_is_no_report_of_ones_own_is_not_found(client, officer, value):
    assert client.post(url(), {"report": [value]}).status_code == 404


def test_a_number_may_begin_with_nought(client, officer, places):
    (value,) = ticked(places[0])["report"]

    client.post(url(), {"report": [f"0{value}"]})

    assert filed_now() == ["Araria"]


def test_reports_of_others_are_not_found(client, officer, places, on_day):
    other = in_force(on_day).district
    typed(other, Q2, [given(20_00)])

    answer = client.post(url(), ticked(places[0], other))

    assert (answer.status_code, filed_now()) == (404, [])


@pytest.mark.parametrize("role", [Role.CONVENER, Role.STAFF, Role.AUDITOR])
def test_who_may_not_file_finds_nothing_to_file(client, places, role):
    client.force_login(make.official(role, places[0]))

    assert "waits for you to file it" in client.get(url()).text
    assert client.post(url(), ticked(places[0])).status_code == 404
    assert filed_now() == []


def test_a_quarter_that_is_not_over_cannot_be_filed(client, officer, places):
    assert "opens on 1 Jan 2027" in client.get(url(Q3)).text

    page = client.post(url(Q3), {"report": [f"{places[0].pk}:0"]}, follow=True)

    assert not Report.objects.filter(quarter=Q3.code, filed_on__isnull=False).exists()
    assert "Araria is not filed: The report of Q3 2026-27 opens on" in page.text


@pytest.mark.parametrize("size", [1, 4])
def test_the_number_of_queries_is_fixed(
    client, officer, ra, on_day, size, django_assert_num_queries
):
    for _ in range(size):
        place = in_force(on_day, make.district(ra=ra)).district
        filed(place, Q1, [20_00])
        typed(place, Q2, [given(20_00)])

    with django_assert_num_queries(14):
        client.get(url())
