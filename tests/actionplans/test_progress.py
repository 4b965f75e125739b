from datetime import date
from fractions import Fraction

import pytest

from actionplans.progress import Figure, Frequency, Kind, Verdict, measure
from portal.periods import Quarter
from tests.actionplans.targets import AFTER_Q2, figures, goal, rates, verdict, yearly

# Totals


def test_a_total_adds_up_its_quarters():
    result = measure(goal(), figures(90, 100), AFTER_Q2)

    assert result.actual == 19000
    assert result.progress == Fraction(190, 400)
    assert result.verdict == Verdict.ON_TRACK


def test_a_total_leaves_out_what_came_before_the_plan():
    result = measure(goal(), figures(300, 90, 100, since=20254), AFTER_Q2)

    assert result.actual == 19000


def test_a_total_begins_after_a_baseline_taken_later_than_the_plan():
    target = goal(baseline_on=date(2026, 6, 30))

    result = measure(target, figures(90, 100), AFTER_Q2)

    assert result.actual == 10000
    assert result.asked == (Quarter(2026, 2),)


def test_a_quarter_begun_before_the_plan_counts_whole():
    target = goal(plan_starts_on=date(2026, 8, 15))

    assert measure(target, figures(90, 100), AFTER_Q2).actual == 10000


def test_the_quarter_of_a_due_date_in_its_middle_counts_whole():
    target = goal(due_on=date(2027, 2, 10))

    result = measure(target, figures(100, 100, 100, 100), date(2027, 5, 1))

    assert result.actual == 40000
    assert result.verdict == Verdict.ACHIEVED


def test_a_total_does_not_grow_after_its_due_date():
    result = measure(goal(), figures(90, 90, 90, 90, 30), date(2027, 8, 1))

    assert result.actual == 36000
    assert result.verdict == Verdict.NOT_MET


def test_a_total_reached_after_its_due_date_is_achieved_late():
    result = measure(goal(), figures(90, 90, 90, 90, 60), date(2027, 8, 1))

    assert result.actual == 36000
    assert result.verdict == Verdict.ACHIEVED_LATE


def test_figures_of_the_future_are_not_known_yet():
    result = measure(goal(), figures(90, 100, 110), AFTER_Q2)

    assert result.actual == 19000


def test_a_half_yearly_total_takes_only_half_yearly_figures():
    target = goal(frequency=Frequency.HALF_YEAR)

    result = measure(target, figures(90, 190), AFTER_Q2)

    assert result.actual == 19000
    assert (result.given, result.due) == (1, 1)


# Amounts in a year


def test_an_amount_in_a_year_takes_the_last_finished_year():
    reported = figures(1800, 1800, 1800, 1800, 100)

    result = measure(yearly(), reported, date(2027, 8, 1))

    assert result.actual == 720000
    assert result.progress == Fraction(2, 5)
    assert result.expected_on == date(2027, 3, 31)
    assert result.verdict == Verdict.ON_TRACK


def test_a_year_with_a_gap_gives_way_to_the_year_before():
    reported = figures(1800, 1800, 1800, 1800, 2000, None, 2000, 2000)

    result = measure(yearly(), reported, date(2028, 5, 1))

    assert result.actual == 720000
    assert result.missing == (Quarter(2027, 2),)


def test_a_nil_quarter_completes_a_year():
    reported = figures(1800, 1800, 1800, "nil")

    assert measure(yearly(), reported, date(2027, 5, 1)).actual == 540000


def test_the_year_of_the_baseline_is_no_progress():
    reported = figures(2000, 2000, 2000, 2000, since=20251)

    assert measure(yearly(), reported, AFTER_Q2).progress is None


def test_an_amount_in_a_year_is_not_due_before_a_year_has_finished():
    assert verdict(yearly(), figures(1800, 1800)) == Verdict.NOT_DUE_YET


def test_the_running_year_stands_beside_the_same_part_of_the_last():
    reported = figures(1500, 1500, 1500, 1500, 1700, 1800)

    running = measure(yearly(), reported, date(2027, 11, 1)).running

    assert running.year == 2027
    assert running.amount == 350000
    assert running.before == 300000


def test_the_running_year_has_no_comparison_if_last_year_has_a_gap():
    reported = figures(None, 1500, 1500, 1500, 1700, 1800)

    assert measure(yearly(), reported, date(2027, 11, 1)).running.before is None


# Counts, rates, done or not


