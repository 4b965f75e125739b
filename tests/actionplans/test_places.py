"""One State, and the list of districts behind every count."""

import datetime as dt

import pytest
from django.utils import timezone

from districts.models import ExportFigure, ProgrammeTag, State
from portal.models import DataVersion
from portal.terms import Role, Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list, rows
from tests.actionplans.test_home import filed

pytestmark = pytest.mark.django_db


def names(client, **asked):
    page = client.get("/districts/", asked)
    return [place.name for place in page.context["places"]]


@pytest.fixture
def land(client):
    """Districts of one State at different stages, and one elsewhere."""
    bihar = make.state("Bihar")
    for name, status in [
        ("Araria", Status.UNDER_ASSESSMENT),
        ("Banka", Status.ADOPTED),
        ("Gaya", Status.PUBLISHED),
    ]:
        plan = make.plan(status, make.district(name, state=bihar))
    filed(plan.district)
    make.district("Saran", state=bihar)
    make.district("Goalpara", state=make.state("Assam"))
    return bihar


@pytest.mark.parametrize("address", ["/states/bihar/", "/districts/"])
@pytest.mark.parametrize("language", ["", "/hi"])
def test_strangers_are_welcome_in_both_languages(client, land, language, address):
    assert client.get(language + address).status_code == 200


def test_every_count_opens_exactly_its_districts(client, land):
    assert_every_count_opens_its_list(client, "/states/bihar/")


def test_an_unknown_state_is_not_found(client):
    assert client.get("/states/atlantis/").status_code == 404


def test_a_state_has_its_districts_only(client, land):
    page = client.get("/states/bihar/")

    found = [place.name for place in page.context["places"]]
    assert found == ["Araria", "Banka", "Gaya", "Saran"]


def test_neighbours_are_drawn_without_a_link(client):
    bihar = make.state("Bihar")
    make.district("Saran", state=bihar, column=5, row=5)
    make.district("Deoria", state=make.state("Elsewhere"), column=4, row=5)

    shown = client.get("/states/bihar/").context["map"].tiles

    assert "Deoria" not in shown.tiles
    assert shown.ghosts.count("#nb") == 1


def test_a_state_without_tiles_has_no_map(client):
    make.district(state=make.state("Bihar"), column=None, row=None)

    page = client.get("/states/bihar/")

    assert page.context["map"] is None
    assert page.status_code == 200


def test_a_state_without_districts_says_so(client):
    make.state("Bihar")

    page = client.get("/states/bihar/")

    assert "No district is on record." in page.content.decode()


def test_a_state_shows_its_share_of_figures_and_its_last_filing(client):
    bihar = make.state("Bihar")
    filed(make.district(state=bihar), asked=4, given=3)
    filed(make.district(state=bihar), asked=6, given=6)
    filed(make.district(), asked=9, given=1)

    words = client.get("/states/bihar/").text

    assert "<b>9 of 10</b> figures asked for" in words
    assert "Last report filed today." in words
    assert "9 of 10" in client.get("/monitor/").text
    assert "<b>10 of 19</b> figures asked for" in client.get("/").text


def test_where_nothing_was_asked_no_share_is_made_up(client):
    make.district(state=make.state("Bihar"))

    words = client.get("/states/bihar/").text

    assert "No figure has been asked for in a report filed for" in words
    assert "No report has been filed yet." in words
    assert "0 of 0" not in client.get("/monitor/").text


def test_exports_of_a_state_stand_as_reported(client, land):
    ExportFigure.objects.create(
        state=land,
        financial_year="2022-23",
        value="146485",
        unit="USD million",
        source="WIKI",
    )

    ExportFigure.objects.create(
        state=land,
        financial_year="2021-22 (Apr-Nov)",
        value="124744.46",
        unit="INR crore",
        source="EBOPS_2010",
        note="rounded in source",
    )

    words = client.get("/hi/states/bihar/").content.decode()

    assert "146,485 मिलियन" in words
    assert "₹ 1,24,744.46 करोड़" in words
    assert 'href="/hi/sources/#EXPORT_FIGURES" lang="en">WIKI</a>' in words
    title = "Extended Balance of Payments Services Classification"
    assert f'href="/hi/sources/#EBOPS_2010" lang="en">{title}</a>' in words
    assert 'lang="en">rounded in source</small>' in words
    assert 'id="EXPORT_FIGURES"' in client.get("/hi/sources/").text


def test_a_unit_that_is_not_known_stays_as_it_was_stated(client, land):
    unknown = {"unit": "EUR bn", "source": "WIKI", "value": "about 2"}
    ExportFigure.objects.create(state=land, **unknown)

    words = client.get("/states/bihar/").text

    assert "about 2 EUR bn" in words
    assert "period not stated" in words


