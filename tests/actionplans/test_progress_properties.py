"""What holds for every target, whatever its goal and figures."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from actionplans.progress import (
    Direction,
    Figure,
    FigureState,
    Frequency,
    Goal,
    Kind,
    Verdict,
    measure,
    working,
)
from portal.periods import Quarter
from tests.actionplans.targets import figures, goal, verdict

steady = settings(derandomize=True, deadline=None, max_examples=100)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
values = st.integers(-(10**12), 10**12)
quarters = st.builds(Quarter, st.integers(2019, 2035), st.integers(1, 4))
any_figure = st.builds(
    Figure,
    quarter=quarters,
    state=st.sampled_from(FigureState),
    value=st.none() | values,
    numerator=st.none() | values,
    denominator=st.none() | values,
    as_on=st.none() | days,
)
any_goal = st.builds(
    Goal,
    kind=st.sampled_from(Kind),
    goal=values,
    due_on=days,
    plan_starts_on=days,
    baseline=values,
    baseline_on=st.none() | days,
    direction=st.sampled_from(Direction),
    frequency=st.sampled_from(Frequency),
    milestones=st.lists(st.tuples(days, values), max_size=3).map(tuple),
)
any_figures = st.lists(any_figure, max_size=24)
amounts = st.lists(st.none() | st.integers(0, 300), min_size=4, max_size=12)
long_goals = st.builds(
    goal,
    st.just(Kind.TOTAL),
    goal=st.integers(1, 10**6),
    due_on=st.dates(date(2027, 1, 1), date(2030, 1, 1)),
)
days_in_plan = st.dates(date(2026, 4, 1), date(2029, 12, 31))


@steady
@given(any_goal, any_figures, days)
def test_every_target_has_a_verdict_and_a_working(target, reported, on):
    result = measure(target, reported, on)

    assert result.verdict in Verdict
    assert isinstance(result.expected, Fraction)
    assert (result.progress is None) == (result.actual is None)
    assert result.actual is None or isinstance(result.actual, int)
    assert 0 <= result.expected_bar <= Fraction(103, 100)
    assert result.actual_bar is None or 0 <= result.actual_bar <= Fraction(103, 100)
    assert 0 <= result.given <= result.due
    assert all(working(result))


@steady
@given(any_goal, any_figures, days)
def test_the_first_verdict_that_fits_is_taken(target, reported, on):
    result = measure(target, reported, on)
    in_time = result.reached is not None and result.reached.in_time

    fitting = [
        (in_time and result.progress >= 1, Verdict.ACHIEVED),
        (in_time, Verdict.ACHIEVED_NOW_BELOW),
        (result.reached is not None, Verdict.ACHIEVED_LATE),
        (on > target.due_on, Verdict.NOT_MET),
        (result.expected <= 0, Verdict.NOT_DUE_YET),
        (result.progress is None, Verdict.NO_DATA),
    ]
    first = next((word for fits, word in fitting if fits), None)

    judged = {
        Verdict.NO_RECENT_FIGURE,
        Verdict.ON_TRACK,
        Verdict.AT_RISK,
        Verdict.OFF_TRACK,
    }
    assert result.verdict == first if first else result.verdict in judged


@steady
@given(any_goal, any_figures, days, st.randoms(use_true_random=False))
def test_the_order_in_which_figures_come_does_not_matter(target, reported, on, chance):
    # Of two current figures for one quarter the database keeps one.
    reported = list({f.quarter: replace(f, as_on=None) for f in reported}.values())
    shuffled = chance.sample(reported, len(reported))

    assert measure(target, reported, on) == measure(target, shuffled, on)


@steady
@given(any_goal, any_figures, days)
def test_later_figures_do_not_change_the_past(target, reported, on):
    known = [figure for figure in reported if target.day_of(figure) <= on]

    assert measure(target, reported, on) == measure(target, known, on)


@steady
@given(long_goals, amounts, days_in_plan, st.integers(0, 11), st.integers(0, 300))
def test_a_total_never_falls_when_a_figure_rises(target, given, on, place, more):
    place %= len(given)
    assume(given[place] is not None)
    raised = [*given[:place], given[place] + more, *given[place + 1 :]]

    before = measure(target, figures(*given), on)
    after = measure(target, figures(*raised), on)

    assert (after.progress or 0) >= (before.progress or 0)


@steady
@given(
    any_goal.filter(lambda target: target.kind in (Kind.YEARLY, Kind.STOCK, Kind.RATE)),
    any_figures,
    days,
)
def test_up_and_down_are_mirror_images(target, reported, on):
    down = target.direction == Direction.DOWN
    mirrored = replace(
        target,
        baseline=-target.baseline,
        goal=-target.goal,
        direction=Direction.UP if down else Direction.DOWN,
        milestones=tuple((day, -value) for day, value in target.milestones),
    )

    seen = measure(target, reported, on)
    other = measure(mirrored, list(map(mirror, reported)), on)

    assert (seen.progress, seen.expected) == (other.progress, other.expected)
    assert seen.verdict == other.verdict


def mirror(figure):
    return replace(
        figure,
        value=None if figure.value is None else -figure.value,
        numerator=None if figure.numerator is None else -figure.numerator,
    )


@steady
@given(long_goals, amounts, days_in_plan)
def test_a_missing_quarter_is_never_counted_as_nil(target, given, on):
    nil = ["nil" if amount is None else amount for amount in given]
    not_available = ["-" if amount is None else amount for amount in given]

    with_gaps = measure(target, figures(*given), on)
    with_nils = measure(target, figures(*nil), on)

    assert measure(target, figures(*not_available), on) == with_gaps
    assert with_gaps.given <= with_nils.given
    if with_gaps.missing:
        assert with_gaps.verdict != Verdict.ON_TRACK
    if with_gaps.given == 0:
        assert with_gaps.progress is None


@steady
@given(amounts, days_in_plan)
def test_a_count_stays_at_its_last_figure_over_every_gap(given, on):
    reported = figures(*given)
    target = goal(Kind.STOCK, due_on=date(2029, 3, 31))
    known = [figure.value for figure in reported if figure.quarter.last_day <= on]

    assert measure(target, reported, on).actual == (known[-1] if known else None)


@steady
@given(amounts, days_in_plan)
def test_an_amount_in_a_year_is_never_that_of_an_incomplete_year(given, on):
    target = goal(Kind.YEARLY, due_on=date(2029, 3, 31))
    years = [given[place : place + 4] for place in range(0, len(given), 4)]
    whole = {sum(year) * 100 for year in years if len(year) == 4 and None not in year}

    assert measure(target, figures(*given), on).actual in whole | {None}


@steady
@given(any_goal.filter(lambda target: not target.milestones), days, days)
def test_without_milestones_the_expected_line_never_falls(target, one, other):
    early, late = sorted([one, other])

    expected = [measure(target, [], day).expected for day in (early, late)]

    assert 0 <= expected[0] <= expected[1] <= 1


def test_labels_are_there_for_every_choice():
    for choices in (Kind, Direction, Frequency, FigureState, Verdict):
        assert all(str(label) for label in choices.labels)
        assert all(len(value) <= 20 for value in choices.values)


def test_kinds_and_frequencies_all_work_together():
    for kind, frequency in product(Kind, Frequency):
        target = goal(kind, frequency=frequency)

        assert verdict(target, []) in (Verdict.NO_DATA, Verdict.NOT_DUE_YET)
