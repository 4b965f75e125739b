"""The search page: an answer to whatever is asked."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import HSCode
from portal.models import DataVersion
from portal.terms import Status
from tests import make

pytestmark = pytest.mark.django_db


def asked(client, question, prefix=""):
    DataVersion.rise()
    return client.get(f"{prefix}/search/", {"q": question})


@pytest.fixture
def moradabad():
    return make.plan(Status.PUBLISHED, make.district("Moradabad")).district


def test_a_district_is_found_with_where_it_stands(client, moradabad):
    text = asked(client, "Moradabad").text

    assert moradabad.get_absolute_url() in text
    assert "Published" in text


def test_a_slip_is_forgiven_and_said(client, moradabad):
    text = asked(client, "Moradbad").text

    assert moradabad.get_absolute_url() in text
    assert "Showing results for" in text


def test_an_alias_and_a_hindi_name_find_the_place(client):
    place = make.district("Prayagraj", aliases="Allahabad|इलाहाबाद")

    for question in ("Allahabad", "इलाहाबाद", place.name_hi):
        assert place.get_absolute_url() in asked(client, question).text


def test_a_former_district_is_found_without_a_stage(client):
    place = make.district("Dudu", until="2025-01-31")

    assert place.get_absolute_url() in asked(client, "Dudu").text


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "\x00",
        "😀",
        "a" * 5000,
        "%_'\"\\",
        "<script>alert(1)</script>",
        "العربية",
    ],
)
def test_no_question_is_an_error_and_none_is_markup(client, moradabad, question):
    answer = asked(client, question)

    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_nothing_found_offers_a_way_on(client, moradabad):
    text = asked(client, "qqqqzzzz").text

    assert "Nothing fits" in text
    assert "/products/" in text


def test_it_answers_in_hindi(client, moradabad):
    text = asked(client, "Moradabad", "/hi").text

    assert moradabad.name_hi in text
    assert 'href="/hi/districts/' in text


def test_a_product_comes_with_how_many_districts_name_it(client):
    thing = make.product("Turmeric", other_names="haldi")
    for until in (None, None, "2026-01-31"):
        make.district_product(make.district(until=until), thing)
    make.product("Haldi powder")

    text = asked(client, "haldi").text

    assert "named by 2 districts" in text
    assert "no district names it at present" in text


def test_an_hs_code_leads_to_the_products_under_it(client):
    HSCode.objects.create(code="09", description="Coffee, tea, mate and spices")
    code = HSCode.objects.create(
        code="0910", description="Ginger", parent=HSCode.objects.get(code="09")
    )
    thing = make.product("Dry ginger")
    thing.hs_codes.add(code)

    text = asked(client, "0910").text
    link = re.search(r'href="([^"]+)">HS 0910<', text)[1]

    assert [row.name for row in client.get(link).context["page"]] == ["Dry ginger"]


@pytest.mark.parametrize("finds", [1, 12])
def test_it_takes_a_fixed_number_of_queries(client, finds):
    for number in range(finds):
        place = make.district(f"Turmeric place {number}")
        make.district_product(place, make.product(f"Turmeric {number}"))
    asked(client, "Turmeric")

    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": "Turmeric"})

    # The data version thrice (index, atlas, foot of the page), counts of districts.
    assert len(queries) == 4
