"""The page that corrects a figure of a filed report."""

import pytest
from django.urls import reverse

from actionplans.models import Reading
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, filed, given, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(place):
    return make.holder_of(Role.RA_OFFICER, place)


@pytest.fixture
def reading(place):
    filed(place, Q2, [given(35_00, source="Register")])
    return Reading.objects.get()


def correction(place, reading):
    address = [place.state.slug, place.slug, reading.pk]
    return reverse("desk:reading-correct", args=address)


def test_a_correction_stands_beside_the_first_figure(client, place, officer, reading):
    client.force_login(officer)
    address = correction(place, reading)
    assert 'value="35"' in client.get(address).text

    data = {"value": "53", "source": "Register", "because": "Digits swapped."}
    page = client.post(address, data, follow=True)

    assert "The figure is corrected" in page.text
    assert "corrected,first<del>35</del>" in "".join(page.text.split())
    assert "Digits swapped." in page.text
    assert Reading.objects.current().get().value == 53_00


def test_a_correction_needs_a_figure_and_a_reason(client, place, officer, reading):
    client.force_login(officer)
    refused = [
        ({"value": "53", "because": " "}, "Say why the figure is corrected."),
        ({"value": "35", "source": "Register"}, "This is what stands there already"),
        ({"value": ""}, "Give the figure as it should be"),
        ({"value": "", "not_available": "on"}, "Say why the figure is not available."),
        ({"value": "1 2"}, "is not a number"),
        ({"value": "53", "nil": "on"}, "not both"),
    ]

    for values, sentence in refused:
        data = {"because": "Digits swapped.", **values}
        page = client.post(correction(place, reading), data)
        assert sentence in page.text
    assert Reading.objects.count() == 1


def test_what_was_corrected_meanwhile_keeps_what_is_typed(
    client, place, officer, reading
):
    client.force_login(officer)
    address = correction(place, reading)
    client.post(address, {"value": "53", "because": "Digits swapped."})

    page = client.post(address, {"value": "54", "because": "I was later."})

    assert "Somebody corrected this figure meanwhile" in page.text
    assert "I was later." in page.text
    assert "Stands there now:" in page.text
    assert Reading.objects.count() == 2


def test_a_correction_is_for_regional_authority_and_convener(client, place, reading):
    address = correction(place, reading)
    assert client.get(address).status_code == 302
    client.force_login(make.official(Role.STAFF, place))
    assert client.get(address).status_code == 403
    client.force_login(make.official(Role.RA_OFFICER, make.district()))
    assert client.get(address).status_code == 404


def test_a_reading_of_another_district_is_not_found(client, place, officer, reading):
    other = make.district(ra=place.regional_authority())
    client.force_login(officer)

    assert client.get(correction(other, reading)).status_code == 404
