"""The tile map: where tiles lie, what they say, where States border."""

import re

import pytest
from django.template.loader import render_to_string

from portal.tiles import Tile, dots, seams, small_map, tile_map


def tile(column, row, group=1, **said):
    words = {"glyph": "t2", "href": f"/districts/{column}-{row}/", "title": "Kota"}
    return Tile(column, row, group, **{**words, **said})


def drawn(map_, label="The districts of a State"):
    return render_to_string("_ui/tilemap.html", {"map": map_, "label": label})


@pytest.mark.parametrize(
    ("column", "row", "place"),
    [(0, 0, (0, 0)), (3, 0, (66, 0)), (3, 1, (77, 19)), (3, 2, (66, 38))],
)
def test_odd_rows_lie_half_a_tile_to_the_right(column, row, place):
    found = tile(column, row)

    assert (found.x, found.y) == place


def test_the_frame_holds_every_tile_and_a_margin():
    found = tile_map([tile(1, 0), tile(4, 3)], margin=10)

    assert found.view_box == "12 -10 97 77"


def test_a_tile_is_a_link_with_a_title_out_of_the_tab_order():
    found = drawn(tile_map([tile(1, 2, title="Kota, Rajasthan: draft prepared")]))

    assert (
        '<a href="/districts/1-2/" tabindex="-1">'
        "<title>Kota, Rajasthan: draft prepared</title>"
        '<use href="#t2" x="22" y="38"/></a>'
    ) in found


def test_names_cannot_break_out_of_the_drawing():
    found = drawn(
        tile_map([tile(0, 0, title="<b>'R&D'</b>", href='/"><script>')]), label='a "b"'
    )

    assert "<title>&lt;b&gt;&#x27;R&amp;D&#x27;&lt;/b&gt;</title>" in found
    assert "<script>" not in found
    assert 'aria-label="a &quot;b&quot;"' in found


def test_tiles_of_one_state_are_drawn_together():
    found = tile_map([tile(0, 0, 1), tile(1, 0, 2), tile(2, 0, 1)])

    groups = re.findall(r"<g>(.*?)</g>", found.tiles)
    assert [group.count("<a ") for group in groups] == [2, 1]


def test_states_are_parted_where_their_tiles_touch():
    assert seams([tile(0, 0, 1), tile(1, 0, 2)]) == "M11 -6l0 12"
    # An even row lies half a tile to the left of the odd one below it.
    assert seams([tile(1, 0, 1), tile(1, 1, 2)]) == "M33 6l-11 7"
    assert seams([tile(1, 0, 1), tile(0, 1, 2)]) == "M22 13l-11 -7"
    assert seams([tile(1, 1, 1), tile(2, 2, 2)]) == "M44 25l-11 7"
    assert seams([tile(1, 1, 1), tile(1, 2, 2)]) == "M33 32l-11 -7"


def test_nothing_parts_tiles_of_one_state_or_tiles_that_do_not_touch():
    assert seams([tile(0, 0), tile(1, 0), tile(0, 1)]) == ""
    assert seams([tile(0, 0, 1), tile(2, 0, 2), tile(0, 2, 3)]) == ""
    assert "seam" not in drawn(tile_map([tile(0, 0), tile(1, 0)]))


def test_a_state_is_labelled_in_its_middle_from_six_districts_on():
    large = [tile(column, 0, 1) for column in range(6)]
    small = [tile(column, 2, 2) for column in range(5)]

    found = tile_map([*large, *small], labels={1: "RJ", 2: "SK"})

    assert [(label.text, label.x, label.y) for label in found.labels] == [("RJ", 55, 5)]
    assert '<text class="lbl" x="55" y="5" aria-hidden="true">RJ</text>' in drawn(found)


def test_neighbours_are_ghosts_without_a_link_and_only_within_the_frame():
    mine, near, far = tile(3, 0), tile(4, 0, 2), tile(9, 9, 2)

    found = tile_map([mine], around=[mine, near, far], margin=26)

    assert found.ghosts == '<use href="#nb" x="88" y="0"/>'
    assert found.seams == ""


def test_the_district_of_the_page_is_ringed():
    here = tile(2, 0)

    found = drawn(tile_map([tile(1, 0), here], ring=here))

    assert '<use href="#ring" x="44" y="0" class="ring"/>' in found
    assert "#ring" not in drawn(tile_map([here]))


def test_a_map_of_no_district_is_not_drawn():
    assert "<svg" not in drawn(tile_map([], around=[tile(0, 0)]))


def test_a_small_map_has_tiles_of_one_size_and_no_link():
    one, two = small_map([tile(3, 4)]), small_map([tile(3, 4), tile(4, 4)])

    assert "<a" not in two.tiles
    assert two.tiles.count("<use") == 2
    assert (int(two.width) - int(one.width), two.height) == (8, one.height)
    assert small_map([]) is None


def test_dots_are_strokes_without_length():
    assert dots([tile(0, 0), tile(1, 1)]) == "M0 0h0M33 19h0"


def test_every_glyph_that_is_drawn_is_in_the_sprite():
    sprite = render_to_string("_ui/sprite.html")

    stages = {f"t{stage}" for stage in range(6)}
    freshness = {"f-fresh", "f-ageing", "f-stale", "f-never"}
    assert stages | freshness | {"ring", "nb"} <= set(re.findall(r'id="(.+?)"', sprite))
