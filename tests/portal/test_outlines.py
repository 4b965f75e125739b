"""Rings to paths: projected, on a grid, without gaps, however far the parts lie."""

import re

import pytest
from django.template.loader import render_to_string

from portal.outline_map import Shaded, outline_map
from portal.outlines import WIDTH, sheet


def square(x, y, size=1.0):
    return [(x, y), (x, y + size), (x + size, y + size), (x + size, y)]


def points(path):
    """Every point of a path, from its steps."""
    found = []
    for x, y, way in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        at = [int(x), int(y)]
        found.append(tuple(at))
        numbers = [int(n) for n in re.findall(r"-?\d+", way)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            at = [at[0] + dx, at[1] + dy]
            found.append(tuple(at))
    return found


def test_a_degree_of_longitude_is_drawn_as_narrow_as_it_is_there():
    found = points(sheet([[square(78, 59.5)]]).outlines[0].path)

    across = max(x for x, _y in found) - min(x for x, _y in found)
    down = max(y for _x, y in found) - min(y for _x, y in found)
    assert across / down == pytest.approx(0.5, abs=0.01)


def test_north_is_up_and_everything_lies_within_the_frame():
    drawn = sheet([[square(0, 1)], [square(0, 0)]])

    north, south = (points(outline.path) for outline in drawn.outlines)
    assert max(y for _x, y in north) == min(y for _x, y in south)
    for x, y in [*north, *south]:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= drawn.height
    assert drawn.view_box == f"0 0 {WIDTH} {drawn.height}"


def test_what_falls_together_or_lies_on_a_straight_way_is_dropped():
    ring = [(0, 0), (0, 0.5), (0, 1), (1, 1), (1.00001, 1.00001), (1, 0)]

    found = points(sheet([[ring]]).outlines[0].path)

    assert len(found) == 4


def test_both_sides_of_a_border_keep_the_same_points():
    border = [(1, 0), (1.1, 0.25), (1.1, 0.5), (1.1, 0.75), (1, 1)]
    west = [[(0, 0), *border, (0, 1)]]
    east = [[(2, 1), *border[::-1], (2, 0)]]

    left, right = (points(o.path) for o in sheet([west, east]).outlines)

    assert len(set(left) & set(right)) == 4


def test_a_speck_is_still_drawn():
    speck, land = sheet([[square(5, 5, 0.0001)], [square(0, 0, 10)]]).outlines

    assert len(points(speck.path)) == 3
    assert speck.room < 1
    assert land.room > 100


def test_parts_that_lie_far_apart_are_moved_together():
    near, far = [square(0, 0)], [square(9, 9)]

    drawn = sheet([near, far])

    assert drawn.moved
    west, east = (points(outline.path) for outline in drawn.outlines)
    assert max(x for x, _y in west) < min(x for x, _y in east)
    assert max(x for x, _y in west) - min(x for x, _y in west) > WIDTH / 3
    assert not sheet([near, [square(1.2, 0)]]).moved


def test_the_point_with_most_room_lies_within():
    # Three arms of a square; its middle lies outside.
    ring = [(0, 0), (0, 9), (9, 9), (9, 7), (2, 7), (2, 2), (9, 2), (9, 0)]

    outline = sheet([[ring]]).outlines[0]

    assert outline.room > 30
    assert (outline.x, outline.y) != (WIDTH // 2, WIDTH // 2)


def test_a_few_corners_do_not_fill_a_page():
    found = points(sheet([[square(0, 0, 0.01)]]).outlines[0].path)

    assert max(x for x, _y in found) - min(x for x, _y in found) == 12


def shaded(outline, **said):
    words = {"tone": "s2", "glyph": "t2", "href": "/kota/", "title": "Kota: draft"}
    return Shaded(outline=outline, **{**words, **said})


def drawn_map(areas, **more):
    drawn = sheet(areas)
    rows = [shaded(outline, **more) for outline in drawn.outlines]
    shown = outline_map(drawn, rows, "M0 0l1 0z", ring=drawn.outlines[0])
    return render_to_string("_ui/outlinemap.html", {"map": shown, "label": "All"})


def test_an_area_is_a_link_with_a_title_out_of_the_tab_order():
    found = drawn_map([[square(0, 0)]])

    assert (
        '<a href="/kota/" tabindex="-1"><title>Kota: draft</title><path class="s2" d="M'
    ) in found
    assert '<use href="#t2" x="200" y="200"/>' in found
    assert found.count('class="ring') == 2
    assert '<path class="ground" d="M0 0l1 0z"/>' in found


def test_names_cannot_break_out_of_the_drawing():
    found = drawn_map([[square(0, 0)]], title="<b>'R&D'</b>", href='/"><script>')

    assert "<title>&lt;b&gt;&#x27;R&amp;D&#x27;&lt;/b&gt;</title>" in found
    assert "<script>" not in found


def test_a_glyph_is_left_out_where_it_has_no_room():
    wide, narrow = [square(0, 0, 9)], [[(9, 0), (9, 9), (9.1, 9), (9.1, 0)]]

    found = drawn_map([wide, wide, wide, narrow])

    assert found.count("<use ") == 3
