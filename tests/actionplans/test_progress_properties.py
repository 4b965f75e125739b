"""What holds for every target, whatever its goal and figures."""

import math
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
quarter_ends = st.sampled_from(
    [(Quarter(2026, 1) + later).last_day for later in range(12)]
)
# From 100 up to 400, or down, in three years.
towards = st.builds(
    lambda kind, up: goal(
        kind,
        baseline=0 if kind == Kind.TOTAL else (100_00 if up else 400_00),
        goal=400_00 if up or kind == Kind.TOTAL else 100_00,
        direction=Direction.UP if up or kind == Kind.TOTAL else Direction.DOWN,
        due_on=date(2029, 3, 31),
    ),
    st.sampled_from([Kind.TOTAL, Kind.YEARLY, Kind.STOCK, Kind.RATE]),
    st.booleans(),
)


@steady
@given(any_goal, any_figures, days)
def test_every_target_has_a_verdict_and_a_working(target, reported, on):
    result = measure(target, reported, on)

    assert result.verdict in Verdict
    assert isinstance(result.expected, Fraction)
    assert math.isfinite(result.expected)
    assert result.progress is None or math.isfinite(result.progress)
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
@given(towards, amounts, days_in_plan, st.integers(0, 11), st.integers(0, 300))
def test_a_figure_that_is_better_never_makes_less_progress(
    target, given, on, place, more
):
    place %= len(given)
    assume(given[place] is not None)
    better = more if target.direction == Direction.UP else -more
    changed = [*given[:place], given[place] + better, *given[place + 1 :]]
    make = rates_of if target.kind == Kind.RATE else figures

    before = measure(target, make(*given), on)
    after = measure(target, make(*changed), on)

    assert (before.progress is None) == (after.progress is None)
    assert before.progress is None or after.progress >= before.progress
    assert before.expected == after.expected
    judged = [Verdict.OFF_TRACK, Verdict.AT_RISK, Verdict.ON_TRACK, Verdict.ACHIEVED]
    if before.verdict in judged and after.verdict in judged:
        assert judged.index(after.verdict) >= judged.index(before.verdict)


def rates_of(*values):
    """So many out of a thousand each quarter; None leaves the quarter out."""
    return [
        Figure(quarter=f.quarter, numerator=f.value, denominator=1000_00)
        for f in figures(*values)
    ]


@steady
@given(towards, st.lists(st.integers(1, 399), min_size=1, max_size=2), quarter_ends)
def test_milestones_are_what_is_expected_on_their_days(target, marks, on):
    assume(target.kind != Kind.YEARLY)
    ends = [date(2027, 3, 31), date(2028, 3, 31)]
    marked = tuple((day, value * 100) for day, value in zip(ends, marks, strict=False))
    marked_target = replace(target, milestones=marked)

    for day, value in marked:
        expected = measure(marked_target, [], day).expected
        assert expected == target.share(value)

    bends = [
        (target.starts_on, Fraction(0)),
        *((d, target.share(v)) for d, v in marked),
    ]
    bends.append((target.due_on, Fraction(1)))
    before = max(bend for bend in bends if bend[0] <= on)
    after = min(bend for bend in bends if bend[0] >= on)
    low, high = sorted([before[1], after[1]])
    assert low <= measure(marked_target, [], on).expected <= high


@steady
@given(amounts, amounts, days_in_plan)
def test_a_rate_over_a_gap_is_that_of_the_quarters_reported(parts, wholes, on):
    pairs = [
        (part, part + whole + 1)
        for part, whole in zip(parts, wholes, strict=False)
        if part is not None and whole is not None
    ]
    gaps = [p is None or w is None for p, w in zip(parts, wholes, strict=False)]
    places = [place for place, is_gap in enumerate(gaps) if not is_gap]
    first = Quarter.from_code(20261)
    reported = [
        Figure(quarter=first + place, numerator=n * 100, denominator=d * 100)
        for place, (n, d) in zip(places, pairs, strict=True)
    ]
    target = goal(Kind.RATE, goal=90_00, due_on=date(2029, 3, 31))

    result = measure(target, reported, on)

    known = [
        p for q, p in zip(reported, pairs, strict=True) if q.quarter.last_day <= on
    ]
    if not known:
        assert result.progress is None
        return
    done, of = (sum(column) for column in zip(*known[-4:], strict=True))
    assert result.latest.value == Fraction(done * 100_00, of)


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
