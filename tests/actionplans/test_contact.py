"""Whom to write to about a district."""

import pytest

from portal.models import DataVersion
from tests import make

pytestmark = pytest.mark.django_db


def asked(client, name):
    DataVersion.rise()
    return client.get("/contact/", {"district": name}).text


def test_the_office_of_a_district_is_found_in_spite_of_a_slip(client):
    ra = make.regional_authority("Jaipur", email="jaipur@office.example")
    place = make.district("Darbhanga", ra=ra)

    text = asked(client, "Darbanga")

    assert f'href="{place.get_absolute_url()}#contacts"' in text
    assert f'href="{ra.get_absolute_url()}"' in text
    assert 'href="mailto:jaipur@office.example"' in text


def test_what_is_not_recorded_is_said_to_be_so(client):
    make.district("Darbhanga", ra=None)
    make.district("Dudu", ra=make.regional_authority("Kota"))

    assert "no RA recorded" in asked(client, "Darbhanga")
    assert "e-mail not recorded" in asked(client, "Dudu")


def test_places_of_one_name_are_all_shown(client):
    places = [make.district("Aurangabad", state=make.state()) for _ in range(2)]

    text = asked(client, "aurangabad")

    for place in places:
        assert f'href="{place.get_absolute_url()}#contacts"' in text


@pytest.mark.parametrize(
    "name", ["Nowhere", "\0", "😀", "9" * 5000, "<b>", "honey", "Bihar"]
)
def test_what_is_no_district_gets_a_sentence(client, name):
    make.district("Darbhanga", state=make.state("Bihar"))
    make.product("Honey")

    text = asked(client, f"{name}x")

    assert "No district is called" in text
    assert "<b>x" not in text


def test_a_former_district_has_no_office(client):
    make.district("Dudu", until="2025-01-31")

    assert "No district is called" in asked(client, "Dudu")


def test_the_page_costs_the_same_however_many_are_found(
    client, django_assert_max_num_queries
):
    counts = []
    for _ in range(2):
        make.district("Aurangabad", state=make.state())
        asked(client, "Aurangabad")
        with django_assert_max_num_queries(4) as queries:
            client.get("/contact/", {"district": "Aurangabad"})
        counts.append(len(queries))

    assert counts[0] == counts[1]
