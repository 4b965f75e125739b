"""The search page: an answer to whatever is asked."""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import HSCode, Naming, ServiceCategory
from portal.models import DataVersion
from portal.terms import Status
from tests import make

pytestmark = pytest.mark.django_db

STRANGE = [
    "",
    "   ",
    "\x00",
    "😀",
    "a" * 5000,
    "%_'\"\\",
    "<script>alert(1)</script>",
    "العربية",
    "\u202eabc",
    "9" * 400,
]


def asked(client, question, prefix="", **more):
    DataVersion.rise()
    return client.get(f"{prefix}/search/", {"q": question, **more})


def naming(row, scheme, wording):
    return Naming.objects.create(
        place=row, scheme=scheme, wording=wording, confidence="high", source="LIST"
    )


def names(answer):
    return [maker.place.name for maker in answer.context["makers"]]


def facet_links(answer):
    """Every link of the column at the side: its facet, label, count and address."""
    (aside,) = re.findall(r"<aside.*?</aside>", answer.text, re.DOTALL)
    for heading, body in re.findall(r"<h3>(.*?)</h3>(.*?)(?=<h3>|$)", aside, re.DOTALL):
        for href, label, count in re.findall(
            r'<a href="([^"]*)"[^>]*><span>([^<]*)</span>.*?<b>(\d+)',
            body,
        ):
            yield heading, label, int(count), unescape(href)


@pytest.fixture
def moradabad():
    return make.plan(Status.PUBLISHED, make.district("Moradabad")).district


@pytest.fixture
def turmeric():
    """Named by three districts, in one of them a variety; two of one State."""
    thing = make.product("Turmeric", name_hi="हल्दी", other_names="haldi")
    erode = make.product("Erode turmeric", variety_of=thing, gi_number=494)
    state = make.state("Tamil Nadu")
    plan = make.plan(Status.PUBLISHED, make.district("Salem", state=state))
    salem = make.district_product(plan.district, thing, exported="exported")
    naming(salem, "ODOP", "Spices (Turmeric etc.)")
    own = make.district_product(make.district("Erode", state=state), erode)
    naming(own, "PMFME", "Erode Manjal")
    make.district_product(make.district("Sangli"), thing)
    make.product("Turmeric oil")
    return thing


def test_a_district_is_found_with_where_it_stands(client, moradabad):
    text = asked(client, "Moradabad").text

    assert moradabad.get_absolute_url() in text
    assert "Published" in text


def test_a_slip_is_forgiven_and_said(client, moradabad):
    answer = asked(client, "Moradbad")

    assert moradabad.get_absolute_url() in answer.text
    assert "Showing results for <b>Moradabad</b>" in answer.text


def test_what_was_typed_can_be_asked_for_exactly(client, moradabad):
    text = asked(client, "Moradbad").text
    href = re.search(r'<a href="([^"]*)">Search for exactly “Moradbad”', text)[1]

    exact = client.get("/search/" + unescape(href)).text

    assert "Nothing fits “Moradbad”" in exact
    assert '<a href="?q=Moradbad">Search with slips forgiven</a>' in exact


def test_an_alias_and_a_hindi_name_find_the_place(client):
    place = make.district("Prayagraj", aliases="Allahabad|इलाहाबाद")

    for question in ("Allahabad", "इलाहाबाद", place.name_hi):
        assert place.get_absolute_url() in asked(client, question).text


def test_a_former_district_is_found_without_a_stage(client):
    place = make.district("Dudu", until="2025-01-31")

    assert place.get_absolute_url() in asked(client, "Dudu").text


@pytest.mark.parametrize(
    "name",
    [
        "q",
        "state",
        "sector",
        "scheme",
        "gi",
        "export",
        "stage",
        "show",
        "order",
        "page",
    ],
)
@pytest.mark.parametrize("value", STRANGE)
def test_nothing_in_the_address_is_an_error_or_markup(client, turmeric, name, value):
    answer = asked(
        client,
        **{"question": "turmeric", name: value} if name != "q" else {"question": value},
    )

    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert len(answer.text) < 100_000


def test_bytes_that_are_no_text_are_no_error(client, turmeric):
    for query in ("q=%ED%A0%80", "q=%FF%FE&state=%ED%A0%80", "q=%00", "q"):
        for page in ("/search/", "/search/suggestions/"):
            assert client.get(f"{page}?{query}").status_code == 200


def test_what_a_facet_does_not_know_narrows_nothing_and_is_said(client, turmeric):
    answer = asked(client, "turmeric", state="atlantis", show="dragons")

    assert "“atlantis” is not known here as “State”" in answer.text
    assert "“dragons” is not known here as “Show”" in answer.text
    assert len(names(answer)) == 3


def test_nothing_found_offers_a_way_on(client, moradabad):
    text = asked(client, "qqqqzzzz").text

    assert "Nothing fits" in text
    assert "/products/" in text


