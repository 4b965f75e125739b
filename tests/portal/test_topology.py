"""TopoJSON: points from steps, rings from arcs, neighbours from what they share."""

from portal.topology import Topology

# Two squares side by side and an island: arc 0 is the border that the squares share.
FOUND = {
    "transform": {"scale": [0.5, 0.25], "translate": [70, 10]},
    "arcs": [
        [[2, 0], [0, 4]],
        [[2, 4], [-2, 0], [0, -4], [2, 0]],
        [[2, 4], [2, 0], [0, -4], [-2, 0]],
        [[8, 8], [1, 0], [0, 1], [-1, -1]],
    ],
    "objects": {
        "places": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {
                    "type": "MultiPolygon",
                    "arcs": [[[~0, 2]], [[3]]],
                    "properties": {"name": "East"},
                },
            ]
        }
    },
}


def test_steps_become_degrees():
    topology = Topology.of(FOUND, "places")

    assert topology.arcs[0] == [(71.0, 10.0), (71.0, 11.0)]


def test_a_ring_runs_along_its_arcs_whichever_way_they_run():
    west, east = (
        topology.rings(area)
        for topology in [Topology.of(FOUND, "places")]
        for area in topology.areas
    )

    assert west == [[(71.0, 11.0), (70.0, 11.0), (70.0, 10.0), (71.0, 10.0)]]
    assert east[0] == [(71.0, 10.0), (72.0, 11.0), (72.0, 10.0), (71.0, 10.0)]
    assert len(east) == 2


def test_those_that_share_an_arc_are_neighbours():
    borders = Topology.of(FOUND, "places").borders()

    assert borders == {0: {1: 1}, 1: {0: 1}}
