"""The districts in somebody's charge: the list with its filters, and one page each."""

import datetime as dt

import pytest
from django.urls import reverse

from actionplans.deadlines import next_due
from actionplans.stages import standings
from districts.models import District
from portal.terms import Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, in_force

pytestmark = pytest.mark.django_db


def listed(client, **query):
    return client.get(reverse("desk:districts"), query)


def names(client, **query):
    rows = listed(client, **query).context["rows"]
    return [row.glance.district.name for row in rows]


def url(place):
    return reverse("desk:district", args=[place.state.slug, place.slug])


def due(place):
    standing = standings(District.objects.filter(pk=place.pk))[place.pk]
    return next_due(standing, dt.date(2026, 11, 22))


# The list


def test_the_list_has_the_living_districts_in_charge(client):
    ra = make.regional_authority()
    make.district("Barmer", ra=ra)
    make.district("Ajmer", ra=ra)
    make.district("Oldpur", ra=ra, until=dt.date(2026, 1, 1))
    make.district("Elsewhere")
    client.force_login(make.official(Role.RA_OFFICER, ra))

    assert names(client) == ["Ajmer", "Barmer"]


def test_the_list_is_narrowed_by_the_address_bar(client, on_day):
    state = make.state("Rajasthan")
    fresh = in_force(on_day, make.district("Ajmer", state=state)).district
    filed(fresh, Q2, [20_00] * 4)
    make.plan(Status.ADOPTED, make.district("Barmer", name_hi="बाड़मेर", state=state))
    make.district("Churu", aliases="Churoo|Chooru")
    client.force_login(make.official(Role.AUDITOR))
    everyone = ["Ajmer", "Barmer", "Churu"]

    assert names(client) == everyone
    assert names(client, at="adopted") == ["Barmer"]
    assert names(client, at="reporting", freshness="fresh") == ["Ajmer"]
    assert names(client, freshness="never") == ["Barmer", "Churu"]
    assert names(client, state="rajasthan") == ["Ajmer", "Barmer"]
    assert names(client, q="बाड़") == ["Barmer"]
    assert names(client, q="CHOORU") == ["Churu"]
    assert names(client, at="nonsense", freshness="nonsense") == everyone
    assert "No district matches." in listed(client, q="nowhere").text


def test_the_fresh_districts_of_the_worklist_open_as_a_list(client, on_day):
    ra = make.regional_authority()
    for _ in range(2):
        filed(in_force(on_day, make.district(ra=ra)).district, Q2, [20_00] * 4)
    make.district(ra=ra)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    fresh = client.get(reverse("desk:worklist")).context["fresh"]

    assert len(names(client, freshness="fresh")) == fresh == 2


def test_the_list_names_vacant_posts_and_what_is_due_next(client, on_day):
    place = make.plan(Status.UNDER_ASSESSMENT).district
    make.official(Role.RA_OFFICER, place)
    client.force_login(make.official(Role.HQ_ADMIN))

    page = listed(client)

    (row,) = page.context["rows"]
    assert row.vacant == [Role.CHAIR]
    assert row.next_due == dt.date(2026, 12, 7)


@pytest.mark.parametrize("districts", [1, 5])
def test_the_list_takes_fourteen_queries_however_long(
    client, on_day, districts, django_assert_num_queries
):
    ra = make.regional_authority()
    for _ in range(districts):
        filed(in_force(on_day, make.district(ra=ra)).district)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    # Who asks; the districts, where they stand, their vacancies.
    with django_assert_num_queries(4 + 1 + 7 + 2):
        listed(client)


def test_who_holds_no_post_has_no_districts(client):
    make.district()
    client.force_login(make.user())

    assert "No district is in your charge today." in listed(client).text


def test_a_stranger_is_asked_to_sign_in(client):
    assert listed(client).status_code == 302
    assert client.get(url(make.district())).status_code == 302


# What is due next


def test_a_plan_in_preparation_is_due_by_its_status(on_day):
    assert due(make.plan(Status.DRAFT).district) == dt.date(2026, 12, 22)
    assert due(make.plan(Status.ADOPTED).district) == dt.date(2026, 12, 7)
    assert due(make.district()) is None


def test_a_plan_in_force_is_due_to_report(on_day):
    place = in_force(on_day).district

    assert due(place) == dt.date(2026, 7, 15)
    filed(place, Q1)
    assert due(place) == dt.date(2026, 10, 15)
    filed(place, Q2)
    assert due(place) == dt.date(2027, 1, 15)


# One district


def test_the_page_gathers_what_an_official_needs(client, on_day):
    plan = in_force(on_day)
    place = plan.district
    filed(place, Q1)
    make.appointment(make.user("A. Chair"), Role.CHAIR, place)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    page = client.get(url(place))

    for words in ("File the Q2 2026-27 report", "filed 22 Nov 2026", "A. Chair"):
        assert words in page.text
    for name in ("people", "committee", "products"):
        address = reverse(f"desk:{name}", args=[place.state.slug, place.slug])
        assert f'href="{address}"' in page.text
    assert f'href="{plan.get_absolute_url()}"' in page.text
    assert f'href="{place.get_absolute_url()}"' in page.text


def test_a_district_without_a_plan_offers_to_start_one(client):
    place = make.district()
    address = reverse("desk:district-start", args=[place.state.slug, place.slug])
    client.force_login(make.official(Role.CONVENER, place))

    assert f'href="{address}"' in client.get(url(place)).text

    client.force_login(make.official(Role.AUDITOR))
    page = client.get(url(place))
    assert f'href="{address}"' not in page.text
    assert "Nothing in this district waits for you today." in page.text


def test_a_former_district_says_when_it_ended(client):
    place = make.district(until=dt.date(2026, 1, 1))
    client.force_login(make.official(Role.AUDITOR))

    assert "This district ended on 1 Jan 2026" in client.get(url(place)).text


def test_another_district_is_not_found(client):
    client.force_login(make.official(Role.CONVENER, make.district()))

    assert client.get(url(make.district())).status_code == 404
    missing = reverse("desk:district", args=["nowhere", "nowhere"])
    assert client.get(missing).status_code == 404


@pytest.mark.parametrize("quarters", [1, 2])
def test_the_page_takes_as_many_queries_however_much_happened(
    client, on_day, quarters, django_assert_num_queries
):
    place = in_force(on_day).district
    for quarter in (Q1, Q2)[:quarters]:
        filed(place, quarter)
    for _ in range(quarters * 3):
        make.official(Role.MEMBER, place)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    # Who asks; district, office, standing, what waits, plans, reports, people, start,
    # recording an adopted plan or a draft.
    with django_assert_num_queries(4 + 1 + 1 + 7 + 2 + 1 + 1 + 1 + 1 + 2):
        client.get(url(place))