def test_it_answers_in_hindi(client, turmeric, moradabad):
    assert moradabad.name_hi in asked(client, "Moradabad", "/hi").text

    answer = asked(client, "haldi", "/hi")

    assert '<a href="/hi/products/turmeric/">हल्दी</a>' in answer.text
    assert 'href="/hi/districts/' in answer.text


def test_the_product_that_is_meant_stands_first_with_its_districts(client, turmeric):
    for question in ("turmeric", "Turmeric", "haldi", "हल्दी", "tumeric"):
        answer = asked(client, question)

        assert answer.context["hero"].product.key == "turmeric"
        assert names(answer) == ["Salem", "Erode", "Sangli"]
    assert "1 registered geographical indication" in answer.text


def test_search_and_product_page_say_the_same_of_a_product_and_its_varieties(
    client, turmeric
):
    said = (
        '<a href="/districts/?product=turmeric"><b>2 districts</b></a> in 2 of the'
        " States and Union Territories name it, "
        '<a href="/districts/?family=turmeric"><b>3</b>'
        " with its varieties</a>."
    )
    for address in ("/search/?q=turmeric", "/products/turmeric/"):
        DataVersion.rise()
        assert said in client.get(address).text
    for narrowed, number in (("product", 2), ("family", 3)):
        listed = client.get("/districts/", {narrowed: "turmeric"})
        assert listed.context["page"].paginator.count == number


def test_where_varieties_add_no_district_one_number_is_said(client):
    thing = make.product("Pepper")
    place = make.district()
    make.district_product(place, thing)
    make.district_product(place, make.product("White pepper", variety_of=thing))

    for text in (asked(client, "pepper").text, client.get("/products/pepper/").text):
        assert "<b>1 district</b></a> names it." in text
        assert "with its varieties" not in text


def test_where_only_varieties_are_named_that_is_said(client):
    thing = make.product("Pepper")
    white = make.product("White pepper", variety_of=thing)
    make.district_product(make.district(), white)

    for text in (asked(client, "pepper").text, client.get("/products/pepper/").text):
        assert "No district names it itself, <a" in text
        assert "<b>1 district</b></a> names a variety of it." in text


def test_plans_in_force_with_a_target_on_the_product_are_counted(client):
    plan = make.plan(Status.PUBLISHED)
    make.plan(Status.DRAFT)
    thing = plan.products.get(order=1).product

    assert asked(client, thing.name).context["hero"].plans == 1


def test_words_of_the_sources_are_shown_with_what_was_asked_marked(client, turmeric):
    text = asked(client, "haldi").text

    assert '<span lang="en">Spices (<mark>Turmeric</mark> etc.)</span>' in text
    assert "Erode Manjal" in text
    assert "entered here, without a source" in text


def test_where_several_products_may_be_meant_none_stands_first(client):
    for name in ("Silk saree", "Silk scarf"):
        make.district_product(make.district(), make.product(name))

    answer = asked(client, "silk")

    assert answer.context["hero"] is None
    assert answer.text.count("named by 1 district") == 2


def test_every_count_is_that_of_the_list_behind_it(client, turmeric):
    answer = asked(client, "turmeric")
    links = list(facet_links(answer))

    assert {heading for heading, *_ in links} == {
        "Show",
        "Furthest stage",
        "State",
        "Scheme",
        "Geographical indication",
        "Export status",
    }
    for heading, label, count, href in links:
        behind = client.get("/search/" + href)
        rows = behind.context["makers"] or behind.context["alone"]
        assert rows.paginator.count == count, (heading, label)


def test_counts_of_products_are_those_of_the_lists_behind_them(client):
    for number, sector in enumerate(["handloom", "handloom", "textiles"]):
        thing = make.product(f"Silk {number}", sector=sector)
        make.district_product(make.district(), thing)
    make.product("Silk that nobody names", sector="textiles")
    links = list(facet_links(asked(client, "silk", show="product")))

    assert ("Sector", "Textiles", 2) in [link[:3] for link in links]
    for heading, label, count, href in links:
        if heading != "Show":
            behind = client.get("/search/" + href)
            assert behind.context["alone"].paginator.count == count, label


def test_a_chosen_facet_shows_and_can_be_taken_away(client, turmeric):
    answer = asked(client, "turmeric", state="tamil-nadu", export="exported")

    assert names(answer) == ["Salem"]
    chosen = [link for link in facet_links(answer) if "state=" not in link[3]]
    assert ("State", "Tamil Nadu", 1) in [link[:3] for link in chosen]
    assert 'href="?q=turmeric&amp;export=exported"' in answer.text
    assert '<a class="small" href="?q=turmeric">Show all</a>' in answer.text


