"""The real outlines: each is drawn once, and belongs to its district."""

import json

import pytest
from django.conf import settings

from districts.models import District, State
from districts.outlines import COLLECTION, FILE, key_of, neighbours, outlines_of
from tests.register import FIXTURES

# Formed since the outlines were drawn.
TOO_NEW = {
    *("Hansi", "Central North Delhi", "Old Delhi", "Outer North Delhi", "Meluri"),
    *("Vav-Tharad", "Markapuram", "Polavaram"),
    *("Changthang", "Drass", "Nubra", "Sham", "Zanskar"),
}


@pytest.fixture(scope="module")
def states():
    text = (FIXTURES / "states.csv").read_text(encoding="utf-8").splitlines()
    header = text[0].split(",")
    code = header.index("lgd_code")
    return [int(line.split(",")[code]) for line in text[1:]]


@pytest.fixture(scope="module")
def geometries():
    found = json.loads((settings.BASE_DIR / FILE).read_text(encoding="utf-8"))
    return found["objects"][COLLECTION]["geometries"]


def rings(geometry):
    polygons = geometry["arcs"]
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    return sum(len(polygon) for polygon in polygons)


def test_every_outline_of_the_file_is_drawn_once_over_all_states(states, geometries):
    drawn = [outlines_of(code) for code in states]

    paths = [o.path for shown in drawn for o in shown.districts.values()]
    paths += [shown.ground for shown in drawn]
    assert sum(path.count("M") for path in paths) == sum(map(rings, geometries))
    assert sum(len(shown.districts) for shown in drawn) == 778


def test_ground_that_is_no_district_stays_drawn(states):
    with_ground = {code for code in states if outlines_of(code).ground}

    # Jammu and Kashmir, Delhi, and where two States dispute a sliver.
    assert {1, 7} <= with_ground
    assert outlines_of(1).ground.count("M") == 2


@pytest.mark.django_db
def test_every_district_is_drawn_but_those_formed_since(register):
    missing, found = set(), 0
    for district in District.objects.living().select_related("state"):
        code = district.state.lgd_code
        key = key_of(district.lgd_code, code, district.name)
        if key in outlines_of(code).districts:
            found += 1
        else:
            missing.add(district.name)

    assert missing == TOO_NEW
    assert found == sum(
        len(outlines_of(state.lgd_code).districts) for state in State.objects.all()
    )


def test_a_district_without_a_code_is_found_by_its_name():
    assert (30, "Kushavati") in outlines_of(30).districts


def test_parts_of_a_territory_that_lie_far_apart_come_together(states):
    moved = {code for code in states if outlines_of(code).sheet.moved}

    assert moved == {34, 38}  # Puducherry; Dadra and Nagar Haveli and Daman and Diu


def test_neighbours_are_mutual_and_cross_the_borders_of_states():
    found = neighbours()

    for key, others in found.items():
        assert key not in others
        for other in others:
            assert key in found[other]
    moradabad, rampur, udham_singh_nagar = 171, 176, 56
    assert {rampur, udham_singh_nagar} <= set(found[moradabad])


def test_a_state_that_the_file_does_not_have_has_no_outlines():
    assert outlines_of(9999) is None
