"""The Harmonized System to browse."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import HSCode
from portal.models import DataVersion
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list

pytestmark = pytest.mark.django_db
NOTE = "HS codes are our reading of the name; confirm them against ITC(HS)"


def page(client, code, prefix=""):
    DataVersion.rise()
    return client.get(f"{prefix}/hs/{code}/")


def code(code, description, parent=None):
    return HSCode.objects.create(code=code, description=description, parent=parent)


@pytest.fixture
def spices():
    """A heading with two subheadings, each with a product, in sections and chapters."""
    chapter = code("09", "Coffee, tea and spices", code("II", "Vegetable products"))
    code("01", "Live animals", code("I", "Animals"))
    heading = code("0910", "Ginger, saffron, turmeric", chapter)
    tea = code("0902", "Tea", chapter)
    place = make.district()
    for name, where in [
        ("Turmeric", code("091030", "Turmeric (curcuma)", heading)),
        ("Ginger", code("091011", "Ginger, not crushed", heading)),
        ("Tejpat", heading),
        ("Tea", tea),
        ("Spices", chapter),
    ]:
        product = make.product(name)
        product.hs_codes.add(where)
        make.district_product(place, product)
    make.district_product(make.district(), make.product("Brassware"))
    return heading


@pytest.mark.parametrize("address", ["", "II/", "09/", "0910/", "091030/", "01/"])
@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_strangers_browse_every_level_in_both_languages(
    client, spices, address, prefix
):
    answer = client.get(f"{prefix}/hs/{address}")

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


def test_sections_come_in_the_order_of_their_chapters(client, spices):
    shown = client.get("/hs/").context["sections"]

    found = [(s.code.code, [c.code.code for c in own]) for s, own in shown]
    assert found == [("I", ["01"]), ("II", ["09"])]


def test_the_tree_counts_products_and_districts(client, spices):
    (animals, _), (plants, [chapter]) = client.get("/hs/").context["sections"]

    assert (animals.products, animals.districts) == (0, 0)
    assert (plants.products, plants.districts) == (5, 1)
    assert (chapter.products, chapter.districts) == (5, 1)


def test_a_product_with_two_codes_under_one_counts_once(client, spices):
    turmeric = HSCode.objects.get(code="091030").products.get()
    turmeric.hs_codes.add(HSCode.objects.get(code="091011"))

    assert page(client, "0910").context["page"].branch.products == 3


@pytest.mark.parametrize("address", ["/hs/", "/hs/0910/", "/hs/II/"])
def test_every_count_of_districts_opens_exactly_those(client, spices, address):
    assert_every_count_opens_its_list(client, address)


@pytest.mark.parametrize("address", ["/hs/", "/hs/0910/", "/hs/II/"])
def test_every_count_of_products_opens_exactly_those(client, spices, address):
    text = client.get(address).text

    found = re.findall(r'<a href="(/products/\?hs=\w+)">(\d+)</a>', text)
    assert found
    for href, number in found:
        assert client.get(href).context["page"].paginator.count == int(number)


def test_a_code_stands_in_its_place_with_what_lies_around_it(client, spices):
    shown = page(client, "0910").context

    around = shown["page"]
    assert [c.code for c in around.above] == ["II", "09"]
    assert [b.code.code for b in around.below] == ["091011", "091030"]
    assert [b.code.code for b in around.beside] == ["0902"]
    assert [m.product.name for m in around.made] == ["Ginger", "Tejpat", "Turmeric"]
    assert [name for _href, name in shown["crumbs"]] == [
        "Home",
        "Products",
        "HS codes",
        "Section II",
        "Chapter 09",
    ]


def test_what_bears_a_wider_code_only_may_belong_here(client, spices):
    shown = page(client, "091030").context["page"]

    found = [(s.code.code, [m.product.name for m in s.made]) for s in shown.wider]
    assert found == [("09", ["Spices"]), ("0910", ["Tejpat"])]


def test_descriptions_say_that_they_are_english(client, spices):
    text = page(client, "0910", "/hi").text

    assert '<p class="lede mb-3" lang="en">Ginger, saffron, turmeric</p>' in text
    assert 'lang="en">Ginger, not crushed</td>' in text


def test_pages_say_what_our_codes_are_worth(client, spices):
    for address in ("/hs/", "/hs/0910/", "/hs/01/"):
        assert NOTE in client.get(address).text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("09103020", "091030"),
        ("0910302000", "091030"),
        ("0910.30", "091030"),
        ("910", "0910"),
        ("9", "09"),
        ("ii", "II"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_other_writings_lead_to_the_one_address(client, spices, typed, code, prefix):
    answer = page(client, typed, prefix)

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{prefix}/hs/{code}/"


@pytest.mark.parametrize(
    ("typed", "above"),
    [("091099", "0910"), ("09109999", "0910"), ("0999", "09"), ("091", "09")],
)
def test_an_unknown_code_is_not_found_but_the_nearest_above_is_offered(
    client, spices, typed, above
):
    answer = page(client, typed)

    assert answer.status_code == 404
    assert f'href="/hs/{above}/"' in answer.text


def test_a_code_without_any_above_it_leads_to_the_sections(client, spices):
    answer = page(client, "88")

    assert answer.status_code == 404
    assert '<a href="/hs/">Start from the sections and chapters</a>' in answer.text


@pytest.mark.parametrize(
    "rubbish", ["turmeric", "0910'", "%00", "😀", "9" * 400, "..", "IIII%20", "०९"]
)
def test_rubbish_is_not_found(client, spices, rubbish):
    assert client.get(f"/hs/{rubbish}/").status_code == 404


def test_a_code_without_products_leads_up(client, spices):
    text = page(client, "01").text

    assert "No product of the catalogue bears this code." in text
    assert 'One step up: <a href="/hs/I/">Section I</a>' in text


def test_a_code_whose_products_nobody_names_says_so(client, spices):
    saffron = make.product("Saffron")
    saffron.hs_codes.add(HSCode.objects.get(code="01"))

    assert "No district names any of them at present." in page(client, "01").text


def test_a_long_list_shows_the_most_named_and_leads_to_all(client, spices):
    for _ in range(40):
        make.product().hs_codes.add(spices)

    shown = page(client, "0910")

    assert len(shown.context["made"]) == 30
    assert shown.context["made"][0].places
    assert 'href="/products/?hs=0910">All 43 products under this code' in shown.text


@pytest.mark.parametrize("products", [1, 9])
def test_tree_and_codes_take_a_fixed_number_of_queries(client, spices, products):
    for number in range(products):
        product = make.product()
        product.hs_codes.add(spices)
        make.district_product(make.district(), product)
        code(f"09105{number}", "More", spices)
    page(client, "0910")

    with CaptureQueriesContext(connection) as queries:
        client.get("/hs/")
    assert len(queries) == 3
    with CaptureQueriesContext(connection) as queries:
        client.get("/hs/0910/")
    assert len(queries) == 5