def test_a_phone_reads_the_usual_office_once_and_no_dashes(client):
    bihar, patna = make.state("Bihar"), make.regional_authority("Patna")
    for name in ("Araria", "Banka"):
        make.district(name, state=bihar, ra=patna)
    make.district("Gaya", state=bihar, ra=make.regional_authority("Kolkata"))

    text = client.get("/states/bihar/").text

    assert "Regional Authority where no other is named: RA Patna" in text
    table = text.partition('<table class="tbl tight stack places">')[2]
    araria, banka, gaya = table.partition("</table>")[0].split("<tr>")[2:]
    assert araria.count("spare") == banka.count("spare") == gaya.count("spare") + 1
    # Since when, in whose hands, the last report.
    assert gaya.count("spare") == 3


def test_districts_and_states_are_in_the_order_of_their_names_in_hindi(client):
    for state, hindi in (("Assam", "असम"), ("Bihar", "बिहार"), ("Odisha", "ओडिशा")):
        make.state(state, name_hi=hindi)
    bihar, assam, odisha = (
        State.objects.get(name=name) for name in ("Bihar", "Assam", "Odisha")
    )
    for name, hindi, state in (
        ("Araria", "सारण", bihar),
        ("Gaya", "गया", bihar),
        ("Baksa", "बक्सा", assam),
        ("Angul", "अंगुल", odisha),
    ):
        make.district(name, state=state, name_hi=hindi)

    in_english = client.get("/states/bihar/").context["places"]
    in_hindi = client.get("/hi/states/bihar/").context["places"]
    assert [place.name for place in in_english] == ["Araria", "Gaya"]
    assert [place.name for place in in_hindi] == ["Gaya", "Araria"]
    states = client.get("/hi/").context["states"]
    assert [state.name for state, _ in states] == ["Assam", "Odisha", "Bihar"]
    states = client.get("/").context["states"]
    assert [state.name for state, _ in states] == ["Assam", "Bihar", "Odisha"]


def test_a_missing_figure_is_not_nought(client, land):
    words = client.get("/states/bihar/").content.decode()

    assert "No figure is on record." in words
    assert "<b>0</b>" not in words


def test_who_holds_a_plan_and_since_when_is_public(client, land):
    words = client.get("/states/bihar/").content.decode()

    assert "Under assessment" in words
    assert "Regional Authority officer" in words


def test_provisional_jurisdictions_are_marked(client):
    place = make.district(state=make.state("Bihar"))
    place.jurisdictions.update(is_provisional=True)

    for address in ("/states/bihar/", "/districts/"):
        assert "provisional" in client.get(address).content.decode()


def test_official_jurisdictions_are_not(client):
    make.district(state=make.state("Bihar"))

    assert "provisional" not in client.get("/districts/").content.decode()


def test_a_district_of_no_office_says_so(client):
    make.district(ra=None)

    assert "no RA recorded" in client.get("/districts/").content.decode()


def test_stage_reached_and_furthest_stage_differ(client, land):
    assert names(client, stage="adopted") == ["Banka", "Gaya"]
    assert names(client, at="adopted") == ["Banka"]
    assert names(client, at="none") == ["Goalpara", "Saran"]


def test_filters_narrow_each_other(client, land):
    assert names(client, state="bihar", at="none") == ["Saran"]
    assert names(client, state="assam", stage="adopted") == []


def test_by_freshness_committee_and_waiting(client, land):
    assert names(client, freshness="fresh") == ["Gaya"]
    assert names(client, waiting="yes") == ["Araria"]
    assert set(names(client, committee="yes")) >= {"Banka", "Gaya"}


def test_by_office_or_by_none(client):
    office = make.regional_authority("Patna")
    make.district("Gaya", ra=office)
    make.district("Saran", ra=None)

    assert names(client, ra="patna") == ["Gaya"]
    assert names(client, ra="none") == ["Saran"]


@pytest.mark.parametrize("language", ["", "/hi"])
def test_a_row_leads_to_its_office(client, language):
    make.district(ra=make.regional_authority("Patna"))

    words = client.get(f"{language}/districts/").content.decode()

    assert f'href="{language}/regional-authorities/patna/"' in words


def test_an_ended_jurisdiction_no_longer_counts(client):
    office = make.regional_authority("Patna")
    place = make.district("Gaya", ra=office)
    place.jurisdictions.update(until=timezone.localdate())

    assert names(client, ra="patna") == []


def test_by_programme_while_it_lasts(client):
    for name, until in [("Gaya", None), ("Saran", dt.date(2024, 1, 1))]:
        ProgrammeTag.objects.create(
            district=make.district(name), tag="focus", until=until, source="A list"
        )

    assert names(client, tag="focus") == ["Gaya"]


def test_by_product_while_the_district_names_it(client):
    turmeric = make.product("Turmeric")
    make.district_product(make.district("Erode"), turmeric)
    past = make.district_product(make.district("Sangli"), turmeric)
    past.until = timezone.localdate()
    past.save()

    page = client.get("/districts/", {"product": "turmeric"})

    assert [place.name for place in page.context["places"]] == ["Erode"]
    assert 'name="product" value="turmeric"' in page.content.decode()


