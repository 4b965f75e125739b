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
    "asked",
    [
        {"sector": "nonsense"},
        {"state": "\x00"},
        {"gi": "perhaps"},
        {"page": "x"},
        {"page": "9" * 5000},
        {"q": "\x00" * 300},
        {"hs": "'"},
        {"hs": "9" * 12},
    ],
)
def test_whatever_is_asked_is_answered(client, turmeric, asked):
    assert client.get(LIST, asked).status_code == 200


def test_what_cannot_be_read_is_said_and_lists_nothing(client, turmeric):
    shown = client.get(LIST, {"sector": "nonsense"})

    assert "nonsense is not one of the available choices" in shown.text
    assert list(shown.context["page"]) == []


@pytest.mark.parametrize(
    ("typed", "found"), [("910", True), ("०९१०", True), ("ii", True), ("I", False)]
)
def test_a_code_is_read_as_people_write_it(client, turmeric, typed, found):
    section = HSCode.objects.create(code="II", description="Vegetables")
    HSCode.objects.create(code="I", description="Animals")
    chapter = HSCode.objects.create(code="09", description="Spices", parent=section)
    HSCode.objects.filter(code="091030").update(parent=chapter)

    assert listed(client, hs=typed) == (["Turmeric"] if found else [])


@pytest.fixture
def catalogue(turmeric):
    """Products that differ in each of the facets."""
    here = make.district()
    row = make.district_product(here, turmeric)
    make.district_product(make.district(), turmeric)
    brass = make.product("Brassware", gi_number=31)
    for place in (row, make.district_product(here, brass)):
        place.namings.create(
            scheme=Naming.Scheme.ODOP, wording="X", confidence="high", source="X"
        )
    gone = make.district_product(make.district(until="2026-01-31"), brass)
    gone.namings.create(
        scheme=Naming.Scheme.PMFME, wording="X", confidence="high", source="X"
    )
    make.product("Tourism", kind="service", sector="services")
    return here


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"sector": "handicraft"},
        {"kind": "goods", "scheme": "ODOP"},
        {"q": "haldi", "gi": "true"},
        {"page": "7", "hs": "09"},
    ],
)
def test_the_count_beside_a_link_is_that_of_the_list_behind_it(
    client, catalogue, asked
):
    DataVersion.rise()
    shown = client.get(LIST, {**asked, "state": catalogue.state.slug})

    links = [link for facet in shown.context["facets"] for link in facet.links]

    assert links
    for link in links:
        behind = client.get(LIST + link.href).context["page"].paginator.count
        if not link.is_chosen:
            assert (link.label, behind) == (link.label, link.count)


def test_the_chosen_value_says_how_many_are_listed(client, catalogue):
    shown = client.get(LIST, {"sector": "handicraft", "kind": "goods"})

    chosen = [
        link.count
        for facet in shown.context["facets"]
        for link in facet.links
        if link.is_chosen
    ]
    assert chosen == [shown.context["page"].paginator.count] * 2


def test_what_only_former_districts_named_narrows_nothing(client, catalogue):
    facets = client.get(LIST).context["facets"]

    labels = {link.label for facet in facets for link in facet.links}
    assert "One District One Product" in labels
    assert "PM Formalisation of Micro Food Processing Enterprises" not in labels


def test_the_form_passes_on_what_the_links_chose(client, catalogue):
    text = client.get(LIST, {"sector": "handicraft"}).text

    assert '<input type="hidden" name="sector" value="handicraft"' in text
    assert 'name="kind"' not in text


def test_the_list_leads_to_sectors_codes_and_services(client, turmeric):
    text = client.get(LIST).text
    for address in ("/sectors/", "/hs/", "/services/", "/hs/091030/"):
        assert f'href="{address}"' in text

    chosen = client.get(LIST, {"sector": "handicraft"}).text
    assert 'href="/sectors/handicraft/"' in chosen


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

    assert len(shown.context["places"]) == 2
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
    assert len(queries) == 7
    with CaptureQueriesContext(connection) as queries:
        page(client, turmeric)
    assert len(queries) == 11
