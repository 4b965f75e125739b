"""Sectors and services: what is made in each, where, and whom to ask."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import Sector, ServiceCategory
from portal.models import DataVersion
from portal.terms import Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list

pytestmark = pytest.mark.django_db
MARINE = "/sectors/marine/"


def page(client, address):
    DataVersion.rise()
    return client.get(address)


@pytest.fixture
def sea():
    """Fish in two districts of one State, prawns in one of them, crabs in none."""
    kerala = make.state("Kerala")
    fish, prawns, _crabs = (
        make.product(name, sector="marine") for name in ("Fish", "Prawns", "Crabs")
    )
    first, second = make.district(state=kerala), make.district(state=kerala)
    make.district_product(first, fish)
    make.district_product(second, fish)
    make.district_product(second, prawns)
    make.district_product(make.district(until="2026-01-31"), fish)
    make.district_product(make.district(), make.product("Brassware"))
    return kerala


@pytest.mark.parametrize("address", ["/sectors/", MARINE, "/services/"])
@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_strangers_are_welcome_in_both_languages(client, sea, address, prefix):
    assert client.get(prefix + address).status_code == 200


@pytest.mark.parametrize("sector", Sector)
def test_every_sector_has_a_page_even_without_products(client, sector):
    answer = client.get(f"/sectors/{sector.value}/")

    assert answer.status_code == 200
    assert "The catalogue has no product of this sector." in answer.text


def test_another_word_is_no_sector(client):
    assert client.get("/sectors/nonsense/").status_code == 404


def test_the_index_has_every_sector_those_of_most_districts_first(client, sea):
    lines = page(client, "/sectors/").context["lines"]

    assert {line.sector for line in lines} == set(Sector)
    assert [(x.sector, len(x.made), len(x.places)) for x in lines[:2]] == [
        (Sector.MARINE, 3, 2),
        (Sector.HANDICRAFT, 1, 1),
    ]


def test_a_district_counts_once_however_many_products_it_names(client, sea):
    line = page(client, MARINE).context["line"]

    assert [(m.product.name, len(m.places)) for m in line.made] == [
        ("Fish", 2),
        ("Prawns", 1),
        ("Crabs", 0),
    ]
    assert len(line.places) == 2
    assert [(state.name, len(own)) for state, own in line.states] == [("Kerala", 2)]


@pytest.mark.parametrize("address", ["/sectors/", MARINE])
def test_every_count_of_districts_opens_exactly_those(client, sea, address):
    DataVersion.rise()
    assert_every_count_opens_its_list(client, address)


@pytest.mark.parametrize("address", ["/sectors/", MARINE])
def test_every_count_of_products_opens_exactly_those(client, sea, address):
    text = page(client, address).text

    found = re.findall(r'<a href="(/products/\?sector=[\w-]+)">\D*(\d+)', text)
    assert found
    for href, number in found:
        assert client.get(href).context["page"].paginator.count == int(number)


def test_targets_of_plans_in_force_are_counted_by_product(client):
    plan = make.plan(Status.PUBLISHED)
    make.plan(Status.ADOPTED)

    shown = page(client, "/sectors/handicraft/")

    product = plan.products.get(order=1).product
    numbers = {made.product: number for made, number in shown.context["products_of"]}
    assert numbers[product] == 2
    assert shown.context["targets"] == 4
    assert "The plans in force set 4 targets on them." in shown.text
    on_its_page = client.get(product.get_absolute_url()).context
    assert on_its_page["target_count"] == 2


def test_a_plan_of_a_former_district_counts_no_more(client):
    plan = make.plan(Status.PUBLISHED)
    type(plan.district).objects.filter(pk=plan.district_id).update(until="2026-01-31")

    assert page(client, "/sectors/handicraft/").context["targets"] == 0


def test_the_plans_of_its_districts_and_the_offices_are_shown(client, sea):
    ra = make.regional_authority("Kochi")
    make.district_product(make.district(ra=ra), make.product(sector="marine"))
    ready = make.plan(Status.PUBLISHED)
    make.district_product(ready.district, make.product(sector="marine"))

    shown = page(client, MARINE)

    assert shown.context["overview"].funnel.total == 4
    assert 'at=published"' in shown.text
    assert "RA Kochi" in shown.text


def test_a_sector_that_no_district_names_says_so(client):
    make.product("Crabs", sector="marine")

    text = page(client, MARINE).text

    assert "No district names a product of this sector at present." in text
    assert 'href="/products/?sector=marine"' in text


def test_a_long_sector_leads_to_all_its_products(client):
    for _ in range(31):
        make.district_product(make.district(), make.product(sector="marine"))

    text = page(client, MARINE).text

    assert "All 31 products of this sector" in text


def test_districts_are_narrowed_by_sector_and_code(client, sea):
    text = page(client, "/districts/?sector=marine").text
    assert "Those that have identified a product of this sector:" in text

    for wrong in ("sector=nonsense", "sector=%00", "hs=%00", "hs=x", f"hs={'9' * 30}"):
        answer = client.get(f"/districts/?{wrong}")
        assert answer.status_code == 200
        assert answer.context["page"].paginator.count == 0


@pytest.fixture
def travel():
    top = ServiceCategory.objects.create(code="SD", name="Travel", scheme="EBOPS")
    ServiceCategory.objects.create(
        code="SDB", name="Personal travel", scheme="EBOPS", parent=top
    )
    ServiceCategory.objects.create(code="01", name="Business", scheme="W/120")
    return top


def test_services_stand_by_classification_the_used_one_open(client, travel):
    tourism = make.product(
        "Tourism",
        kind="service",
        sector="services",
        service_category=travel.children.get(),
    )
    place = make.district("Shimla")
    make.district_product(place, tourism)

    shown = page(client, "/services/")

    found = [(c.name, c.is_used) for c in shown.context["classifications"]]
    assert found == [("EBOPS", True), ("W/120", False)]
    assert "1 service is recorded so far, named by 1 of the districts." in shown.text
    assert place.get_absolute_url() in shown.text
    assert shown.text.count("<details") == 2
    assert shown.text.count(" open>") == 1
    assert '<span lang="en">Personal travel</span>' in shown.text


def test_without_services_the_page_says_so_and_leads_on(client, travel):
    text = page(client, "/services/").text

    assert "No service is recorded so far." in text
    assert 'href="/products/"' in text


@pytest.mark.parametrize("more", [1, 9])
def test_pages_take_a_fixed_number_of_queries(client, sea, travel, more):
    for _ in range(more):
        for sector, kind in (("marine", "goods"), ("services", "service")):
            make.district_product(
                make.district(), make.product(sector=sector, kind=kind)
            )
    page(client, MARINE)

    for address, number in (("/sectors/", 2), (MARINE, 3), ("/services/", 3)):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert (address, len(queries)) == (address, number)