def test_a_count_takes_its_latest_figure():
    target = goal(Kind.STOCK, baseline=6000, goal=16000)

    result = measure(target, figures(80, 110), AFTER_Q2)

    assert result.actual == 11000
    assert result.progress == Fraction(1, 2)


def test_a_count_takes_no_figure_from_before_its_baseline():
    target = goal(Kind.STOCK)

    assert measure(target, figures(500, since=20253), AFTER_Q2).progress is None


def test_a_count_can_have_a_day_of_its_own():
    target = goal(Kind.STOCK)
    counted = Figure(quarter=Quarter(2026, 3), value=30000, as_on=date(2026, 11, 20))

    assert measure(target, [*figures(80, 110), counted], AFTER_Q2).actual == 30000
    assert measure(target, [counted], date(2026, 11, 19)).actual is None


def test_a_count_after_the_due_date_is_late():
    target = goal(Kind.STOCK, due_on=date(2026, 11, 15))
    counted = Figure(quarter=Quarter(2026, 3), value=40000, as_on=date(2026, 11, 20))

    assert verdict(target, [counted]) == Verdict.ACHIEVED_LATE


def test_a_rate_divides_the_sums_of_the_last_four_quarters_reported():
    target = goal(Kind.RATE, goal=5000, due_on=date(2029, 3, 31))
    reported = rates((0, 100), (10, 50), (10, 50), (10, 50), (30, 50))

    result = measure(target, reported, date(2027, 8, 1))

    assert result.actual == 3000
    assert result.progress == Fraction(60, 100)


def test_a_rate_need_not_be_a_per_cent():
    target = goal(Kind.RATE, goal=500, per=1)

    assert measure(target, rates((30, 20)), AFTER_Q2).actual == 150


def test_a_rate_of_nothing_is_no_data():
    assert verdict(goal(Kind.RATE), rates((0, 0), (0, 0))) == Verdict.NO_DATA


def test_a_rate_needs_both_its_numbers():
    assert measure(goal(Kind.RATE), figures(5, 5), AFTER_Q2).given == 0


def test_a_deed_is_not_due_before_its_day():
    result = measure(goal(Kind.DONE, goal=100), figures("nil", "nil"), AFTER_Q2)

    assert result.progress == 0
    assert result.verdict == Verdict.NOT_DUE_YET


def test_a_deed_has_the_day_it_was_done():
    result = measure(goal(Kind.DONE, goal=100), figures("nil", 1), AFTER_Q2)

    assert result.progress == 1
    assert result.reached.day == date(2026, 9, 30)
    assert result.verdict == Verdict.ACHIEVED


# What was expected


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 6, 29), 0),
        (date(2026, 6, 30), 91),
        (date(2026, 11, 22), 183),
        (date(2027, 3, 30), 275),
    ],
)
def test_the_expected_line_is_read_at_the_last_quarter_end(on, days):
    target = goal(baseline_on=date(2026, 3, 31))

    expected = measure(target, [], on).expected

    # From 1 April to 31 March are 364 days; 30 June is the 90th after the first.
    assert expected == Fraction(max(days - 1, 0), 364)


def test_the_whole_is_expected_from_the_due_date_on():
    assert measure(goal(), [], date(2027, 3, 31)).expected == 1
    assert measure(goal(due_on=date(2027, 2, 10)), [], date(2027, 2, 11)).expected == 1


def test_the_expected_line_bends_at_milestones():
    target = goal(
        Kind.STOCK,
        baseline=10000,
        due_on=date(2028, 3, 31),
        milestones=((date(2027, 3, 31), 16000),),
    )

    result = measure(target, [], date(2027, 4, 20))

    assert result.expected == Fraction(1, 5)
    assert result.expected_value == 16000


def test_milestones_outside_the_time_of_the_target_bend_nothing():
    outside = ((date(2026, 4, 1), 99900), (date(2027, 3, 31), 1))

    plain = measure(goal(), [], AFTER_Q2)
    bent = measure(goal(milestones=outside), [], AFTER_Q2)

    assert bent.expected == plain.expected


def test_a_yearly_indicator_is_expected_to_move_once_a_year():
    target = goal(Kind.STOCK, frequency=Frequency.YEAR, due_on=date(2028, 3, 31))

    assert measure(target, [], date(2027, 3, 30)).expected == 0
    assert measure(target, [], date(2027, 12, 31)).expected == Fraction(364, 730)
