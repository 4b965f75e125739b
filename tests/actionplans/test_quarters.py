"""One quarter in all districts of an official: counts, ways in, every district."""

import pytest
from django.urls import reverse

from actionplans.models import Evidence
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q1, Q2, Q3, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


def url(quarter=Q2, **query):
    return reverse("desk:quarter", args=[quarter], query=query)


@pytest.fixture
def office(on_day):
    """An office with a filed, a complete, an odd, an untouched and a planless one."""
    ra = make.regional_authority("Patna")
    names = ("Araria", "Buxar", "Gaya", "Saran")
    places = [make.district(name, ra=ra) for name in names]
    make.district("Siwan", ra=ra)
    done, whole, odd, _untouched = [
        in_force(on_day, place).district for place in places
    ]
    filed(odd, Q1, [20_00])
    filed(done, Q2, [20_00] * 4)
    typed(whole, Q2, [given(20_00)] * 3)
    typed(odd, Q2, [given(400_00)])
    return ra


@pytest.fixture
def officer(client, office):
    person = make.official(Role.RA_OFFICER, office)
    client.force_login(person)
    return person


def names(page):
    return [row.tally.district.name for row in page.context["rows"]]


def test_it_counts_what_is_filed_complete_begun_and_owed(client, officer):
    page = client.get(url())

    assert page.context["counts"] == {"filed": 1, "ready": 1, "begun": 2, "owed": 3}
    assert (page.context["filed"].number, page.context["filed"].owed) == (1, 4)
    assert "4 of your 5 districts have a plan in force" in page.text
    assert "File the 1 complete report" in page.text


@pytest.mark.parametrize(
    ("word", "districts"),
    [
        ("", ["Araria", "Buxar", "Gaya", "Saran", "Siwan"]),
        ("filed", ["Araria"]),
        ("ready", ["Buxar"]),
        ("begun", ["Buxar", "Gaya"]),
        ("owed", ["Buxar", "Gaya", "Saran"]),
    ],
)
def test_every_count_opens_its_districts(client, officer, word, districts):
    page = client.get(url(**{"is": word}))

    assert names(page) == districts


def test_a_word_it_does_not_know_leaves_no_district(client, officer):
    page = client.get(url(**{"is": "nonsense"}))

    assert "No district matches." in page.text


def test_each_district_says_how_far_its_report_is(client, officer):
    rows = {row.tally.district.name: row for row in client.get(url()).context["rows"]}

    assert rows["Araria"].state.words.startswith("filed")
    assert (rows["Buxar"].tally.given, rows["Buxar"].tally.asked) == (3, 4)
    assert [str(issue) for issue in rows["Gaya"].tally.issues] != []
    assert rows["Saran"].state.words == "owed"
    assert rows["Siwan"].state.words == "not owed"


def test_files_behind_the_figures_are_counted(client, officer):
    report = filed(make.district("Arwal", ra=officer.current_appointments[0].ra), Q1)
    row = next(
        r for r in client.get(url(Q1)).context["rows"] if r.tally.report == report
    )
    assert row.evidence == 0

    gaya = next(r for r in client.get(url(Q1)).context["rows"] if "Gaya" in str(r))
    make.evidence(gaya.tally.report, gaya.tally.report.readings.first().line)

    assert Evidence.objects.count() == 1
    assert "1 file" in client.get(url(Q1)).text


def test_the_ways_in_stand_there_with_what_is_entered(client, officer):
    page = client.get(url())

    counts = page.context["indicators"]
    assert (sum(c.asked for c in counts), sum(c.entered for c in counts)) == (16, 8)
    for count in counts:
        address = reverse("desk:figure-grid", args=[Q2, count.indicator.slug])
        assert f'href="{address}"' in page.text
    for name in ("action-grid", "workbook", "workbooks", "file-many"):
        assert f'href="{reverse(f"desk:{name}", args=[Q2])}"' in page.text, name


@pytest.mark.parametrize("role", [Role.CHAIR, Role.STATE_OFFICER, Role.AUDITOR])
def test_who_only_reads_is_offered_no_way_in(client, office, role):
    place = office.jurisdictions.get(district__name="Buxar").district
    client.force_login(make.official(role, place))

    page = client.get(url())

    assert "Buxar" in names(page)
    assert "Enter the quarter" not in page.text
    assert "File the" not in page.text


def test_it_says_which_reports_would_lift_the_office(client, officer):
    lifts = client.get(url()).context["lifts"]

    assert (lifts.fresh, lifts.total) == (1, 5)
    assert [(one.quarter, one.fresh) for one in lifts.owed] == [(Q2, 4)]
    assert [str(place) for place in lifts.unowed] == ["Siwan"]


def test_a_quarter_that_is_not_over_says_when_it_opens(client, officer):
    page = client.get(url(Q3))

    assert "opens on 1 Jan 2027" in page.text


def test_without_districts_it_says_so(client):
    client.force_login(make.user())

    page = client.get(url())

    assert "No district in your charge has a report of this quarter." in page.text


def test_strangers_sign_in_first(client):
    assert client.get(url()).status_code == 302


def test_it_answers_get_only(client, officer):
    assert client.post(url()).status_code == 405


@pytest.mark.parametrize("size", [1, 4])
def test_the_number_of_queries_is_fixed(
    client, officer, on_day, size, django_assert_num_queries
):
    ra = officer.current_appointments[0].ra
    for _ in range(size):
        place = in_force(on_day, make.district(ra=ra)).district
        filed(place, Q1, [20_00])
        typed(place, Q2, [given(20_00)])

    with django_assert_num_queries(16):
        client.get(url())


def test_a_quarter_that_is_all_filed_is_not_overdue(client, on_day):
    place = in_force(on_day).district
    client.force_login(make.holder_of(Role.RA_OFFICER, place))
    owed = client.get(url()).text
    filed(place, Q2)

    assert "Due 15 Oct 2026, 38 days overdue." in owed
    assert "overdue" not in client.get(url()).text
