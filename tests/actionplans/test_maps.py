"""Maps of a State, an office and the land: outlines or tiles, by stage or freshness."""

import re

import pytest

from districts.outlines import outlines_of
from portal.terms import Status
from tests import make
from tests.actionplans.test_home import filed

pytestmark = pytest.mark.django_db
# LGD codes of Sikkim, its districts Gangtok and Mangan, and Nagaland's Kohima.
GOA, NORTH_GOA = 30, 551
SIKKIM, GANGTOK, MANGAN, NAGALAND, KOHIMA = 11, 225, 226, 13, 236


@pytest.fixture
def sikkim():
    return make.state("Sikkim", lgd_code=SIKKIM)


def drawn(client, address):
    """The map of a page, as far as its closing tag."""
    text = client.get(address).text
    return text.partition('<svg class="tilemap')[2].partition("</svg>")[0]


def tones(svg):
    return re.findall(r'<path class="([\w-]+)" d="M[^"]+"/></a>', svg)


def test_a_state_is_drawn_with_its_outlines_each_a_link_to_its_district(client, sikkim):
    place = make.district("Gangtok", state=sikkim, lgd_code=GANGTOK)

    svg = drawn(client, "/states/sikkim/")

    assert svg.startswith(" outlines")
    link = f'<a href="{place.get_absolute_url()}" tabindex="-1"><title>Gangtok, Sikkim:'
    assert svg.count(link) == 1
    # The districts that are not on record stay drawn.
    assert '<path class="ground" d="M' in svg


def test_each_outline_has_the_tone_of_its_stage_or_of_its_freshness(client, sikkim):
    filed(make.plan(Status.PUBLISHED, district(sikkim, "Gangtok", GANGTOK)).district)
    district(sikkim, "Mangan", MANGAN)

    assert sorted(tones(drawn(client, "/states/sikkim/"))) == ["s0", "s5"]
    by_freshness = drawn(client, "/states/sikkim/?shade=freshness")
    assert sorted(tones(by_freshness)) == ["g-fresh", "g-never"]
    assert 'href="#f-fresh"' in by_freshness
    assert "Gangtok, Sikkim: Fresh" in by_freshness


def district(state, name, code):
    return make.district(name, state=state, lgd_code=code)


def test_what_the_map_shows_is_a_link_that_says_which_is_chosen(client, sikkim):
    district(sikkim, "Gangtok", GANGTOK)

    text = client.get("/states/sikkim/?shade=freshness").text

    assert '<a href="/states/sikkim/#map">By stage</a>' in text
    chosen = '<a href="/states/sikkim/?shade=freshness#map" aria-current="true">'
    assert chosen in text


@pytest.mark.parametrize("asked", ["", "money", "\N{DROPLET}", "9" * 400, "\0"])
@pytest.mark.parametrize("address", ["/", "/states/sikkim/"])
def test_what_cannot_be_shown_shows_the_stage(client, sikkim, address, asked):
    district(sikkim, "Gangtok", GANGTOK)

    page = client.get(address, {"shade": asked})

    assert page.status_code == 200
    assert page.context["map"].shade == "stage"


def test_a_district_formed_since_is_listed_beneath_the_map(client, sikkim):
    district(sikkim, "Gangtok", GANGTOK)
    new = make.district("Newtown", state=sikkim)

    text = client.get("/states/sikkim/").text

    beneath = text.partition("Not on the map, which is older than they are:")[2]
    assert f'<a href="{new.get_absolute_url()}">Newtown</a></p>' in beneath[:200]


def test_a_state_of_a_few_districts_has_tiles_though_outlines_are_known(client):
    goa = make.state("Goa", lgd_code=GOA)
    place = district(goa, "North Goa", NORTH_GOA)

    shown = client.get("/states/goa/").context["map"]

    assert outlines_of(GOA).districts[NORTH_GOA]
    assert shown.outlines is None
    assert shown.tiles.tiles.count("<a ") == 1
    assert "outlines" not in drawn(client, place.get_absolute_url())


def test_where_no_outline_is_known_tiles_serve(client):
    bihar = make.state("Bihar")
    make.district("Saran", state=bihar)

    shown = client.get("/states/bihar/").context["map"]

    assert shown.outlines is None
    assert shown.tiles.tiles.count("<a ") == 1


def test_an_office_within_one_state_has_outlines_one_across_states_has_tiles(
    client, sikkim
):
    office = make.regional_authority("Gangtok")
    for name, code in (("Gangtok", GANGTOK), ("Mangan", MANGAN)):
        make.district(name, state=sikkim, lgd_code=code, ra=office)
    assert drawn(client, "/regional-authorities/gangtok/").count("<a ") == 2

    nagaland = make.state("Nagaland", lgd_code=NAGALAND)
    make.district("Kohima", state=nagaland, lgd_code=KOHIMA, ra=office)

    shown = client.get("/regional-authorities/gangtok/").context["map"]
    assert shown.outlines is None
    assert shown.tiles.tiles.count("<a ") == 3


def test_the_land_is_shaded_by_freshness_with_a_table_that_says_the_same(client):
    filed(make.district("Gaya"))
    make.district("Saran")

    page = client.get("/?shade=freshness")

    tiles = page.context["map"].tiles.tiles
    assert re.findall(r'href="#(f-\w+)".*?class="(g-\w+)"', tiles) == [
        ("f-fresh", "g-fresh"),
        ("f-never", "g-never"),
    ]
    assert "Every district, by how fresh its record is" in page.text
    assert page.text.count('<th scope="col" class="num">Ageing</th>') == 1


def test_the_district_is_ringed_on_the_outlines_of_its_state(client, sikkim):
    place = district(sikkim, "Gangtok", GANGTOK)
    new = make.district("Newtown", state=sikkim)

    svg = drawn(client, place.get_absolute_url())
    own = re.search(r'Gangtok, Sikkim[^<]+</title><path class="s0" d="([^"]+)"', svg)
    assert svg.count(f'd="{own[1]}"') == 3

    assert "outlines" not in drawn(client, new.get_absolute_url())


def test_neighbours_share_a_border_on_the_map(client, sikkim):
    gangtok = district(sikkim, "Gangtok", GANGTOK)
    mangan = district(sikkim, "Mangan", MANGAN)
    far = district(make.state("Nagaland", lgd_code=NAGALAND), "Kohima", KOHIMA)

    text = client.get(gangtok.get_absolute_url()).text
    beside = text.partition("Neighbouring districts</h3>")[2].partition("</p>")[0]

    assert f'<a href="{mangan.get_absolute_url()}">Mangan</a>' in beside
    assert far.name not in beside
    assert "Neighbouring districts" not in client.get(far.get_absolute_url()).text
