from datetime import date
from fractions import Fraction

import pytest

from actionplans.progress import Direction, Frequency, Kind, Verdict, is_asked, measure
from portal.periods import Quarter
from tests.actionplans.targets import AFTER_Q2, figures, goal, verdict

# Verdicts, in their order


def test_no_figure_is_no_data_and_not_zero():
    result = measure(goal(), figures("-", "-"), AFTER_Q2)

    assert result.progress is None
    assert result.actual is None
    assert result.verdict == Verdict.NO_DATA


def test_nil_is_a_figure():
    result = measure(goal(), figures("nil", "nil"), AFTER_Q2)

    assert result.progress == 0
    assert (result.given, result.due) == (2, 2)
    assert result.verdict == Verdict.OFF_TRACK


@pytest.mark.parametrize(
    ("reached", "word"),
    [
        (0, Verdict.OFF_TRACK),
        (599, Verdict.OFF_TRACK),
        (600, Verdict.AT_RISK),
        (849, Verdict.AT_RISK),
        (850, Verdict.ON_TRACK),
        (1999, Verdict.ON_TRACK),
        (2000, Verdict.ACHIEVED),
    ],
)
def test_the_shares_of_the_expected_part_the_verdicts(reached, word):
    target = goal(
        Kind.STOCK,
        goal=200000,
        due_on=date(2028, 3, 31),
        milestones=((date(2026, 9, 30), 100000),),
    )

    assert verdict(target, figures(0, reached)) == word


def test_a_missing_quarter_makes_at_risk_the_best_verdict():
    target = goal(Kind.STOCK)

    assert verdict(target, figures(100, 300)) == Verdict.ON_TRACK
    assert verdict(target, figures(None, 300)) == Verdict.AT_RISK
    assert verdict(target, figures("-", 300)) == Verdict.AT_RISK
    assert verdict(target, figures(None, 10)) == Verdict.OFF_TRACK


def test_a_quarter_is_not_missing_before_its_report_falls_due():
    target = goal(Kind.STOCK)

    early = measure(target, figures(300), date(2026, 10, 14))
    late = measure(target, figures(300), date(2026, 10, 15))

    assert (early.given, early.due, early.verdict) == (1, 1, Verdict.ON_TRACK)
    assert (late.given, late.due, late.verdict) == (1, 2, Verdict.AT_RISK)


def test_two_missing_quarters_in_a_row_are_no_recent_figure():
    target = goal(Kind.STOCK, due_on=date(2028, 3, 31))
    on = date(2027, 1, 20)

    assert verdict(target, figures(300), on) == Verdict.NO_RECENT_FIGURE
    assert verdict(target, figures(300, "-", "-"), on) == Verdict.NO_RECENT_FIGURE
    assert verdict(target, figures(300, None, "nil"), on) == Verdict.OFF_TRACK


def test_nothing_expected_is_not_due_yet_even_without_figures():
    assert verdict(goal(), [], date(2026, 5, 1)) == Verdict.NOT_DUE_YET


def test_after_its_due_date_a_target_is_not_met_even_without_figures():
    assert verdict(goal(), [], date(2027, 3, 31)) == Verdict.NO_DATA
    assert verdict(goal(), [], date(2027, 4, 1)) == Verdict.NOT_MET


def test_a_figure_filed_after_the_due_date_can_still_show_it_was_met_in_time():
    reported = figures(100, 100, 100, 100)

    assert verdict(goal(), reported[:3], date(2027, 4, 1)) == Verdict.NOT_MET
    assert verdict(goal(), reported, date(2027, 4, 10)) == Verdict.ACHIEVED


def test_what_was_achieved_and_lost_reads_so_for_ever():
    target = goal(Kind.STOCK)
    reported = figures(400, 390, 380, 370, 360)

    assert verdict(target, reported, date(2026, 7, 1)) == Verdict.ACHIEVED
    assert verdict(target, reported) == Verdict.ACHIEVED_NOW_BELOW
    assert verdict(target, reported, date(2027, 8, 1)) == Verdict.ACHIEVED_NOW_BELOW


def test_achieving_needs_no_unbroken_row_of_figures():
    assert verdict(goal(), figures(None, 400)) == Verdict.ACHIEVED


def test_less_can_be_better():
    target = goal(Kind.STOCK, direction=Direction.DOWN, baseline=40000, goal=20000)

    assert measure(target, figures(350, 300), AFTER_Q2).progress == Fraction(1, 2)
    assert verdict(target, figures(350, 300)) == Verdict.ON_TRACK
    assert verdict(target, figures(350, 200)) == Verdict.ACHIEVED
    assert measure(target, figures(350, 500), AFTER_Q2).progress == Fraction(-1, 2)


def test_bars_are_cut_and_figures_are_not():
    above = measure(goal(), figures(300, 500), AFTER_Q2)
    below = measure(goal(Kind.STOCK, baseline=20000), figures(10, 10), AFTER_Q2)

    assert (above.progress, above.actual_bar) == (2, Fraction(103, 100))
    assert (below.progress, below.actual_bar) == (Fraction(-19, 20), 0)
    assert measure(goal(), [], AFTER_Q2).actual_bar is None


@pytest.mark.parametrize(
    ("frequency", "asked"),
    [
        (Frequency.QUARTER, [1, 2, 3, 4]),
        (Frequency.HALF_YEAR, [2, 4]),
        (Frequency.YEAR, [4]),
    ],
)
def test_reports_ask_by_the_frequency_of_the_indicator(frequency, asked):
    found = [n for n in (1, 2, 3, 4) if is_asked(frequency, Quarter(2026, n))]

    assert found == asked
