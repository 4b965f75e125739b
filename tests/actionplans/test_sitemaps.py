"""What search engines are told of."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from actionplans.contents import entries
from actionplans.sitemaps import SECTIONS, Section
from districts.models import HSCode
from portal.models import DataVersion
from portal.reviewed import REVIEWED
from portal.terms import Status
from tests import make
from tests.test_house import PUBLIC

pytestmark = pytest.mark.django_db

XML = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
SITE = "https://portal.example"


@pytest.fixture(autouse=True)
def _lies_somewhere(settings):
    settings.SITE_URL = SITE


def parts(client):
    """The addresses of all sections, from the index."""
    index = ET.fromstring(client.get("/sitemap.xml").content)
    found = [loc.text for loc in index.findall("s:sitemap/s:loc", XML)]
    assert all(address.startswith(SITE) for address in found)
    return [address.removeprefix(SITE) for address in found]


def pages(client, section, query=""):
    """Each page of a section with its last day and the addresses of its twins."""
    answer = client.get(f"/sitemaps/{section}.xml{query}")
    assert answer["Content-Type"] == "application/xml"
    found = {}
    for url in ET.fromstring(answer.content).findall("s:url", XML):
        twins = {
            link.get("hreflang"): link.get("href")
            for link in url.findall("x:link", XML)
        }
        last = url.findtext("s:lastmod", None, XML)
        found[url.findtext("s:loc", "", XML).removeprefix(SITE)] = (last, twins)
    return found


def test_the_index_leads_to_every_section(client):
    assert parts(client) == [f"/sitemaps/{name}.xml" for name in SECTIONS]
    for address in parts(client):
        assert client.get(address).status_code == 200


def test_every_page_told_of_opens(client):
    make.district_product(make.plan(Status.PUBLISHED).district, make.product("Honey"))

    told = [page for name in SECTIONS for page in pages(client, name)]

    assert len(told) == len(set(told))
    assert {page: client.get(page).status_code for page in told} == dict.fromkeys(
        told, 200
    )


def test_each_page_is_told_of_in_both_languages_with_its_twins(client):
    place = make.district("Moradabad")
    address = place.get_absolute_url()

    found = pages(client, "districts")

    twins = {
        "en": f"{SITE}{address}",
        "hi": f"{SITE}/hi{address}",
        "x-default": f"{SITE}{address}",
    }
    assert {page: told[1] for page, told in found.items()} == {
        address: twins,
        f"/hi{address}": twins,
    }


def test_pages_that_stand_for_themselves_have_the_day_of_their_review(client):
    found = pages(client, "pages")

    assert found["/about/"][0] == REVIEWED["about"].isoformat()
    assert found["/"][0] is None
    assert "/search/" not in found
    assert not any("accounts" in page for page in found)


def test_a_district_its_state_and_its_plan_have_the_day_on_which_something_happened(
    client,
):
    plan = make.plan(Status.PUBLISHED)
    place = plan.district
    idle = make.district(state=place.state)
    today = timezone.localdate().isoformat()

    districts = pages(client, "districts")

    assert districts[place.get_absolute_url()][0] == today
    assert districts[idle.get_absolute_url()][0] is None
    assert pages(client, "states")[place.state.get_absolute_url()][0] == today
    there = reverse("plan", args=[place.state.slug, place.slug])
    assert pages(client, "plans")[there][0] == today


def test_only_plans_in_force_and_living_districts_are_told_of(client):
    make.plan(Status.ADOPTED)
    gone = make.district(until="2025-01-31")

    assert pages(client, "plans") == {}
    assert gone.get_absolute_url() not in pages(client, "districts")


def test_only_codes_and_sectors_of_products_are_told_of(client):
    chapter = HSCode.objects.create(code="09", description="Spices")
    code = HSCode.objects.create(code="0910", description="Ginger", parent=chapter)
    HSCode.objects.create(code="0902", description="Tea", parent=chapter)
    thing = make.product("Ginger", sector="plantation-spices")
    thing.hs_codes.add(code)
    DataVersion.rise()

    assert {page for page in pages(client, "hs") if "/hi/" not in page} == {
        "/hs/09/",
        "/hs/0910/",
    }
    assert set(pages(client, "sectors")) == {
        "/sectors/plantation-spices/",
        "/hi/sectors/plantation-spices/",
    }


def test_a_long_section_comes_in_parts(client, monkeypatch):
    monkeypatch.setattr(Section, "limit", 2)
    for _ in range(3):
        make.product()

    assert [part for part in parts(client) if "products" in part] == [
        "/sitemaps/products.xml",
        "/sitemaps/products.xml?p=2",
    ]
    first, second = pages(client, "products"), pages(client, "products", "?p=2")
    assert (len(first), len(second)) == (4, 2)


@pytest.mark.parametrize(
    "address",
    [
        "/sitemaps/nothing.xml",
        "/sitemaps/pages.xml?p=99",
        "/sitemaps/pages.xml?p=abc",
        f"/sitemaps/pages.xml?p={'9' * 5000}",
        "/sitemaps/pages.xml?p=%00",
    ],
)
def test_a_part_that_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_costs_the_same_however_long_it_is(
    client, section, django_assert_max_num_queries
):
    make.plan(Status.PUBLISHED)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as asked:
            client.get(f"/sitemaps/{section}.xml")
        counts.append(len(asked))
        make.district_product(make.plan(Status.PUBLISHED).district, make.product())

    assert counts[0] == counts[1]


def test_the_page_for_people_leads_to_all_that_stands_for_itself(client):
    links = re.findall(r'href="([^"#]+)"', client.get("/sitemap/").text)

    assert {entry.url for entry in entries()} <= set(links)


# Parts of pages, files for programs, and the page itself.
NO_CONTENTS = {
    *("admin-login", "datapackage", "emblem", "health", "ready", "robots", "security"),
    *("sitemap", "sitemap-index", "suggestions"),
}


def test_every_public_page_that_stands_for_itself_is_in_the_table_of_contents():
    listed = {entry.name for entry in entries()}
    for name in PUBLIC - NO_CONTENTS:
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        assert name in listed or name.startswith("account_"), name
