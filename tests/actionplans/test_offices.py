"""Regional Authorities and how current they keep their districts."""

import pytest
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.models import DataVersion
from portal.terms import Role, Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list
from tests.actionplans.quarters import in_force
from tests.actionplans.test_home import filed

pytestmark = pytest.mark.django_db
LIST, PATNA = "/regional-authorities/", "/regional-authorities/patna/"


@pytest.fixture
def patna():
    """An office with two districts, of which one has filed and one waits."""
    ra = make.regional_authority("Patna", name_hi="पटना")
    bihar = make.state("Bihar")
    filed(make.district("Gaya", ra=ra, state=bihar), asked=4, given=3)
    make.plan(Status.ASSESSED, make.district("Saran", ra=ra, state=bihar))
    return ra


@pytest.mark.parametrize("address", [LIST, PATNA])
@pytest.mark.parametrize("language", ["", "/hi"])
def test_strangers_are_welcome_in_both_languages(client, patna, language, address):
    page = client.get(language + address)

    assert page.status_code == 200
    assert ("पटना" if language else "RA Patna") in page.content.decode()


def test_an_unknown_office_is_not_found(client):
    assert client.get("/regional-authorities/atlantis/").status_code == 404


@pytest.mark.parametrize("address", [LIST, PATNA])
def test_every_count_opens_exactly_its_districts(client, patna, address):
    make.district(ra=None)

    assert_every_count_opens_its_list(client, address)


def test_besidefreshness_stands_the_share_of_figures_given(client, patna):
    assert "3 of 4" in client.get(LIST).content.decode()
    assert "<b>3 of 4</b> figures" in client.get(PATNA).content.decode()


def test_figures_never_asked_for_are_not_nought(client):
    make.district(ra=make.regional_authority("Patna"))

    words = client.get(PATNA).content.decode()

    assert "No figure has been asked for" in words
    assert "0 of 0" not in client.get(LIST).content.decode()


def test_it_says_which_reports_would_lift_it(client, on_day):
    ra = make.regional_authority("Patna")
    behind, fresh, thin, _unplanned = (make.district(name, ra=ra) for name in "ABCD")
    in_force(on_day, behind)
    filed(fresh, asked=4, given=3)
    filed(thin, asked=4, given=1)

    lifts = client.get(PATNA).context["lifts"]

    assert [place.name for place in lifts.owed[0].districts] == ["A"]
    assert (lifts.fresh, lifts.owed[0].fresh, lifts.total) == (1, 2, 4)
    assert [place.name for place in lifts.unowed] == ["D"]
    assert [place.name for place in lifts.waiting] == ["C"]
    words = client.get(PATNA).text
    assert "would make 2 of 4 fresh" in words
    assert "three lines in words would make it fresh too" in words
    assert "only the report of the next quarter makes it fresh" in words


def test_an_office_that_is_fresh_throughout_is_told_so(client):
    ra = make.regional_authority("Patna")
    filed(make.district("Gaya", ra=ra), asked=4, given=3)

    assert "Nothing: every district is fresh." in client.get(PATNA).text


def test_days_since_the_last_filing_are_shown(client, patna):
    assert "Last report filed today." in client.get(PATNA).text
    assert "today" in client.get(LIST).text


def test_an_office_without_an_officer_says_so(client, patna):
    vacant = "No officer of this office is on record"
    assert vacant not in client.get(PATNA).text

    Appointment.objects.filter(ra=patna).update(until=timezone.localdate())
    DataVersion.rise()

    assert vacant in client.get(PATNA).text


def test_only_its_own_districts_are_listed(client, patna):
    make.district("Kanpur Nagar")

    page = client.get(PATNA)

    assert [place.name for place in page.context["places"]] == ["Gaya", "Saran"]
    assert "Kanpur Nagar" not in page.context["map"].tiles.tiles


@pytest.mark.parametrize("address", [LIST, PATNA])
def test_provisional_jurisdictions_are_marked(client, patna, address):
    assert "provisional" not in client.get(address).content.decode()

    patna.jurisdictions.update(is_provisional=True)
    DataVersion.rise()

    assert "provisional" in client.get(address).content.decode()


@pytest.mark.parametrize("address", [LIST, PATNA])
def test_a_missing_address_is_said_to_be_missing(client, patna, address):
    assert "e-mail not recorded" in client.get(address).content.decode()

    patna.email = "ra.patna@portal.example"
    patna.save()

    assert "mailto:ra.patna@portal.example" in client.get(address).content.decode()


def test_districts_of_no_office_are_counted(client, patna):
    make.district(ra=None)

    page = client.get(LIST)

    assert page.context["without"].number == 1
    assert "?ra=none" in page.content.decode()


def test_an_office_without_districts_has_a_page(client):
    make.regional_authority("Patna")

    page = client.get(PATNA)

    assert page.context["map"] is None
    assert "No district is on record under this office." in page.content.decode()


def test_no_person_is_named(client, patna):
    officer = make.official(Role.RA_OFFICER, patna)

    for address in (LIST, PATNA):
        words = client.get(address).content.decode()
        assert officer.name not in words
        assert officer.email not in words


@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize(("address", "queries"), [(LIST, 3), (PATNA, 3)])
def test_the_number_of_queries_is_fixed(
    client, patna, size, address, queries, django_assert_num_queries
):
    for _ in range(size):
        make.district(ra=patna)
    DataVersion.rise()
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)