@pytest.mark.parametrize("asked", ["rangareddy", "Ranga Reddy", "K.V.Ranga", "रंगा"])
def test_a_name_is_found_however_it_is_spelt(client, asked):
    make.district("Ranga Reddy", name_hi="रंगा रेड्डी", aliases="K.V. Rangareddy")
    make.district("Nalgonda")

    assert names(client, q=asked) == ["Ranga Reddy"]


@pytest.mark.parametrize(
    "asked",
    [{"stage": "finished"}, {"state": "atlantis"}, {"product": "moonstone"}],
)
def test_a_filter_that_cannot_be_read_is_named(client, land, asked):
    page = client.get("/districts/", asked)

    assert page.status_code == 200
    assert rows(page) == 0
    assert "Select a valid choice" in page.content.decode()


def test_rows_can_be_ticked_to_be_compared(client, land):
    words = client.get("/districts/", {"state": "assam"}).text

    assert '<form action="/compare/"' in words
    assert 'name="district" value="assam/goalpara"' in words
    assert 'name="district"' not in client.get("/states/assam/").text


def test_an_empty_list_offers_a_way_on(client):
    words = client.get("/districts/", {"q": "nowhere"}).content.decode()

    assert "No district fits." in words
    assert "Show all districts" in words


def test_a_hundred_districts_make_a_page(client, monkeypatch):
    monkeypatch.setattr("actionplans.views.places.DISTRICTS_A_PAGE", 2)
    for name in ("Araria", "Banka", "Gaya"):
        make.district(name)

    assert names(client, page=2) == ["Gaya"]
    assert "3 districts" in client.get("/districts/").content.decode()


def test_no_draft_and_no_person_is_on_the_list(client, land):
    officer = make.official(Role.CONVENER, make.district("Siwan", state=land))

    words = client.get("/districts/").content.decode()

    assert officer.name not in words
    assert "Plain words" not in words


def test_names_are_those_of_the_language(client):
    make.district("Gaya", name_hi="गया", state=make.state("Bihar", name_hi="बिहार"))

    words = client.get("/hi/districts/").content.decode()

    assert "गया" in words
    assert "/hi/districts/bihar/gaya/" in words


@pytest.mark.parametrize("size", [1, 4])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/states/bihar/", 4), ("/districts/?stage=adopted", 2)],
)
def test_the_number_of_queries_is_fixed(
    client, size, address, queries, django_assert_num_queries
):
    bihar = make.state("Bihar")
    for _ in range(size):
        make.plan(Status.ADOPTED, make.district(state=bihar))
    DataVersion.rise()
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


ASKED = [
    {},
    {"state": "bihar"},
    {"stage": "drafted", "freshness": "never"},
    {"at": "published", "committee": "yes", "page": "3"},
    {"ra": "none", "waiting": "yes", "q": "a"},
    {"tag": "focus", "product": "turmeric"},
]


@pytest.mark.parametrize("asked", ASKED)
def test_the_count_beside_a_link_is_that_of_the_list_behind_it(client, land, asked):
    place = make.district("Patna", state=land, ra=None)
    make.district_product(place, make.product("Turmeric"))
    ProgrammeTag.objects.create(district=place, tag="focus", source="A list")
    DataVersion.rise()
    shown = client.get("/districts/", asked)

    links = [link for facet in shown.context["facets"] for link in facet.links]

    assert {facet.title for facet in shown.context["facets"]} >= {
        "State or Union Territory"
    }
    assert links
    for link in links:
        behind = rows(client.get("/districts/" + link.href))
        if link.is_chosen:
            assert link.count == rows(shown), link.label
        else:
            assert link.count == behind, link.label


def test_the_form_passes_on_what_links_chose_and_what_is_chosen_can_be_taken_away(
    client, land
):
    words = client.get("/districts/", {"state": "bihar", "stage": "adopted"}).text

    assert '<input type="hidden" name="state" value="bihar"' in words
    assert 'href="?stage=adopted">State or Union Territory: <span>Bihar' in words
    assert 'href="?state=bihar">Stage reached: <span>Adopted' in words
    assert "<select" not in words


def test_a_product_may_be_counted_with_its_varieties(client):
    turmeric = make.product("Turmeric")
    make.district_product(make.district("Salem"), turmeric)
    variety = make.product("Erode turmeric", variety_of=turmeric)
    make.district_product(make.district("Erode"), variety)
    DataVersion.rise()

    page = client.get("/districts/", {"family": "turmeric"})

    assert [place.name for place in page.context["places"]] == ["Erode", "Salem"]
    assert "this product or one of its varieties:" in page.text
    assert names(client, product="turmeric") == ["Salem"]


def test_filters_that_the_atlas_answers_cost_no_query_each(
    client, land, django_assert_num_queries
):
    DataVersion.rise()
    asked = {"stage": "drafted", "freshness": "never", "committee": "yes", "q": "a"}
    client.get("/districts/", asked)

    # The data version twice: for the atlas, and at the foot of the page.
    with django_assert_num_queries(2):
        client.get("/districts/", {**asked, "waiting": "yes", "at": "drafted"})