def test_a_question_that_nothing_fits_says_what_to_do(client, turmeric):
    answer = asked(client, "turmeric", gi="yes", export="exported")

    assert "No district fits all of these. Take one away." in answer.text


def test_districts_come_state_by_state_where_that_is_asked(client, turmeric):
    href = re.search(r'<a href="([^"]*)">by State', asked(client, "turmeric").text)[1]

    answer = client.get("/search/" + unescape(href))

    assert names(answer)[1:] == ["Erode", "Salem"]


def test_pages_keep_the_question(client):
    thing = make.product("Turmeric")
    state = make.state("Goa")
    for _ in range(26):
        make.district_product(make.district(state=state, ra=None), thing)
    answer = asked(client, "turmeric", state="goa", order="state")
    href = re.search(r'rel="next" href="([^"]*)"', answer.text)[1]

    after = client.get("/search/" + unescape(href))

    assert after.context["question"].chosen == {"state": "goa"}
    assert (len(names(answer)), len(names(after))) == (25, 1)


def test_one_kind_can_be_shown_alone(client, turmeric):
    answer = asked(client, "turmeric", show="product")

    found = [find.hit.entry.key for find in answer.context["alone"]]
    assert found == ["turmeric", "turmeric-oil", "erode-turmeric"]
    assert answer.context["hero"] is None


def test_the_offices_to_ask_are_those_of_the_districts(client, turmeric):
    place = turmeric.places.get(district__name="Sangli").district
    ra = place.regional_authority()

    offices = asked(client, "turmeric").context["found"].offices

    assert (ra.pk, 1) in [(row.ra_id, count) for row, count in offices]


def test_a_product_comes_with_how_many_districts_name_it(client):
    thing = make.product("Turmeric powder")
    for until in (None, None, "2026-01-31"):
        make.district_product(make.district(until=until), thing)
    make.product("Turmeric paste")

    text = asked(client, "turmeric").text

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

    made = client.get(link).context["made"]
    assert [one.product.name for one in made] == ["Dry ginger"]


def test_a_sector_leads_to_its_products(client):
    make.district_product(make.district(), make.product("Hosiery", sector="textiles"))
    make.district_product(make.district(), make.product("Turmeric"))

    for question in ("textiles", "वस्त्र"):
        text = asked(client, question).text
        link = re.search(r'href="([^"]+)">Textiles<', text)[1]
        made = client.get(link).context["line"].made
        assert [one.product.name for one in made] == ["Hosiery"]


def test_a_class_of_services_leads_to_its_place_among_the_services(client):
    travel = ServiceCategory.objects.create(code="SD", name="Travel", scheme="EBOPS")
    ServiceCategory.objects.create(
        code="SDB", name="Personal travel", scheme="EBOPS", parent=travel
    )

    for question, code in (("travel", "SD"), ("personal travel", "SDB")):
        text = asked(client, question).text
        address = re.search(r'href="(/services/[^"]+)"', text)[1]
        path, anchor = address.split("#")
        place = client.get(path).text.split(f'id="{anchor}"')[1]
        assert re.search(r'mono">(\w+)<', place)[1] == code


def test_suggestions_are_few_links_of_several_kinds(client, moradabad):
    for number in range(9):
        make.product(f"Moradabad craft {number}")
    DataVersion.rise()

    answer = client.get("/search/suggestions/", {"q": "morad"})

    assert "<html" not in answer.text
    assert answer.text.count("<a ") == 5
    assert moradabad.get_absolute_url() in answer.text
    assert "5 suggestions below the search box" in answer.text


def test_nothing_typed_suggests_nothing(client, moradabad):
    for typed in STRANGE:
        answer = client.get("/search/suggestions/", {"q": typed})
        assert answer.status_code == 200
        assert "<a " not in answer.text


def test_suggestions_take_one_query(client, moradabad, django_assert_num_queries):
    client.get("/search/suggestions/", {"q": "morad"})

    with django_assert_num_queries(1):
        client.get("/search/suggestions/", {"q": "morad"})


@pytest.mark.parametrize("finds", [1, 12])
def test_it_takes_a_fixed_number_of_queries(client, finds):
    thing = make.product("Turmeric")
    for number in range(finds):
        place = make.district(f"Turmeric place {number}")
        make.district_product(place, thing)
        make.district_product(place, make.product(f"Turmeric {number}"))
    asked(client, "Turmeric")

    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": "Turmeric"})

    # The data version three times (index, atlas, foot of the page), and the codes of
    # the product.
    assert len(queries) == 4


@pytest.mark.parametrize(
    "address",
    ["/search/?q=turmeric", "/search/?q=turm", "/products/", "/districts/"],
)
def test_no_heading_leaves_out_a_level(client, turmeric, address):
    DataVersion.rise()
    text = client.get(address).text

    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]

    assert levels[0] == 1
    assert max(levels) == 3
    assert all(after <= before + 1 for before, after in pairwise(levels))
