"""Regional Authorities and how current they keep their districts."""

import pytest

from portal.models import DataVersion
from portal.terms import Role, Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list
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


def test_beside_freshness_stands_the_share_of_figures_given(client, patna):
    assert "3 of 4" in client.get(LIST).content.decode()
    assert "<b>3 of 4</b> figures" in client.get(PATNA).content.decode()


def test_figures_never_asked_for_are_not_nought(client):
    make.district(ra=make.regional_authority("Patna"))

    words = client.get(PATNA).content.decode()

    assert "No figure has been asked for" in words
    assert "0 of 0" not in client.get(LIST).content.decode()


def test_only_its_own_districts_are_listed(client, patna):
    make.district("Kanpur Nagar")

    page = client.get(PATNA)

    assert [place.name for place in page.context["places"]] == ["Gaya", "Saran"]
    assert "Kanpur Nagar" not in page.context["map"].tiles


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
@pytest.mark.parametrize(("address", "queries"), [(LIST, 4), (PATNA, 4)])
def test_the_number_of_queries_is_fixed(
    client, patna, size, address, queries, django_assert_num_queries
):
    for _ in range(size):
        make.district(ra=patna)
    DataVersion.rise()
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)
