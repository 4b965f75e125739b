"""The catalogue for everybody, and the page of one product."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from districts.models import GIRegistration, HSCode, Naming
from portal.models import DataVersion
from portal.terms import Status
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/products/"


def page(client, thing):
    return client.get(reverse("product", args=[thing.slug]))


def listed(client, **asked):
    DataVersion.rise()
    return [row.name for row in client.get(LIST, asked).context["page"]]


@pytest.fixture
def turmeric():
    thing = make.product(
        "Turmeric",
        name_hi="हल्दी",
        other_names="haldi|manjal",
        sector="plantation-spices",
    )
    thing.hs_codes.add(HSCode.objects.create(code="091030", description="Turmeric"))
    return thing


def test_products_stand_with_how_many_districts_name_them_most_named_first(client):
    rare, common = make.product("Rare"), make.product("Common")
    for _ in range(2):
        make.district_product(make.district(), common)
    make.district_product(make.district(), rare)
    make.district_product(make.district(), rare, until="2026-01-01")

    rows = client.get(LIST).context["page"]

    assert [(row.name, row.district_count) for row in rows] == [
        ("Common", 2),
        ("Rare", 1),
    ]


def test_every_count_opens_the_list_of_exactly_those_districts(client):
    common = make.product("Common")
    here, there = make.state(), make.state()
    for state in (here, here, there):
        make.district_product(make.district(state=state), common)
    gone = make.district(state=here, until="2026-01-31")
    make.district_product(gone, common)

    for asked, count in ({}, 3), ({"state": here.slug}, 2):
        text = client.get(LIST, asked).text
        found = re.search(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)</a>', text)
        rows = client.get(unescape(found[1])).context["page"].paginator.count
        assert int(found[2]) == rows == count


def test_a_product_that_no_district_names_has_a_dash_and_no_link(client):
    make.product("Lonely")

    text = client.get(LIST).text

    assert "?product=lonely" not in text
    assert "\N{EN DASH}</td>" in text


@pytest.mark.parametrize("code", ["0910 30", "0910.30", "09103090", "910301"])
def test_a_code_may_be_written_in_any_way_but_another_is_another(
    client, turmeric, code
):
    expected = [] if code == "910301" else ["Turmeric"]
    assert listed(client, hs=code) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "haldi"},
        {"q": "हल्दी"},
        {"q": "tumeric"},
        {"q": "0910"},
        {"hs": "09"},
        {"sector": "plantation-spices"},
    ],
)
def test_the_list_is_narrowed_by_names_spellings_codes_and_sector(
    client, turmeric, asked
):
    make.product("Brassware")

    assert listed(client, **asked) == ["Turmeric"]


def test_the_list_is_narrowed_by_state_scheme_and_gi(client, turmeric):
    place = make.district()
    row = make.district_product(place, turmeric)
    row.namings.create(
        scheme=Naming.Scheme.ODOP, wording="Turmeric", confidence="high", source="X"
    )
    make.product("Registered", gi_number=31)

    assert listed(client, state=place.state.slug) == ["Turmeric"]
    assert listed(client, scheme="ODOP") == ["Turmeric"]
    assert listed(client, gi="true") == ["Registered"]


@pytest.mark.parametrize(
    "asked", [{"sector": "nonsense"}, {"page": "x"}, {"q": "\x00" * 300}, {"hs": "'"}]
)
def test_whatever_is_asked_is_answered(client, turmeric, asked):
    assert client.get(LIST, asked).status_code == 200


def test_nothing_found_says_how_to_go_on(client):
    assert "No product fits." in client.get(LIST, {"hs": "99"}).text


def test_a_product_shows_its_makers_in_the_words_of_their_sources(client, turmeric):
    plan = make.plan(Status.PUBLISHED)
    row = make.district_product(plan.district, turmeric)
    row.namings.create(
        scheme=Naming.Scheme.PMFME, wording="Termaric", confidence="low", source="X"
    )

    text = page(client, turmeric).text

    assert plan.district.name in text
    assert 'Termaric</span> <span class="small muted">PMFME</span>' in text
    assert "haldi, manjal" in text
    assert "Published" in text


def test_a_word_that_two_schemes_use_stands_once_with_both(client, turmeric):
    row = make.district_product(make.district(), turmeric)
    for scheme in (Naming.Scheme.ODOP, Naming.Scheme.PMFME):
        row.namings.create(
            scheme=scheme, wording="Haldi powder", confidence="high", source="X"
        )

    text = page(client, turmeric).text

    assert text.count("Haldi powder") == 1
    assert "ODOP · PMFME" in text


def test_a_registered_indication_belongs_to_its_states_not_to_each_maker(client):
    thing = make.product("Lakadong turmeric", gi_number=741)
    registered = GIRegistration.objects.create(
        number=741, name="Lakadong Turmeric", goods_type="Agricultural", source="X"
    )
    registered.states.add(make.state("Meghalaya"))
    make.district_product(make.district(), thing)

    text = page(client, thing).text

    assert "registration no. 741, Meghalaya" in text
    assert text.count("741") == 1


def test_a_guessed_office_is_marked_as_provisional(client, turmeric):
    place = make.district()
    make.district_product(place, turmeric)
    assert "provisional" not in page(client, turmeric).text

    place.jurisdictions.update(is_provisional=True)
    DataVersion.rise()

    assert "provisional" in page(client, turmeric).text


def test_the_page_opens_the_same_districts_as_a_list(client, turmeric):
    for until in (None, None, "2026-01-31"):
        make.district_product(make.district(until=until), turmeric)

    shown = page(client, turmeric)
    link = re.search(r'href="(/districts/\?product=[^"]+)"', shown.text)[1]

    assert len(shown.context["makers"]) == 2
    assert client.get(link).context["page"].paginator.count == 2


def test_varieties_stand_with_how_many_living_districts_name_them(client, turmeric):
    variety = make.product("Erode turmeric", variety_of=turmeric)
    for until in (None, "2026-01-31"):
        make.district_product(make.district(until=until), variety)

    shown = page(client, turmeric).context["varieties"]

    assert [(row.name, row.district_count) for row in shown] == [("Erode turmeric", 1)]


def test_both_pages_speak_hindi(client, turmeric):
    make.district_product(make.district(), turmeric)

    assert "हल्दी" in client.get(f"/hi{LIST}").text
    shown = client.get(f"/hi/products/{turmeric.slug}/").text
    assert '<h1 class="mb-2">हल्दी' in shown
    assert 'href="/hi/districts/' in shown


def test_a_product_shows_targets_of_plans_in_force_only(client):
    published, draft = make.plan(Status.PUBLISHED), make.plan(Status.DRAFT)
    for plan, shown in ((published, True), (draft, False)):
        target = plan.targets.first()
        text = page(client, target.plan_product.product).text
        assert (target.indicator.name in text) is shown


def test_a_product_that_nobody_names_says_so(client, turmeric):
    assert "No district names it at present." in page(client, turmeric).text


def test_an_unknown_product_is_not_found(client):
    assert client.get("/products/nothing/").status_code == 404


@pytest.mark.parametrize("districts", [1, 9])
def test_both_pages_take_a_fixed_number_of_queries(client, turmeric, districts):
    for _ in range(districts):
        make.district_product(make.district(), turmeric)
        make.product(variety_of=turmeric)
    DataVersion.rise()
    page(client, turmeric)

    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) == 5
    with CaptureQueriesContext(connection) as queries:
        page(client, turmeric)
    assert len(queries) == 9
