"""Numbers to shapes: lengths are true, nothing leaves its frame."""

import datetime as dt
from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from portal import charts
from portal.charts import Bullet

counts = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("value", "of", "share"), [(0, 41, "0.0"), (8, 22, "36.4"), (41, 41, "100.0")]
)
def test_a_bar_shows_a_share(value, of, share):
    assert charts.share(value, of) == share


def test_a_share_of_nothing_is_nothing():
    assert charts.share(0, 0) == "0"


def test_a_bullet_goes_from_baseline_to_goal():
    found = Bullet.of(Fraction(1, 2), Fraction(3, 4))

    assert (found.actual, found.expected, found.mark) == ("116.0", "174.0", "177.0")


def test_a_bullet_is_cut_below_the_baseline_and_just_beyond_the_goal():
    assert Bullet.of(Fraction(-3), Fraction(0)).actual == "0.0"
    assert Bullet.of(Fraction(7), Fraction(1)).actual == "239.0"


def test_a_target_without_figure_has_no_bar_but_still_an_expectation():
    found = Bullet.of(None, Fraction(1, 2))

    assert (found.actual, found.expected) == ("", "116.0")


@given(st.fractions(), st.fractions())
def test_no_bullet_leaves_its_frame(actual, expected):
    found = Bullet.of(actual, expected)

    ends = [charts.TRACK_START + float(w) for w in (found.actual, found.expected)]
    assert all(4 <= end <= 244 for end in [*ends, float(found.mark) + 2])


def test_a_meter_lays_its_parts_side_by_side():
    parts = charts.meter([("fresh", 30), ("stale", 10)])

    assert [(p.name, p.start, p.width) for p in parts] == [
        ("fresh", "0.00", "74.60"),
        ("stale", "75.00", "24.60"),
    ]


def test_the_smallest_part_of_a_meter_can_still_be_seen_and_none_is_none():
    parts = charts.meter([("fresh", 1), ("ageing", 0), ("never", 9_999)])

    assert [part.width for part in parts] == ["0.50", "0.00", "99.59"]


def test_a_meter_of_nothing_is_empty():
    assert {part.width for part in charts.meter([("fresh", 0), ("never", 0)])} == {
        "0.00"
    }


@given(counts)
def test_the_parts_of_a_meter_start_in_order_and_within_the_frame(numbers):
    parts = charts.meter((str(at), number) for at, number in enumerate(numbers))

    starts = [float(part.start) for part in parts]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert starts[-1] <= 100


def test_a_spark_runs_from_the_lowest_to_the_highest():
    path, x, y = charts.spark([10, 20, 15])

    assert path == "M3.0 21.0 L40.0 4.0 L77.0 12.5"
    assert (x, y) == ("77.0", "12.5")


def test_a_spark_steps_over_what_was_not_reported():
    path, x, _y = charts.spark([10, None, 20, None])

    assert path == "M3.0 21.0 L52.3 4.0"
    assert x == "52.3"


@pytest.mark.parametrize("values", [[], [None, None], [7], [None, 7, None]])
def test_fewer_than_two_figures_are_no_line(values):
    assert charts.spark(values) == ("", "", "")
    drawn = render_to_string("_ui/spark.html", {"line": "", "x": "", "y": ""})
    assert "<svg" not in drawn


def test_a_spark_of_equal_figures_is_level():
    assert charts.spark([5, 5])[0] == "M3.0 21.0 L77.0 21.0"


def test_the_funnel_steps_down_to_what_follows():
    first, second, last = charts.funnel([800, 400, 200])

    assert first.points == "0,100 0,0.0 72,0.0 100,50.0 100,100"
    assert second.points == "0,100 0,50.0 72,50.0 100,75.0 100,100"
    assert last.points == "0,100 0,75.0 72,75.0 100,75.0 100,100"
    assert [step.width for step in (first, second, last)] == ["100.0", "50.0", "25.0"]


def test_a_funnel_without_districts_is_flat():
    assert {step.width for step in charts.funnel([0, 0])} == {"0.0"}


def on(year, month=1, day=1):
    return dt.date(year, month, day)


def test_a_line_chart_has_one_axis_of_years_from_nought():
    chart = charts.line_chart([("drafts", [(on(2021), 300), (on(2025, 7), 600)])])

    [line] = chart.lines
    assert [(point.x, point.y) for point in line.points] == [(24, 105), (403, 34)]
    assert chart.years[0] == (2021, 24)
    assert chart.years[-1] == (2026, 446)
    assert line.path == "M24 105 L403 34"


def test_a_value_that_stays_is_written_once():
    values = [(on(2022, 6), 557), (on(2022, 8), 557), (on(2025), 590)]

    [line] = charts.line_chart([("drafts", values)]).lines

    assert [point.is_written for point in line.points] == [True, False, True]


def test_the_name_of_a_line_stays_within_the_drawing():
    """Beside an end on the left; else under the last stretch, or before one point."""
    early, late, single = charts.line_chart(
        [
            ("early", [(on(2021), 7), (on(2022), 8)]),
            ("late", [(on(2021), 4), (on(2025, 12), 6)]),
            ("single", [(on(2025, 12), 2)]),
        ]
    ).lines

    assert (early.anchor, early.x) == ("start", early.points[-1].x + 10)
    assert (late.anchor, late.y) == ("middle", late.points[0].y + 22)
    assert (single.anchor, single.x) == ("end", single.points[0].x)


def test_without_values_there_is_no_chart():
    assert charts.line_chart([("drafts", [])]) is None


@given(
    st.lists(st.tuples(st.dates(on(1950), on(2090)), st.integers(0, 10**9)), min_size=1)
)
def test_every_point_of_a_line_lies_within_its_frame(values):
    chart = charts.line_chart([("drafts", sorted(values))])

    for point in chart.lines[0].points:
        assert charts.LINES_LEFT <= point.x <= charts.LINES_RIGHT
        assert charts.LINES_TOP <= point.y <= charts.LINES_FLOOR
