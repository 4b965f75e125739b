"""The pages that file a report, and the report once it is filed."""

import pytest
from django.urls import reverse

from actionplans.models import InterventionUpdate, Reading
from actionplans.preparing import prepare
from actionplans.progress import FigureState
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


def url(place, quarter=Q2, name="report"):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, quarter])


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(place):
    return make.holder_of(Role.RA_OFFICER, place)


def test_the_summary_says_what_is_given_missing_and_changed(client, place, officer):
    typed(
        place,
        Q2,
        [given(20_00), given(state=FigureState.NIL)],
        next_steps="A fair in Dubai.",
    )
    client.force_login(officer)

    page = client.get(url(place, name="report-file"))

    assert "2 of 4 figures are given" in page.text
    assert "2 figures are missing" in page.text
    assert "A fair in Dubai." in page.text
    assert "will be marked as filed late" in page.text
    assert "cannot be changed and is public" in page.text


def test_filing_files_once_however_often_it_is_clicked(client, place, officer):
    typed(place, Q2, [given(20_00)])
    client.force_login(officer)
    address = url(place, name="report-file")

    first = client.post(address, {"revision": "1"}, follow=True)
    second = client.post(address, {"revision": "1"}, follow=True)

    assert "The report is filed and public from now on." in first.text
    assert "The report was filed already." in second.text
    assert Reading.objects.count() == 1
    assert client.get(address).url == url(place)


def test_a_report_changed_since_it_was_read_is_not_filed(client, place, officer):
    typed(place, Q2, [given(20_00)])
    client.force_login(officer)

    for revision in ("0", "", "x", "-1"):
        data = {"revision": revision}
        page = client.post(url(place, name="report-file"), data)
        assert page.status_code == 409
        assert "Somebody changed the report meanwhile" in page.text
    assert not Reading.objects.exists()


def test_an_odd_figure_stops_the_filing_with_a_link_to_it(client, place, officer):
    filed(place, Q1, [20_00])
    typed(place, Q2, [given(900_00)])
    client.force_login(officer)
    address = url(place, name="report-file")

    page = client.get(address)

    row = prepare(place, Q2).figures[0]
    assert f"{url(place)}#{row.anchor}" in page.text
    assert "File the report</button>" not in page.text
    assert client.post(address, {"revision": "1"}).status_code == 409


def test_a_filed_report_is_read_and_no_longer_written(client, place, officer):
    filed(place, Q2, [20_00], done="Fair held.")
    client.force_login(officer)

    page = client.get(url(place))

    assert "filed 22 Nov 2026" in page.text
    assert "late" in page.text
    assert "Fair held." in page.text
    assert "1 of 4 figures given" in page.text
    assert "<textarea" not in page.text


@pytest.mark.parametrize("figures", [1, 4])
def test_a_filed_report_takes_as_many_queries_however_long(
    client, place, officer, figures, django_assert_num_queries
):
    done = {"status": "completed", "percent": 100, "released": None, "spent": None}
    change = {**done, "due_on": None, "reason": ""}
    typed(place, Q2, [given(20_00)] * figures, changes=[change] * figures)
    client.force_login(officer)
    client.post(url(place, name="report-file"), {"revision": "1"}, follow=True)
    assert InterventionUpdate.objects.exists()

    # Who asks; district, report, figures, targets, files, updates, interventions;
    # which reports are still owed.
    with django_assert_num_queries(4 + 8):
        client.get(url(place))
