"""Goals that look unusual ask a question; the arithmetic behind it is exact."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.plausible import (
    ALIKE,
    Past,
    Pledge,
    Topic,
    compound,
    months_between,
    pace,
    questions,
)
from actionplans.progress import Direction, Kind

steady = settings(derandomize=True, deadline=None, max_examples=100)
START, FIVE_YEARS = date(2026, 3, 31), date(2031, 3, 31)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
values = st.integers(-(10**12), 10**12)
amounts = st.integers(1, 2**63 - 1)
months = st.integers(12, 240)
any_pledge = st.builds(
    Pledge,
    kind=st.sampled_from(Kind),
    direction=st.sampled_from(Direction),
    baseline=values,
    goal=values,
    baseline_on=days,
    due_on=days,
)
any_peers = st.lists(st.integers(0, 10**6), max_size=12)
pasts = st.none() | st.builds(
    Past,
    first=st.just("2022-23"),
    last=st.just("2025-26"),
    pace=st.integers(-9999, 10**6),
)


def pledge(kind=Kind.YEARLY, baseline=14_20, goal=60_00, **values):
    usual = {
        "direction": Direction.UP,
        "baseline_on": START,
        "due_on": FIVE_YEARS,
    }
    return Pledge(kind=kind, baseline=baseline, goal=goal, **usual | values)


def asked(*args, **kwargs):
    return [str(question) for question in questions(*args, **kwargs)]


def test_fast_growth_is_said_as_a_rate_a_year():
    assert asked(pledge()) == ["From 14.2 to 60 in 5 years is 33.4% a year."]


def test_what_grows_as_usual_asks_nothing():
    assert asked(pledge(goal=30_00)) == []


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        (
            pledge(
                Kind.STOCK,
                60_00,
                14_20,
                direction=Direction.DOWN,
                due_on=date(2028, 3, 31),
            ),
            "From 60 to 14.2 in 2 years is a fall of 51.3% a year.",
        ),
        (
            pledge(Kind.RATE, 20_00, 90_00, due_on=date(2028, 3, 31)),
            "From 20 to 90 in 2 years is 35 points a year.",
        ),
        (
            pledge(Kind.TOTAL, 10_00, 50_00, due_on=date(2026, 9, 30)),
            "From 10 to 50 in 6 months is 400% a year.",
        ),
        (
            pledge(Kind.RATE, 90_00, 120_00),
            "A share lies between 0 and 100; this goal is 120.",
        ),
    ],
)
def test_each_kind_asks_in_its_own_words(promise, sentence):
    assert sentence in asked(promise)


@pytest.mark.parametrize(
    "promise",
    [
        pledge(Kind.DONE, 0, 1_00),
        pledge(Kind.STOCK, 0, 900_00),
        pledge(baseline=60_00, goal=60_00),
        pledge(Kind.STOCK, 40_00, 0, direction=Direction.DOWN),
    ],
)
def test_where_no_rate_can_be_said_none_is(promise):
    assert pace(promise) is None
    assert asked(promise) == []


def test_a_goal_after_the_plan_asks_why():
    (question,) = questions(pledge(goal=20_00), ends_on=date(2030, 3, 31))

    assert question.topic == Topic.AFTER_THE_PLAN
    assert (
        str(question) == "It is due on 31 Mar 2031, and the plan ends on 31 Mar 2030."
    )
    assert asked(pledge(goal=20_00), ends_on=FIVE_YEARS) == []


def test_the_past_of_the_district_is_said_beside_the_growth():
    past = Past("2022-23", "2025-26", 11_00)

    (sentence,) = asked(pledge(), past=past)

    assert sentence.startswith("From 14.2 to 60 in 5 years is 33.4% a year. ")
    assert sentence.endswith("exports grew 11% a year from 2022-23 to 2025-26.")


def test_growth_far_beyond_the_past_asks_even_if_it_is_usual_elsewhere():
    slow = Past("2022-23", "2025-26", 2_00)
    falling = Past("2022-23", "2025-26", -4_00)

    assert asked(pledge(goal=28_00)) == []
    assert "grew 2% a year" in asked(pledge(goal=28_00), past=slow)[0]
    assert "fell 4% a year" in asked(pledge(goal=28_00), past=falling)[0]
    assert asked(pledge(goal=28_00), past=Past("2022-23", "2025-26", 13_00)) == []


@pytest.mark.parametrize(
    ("kind", "value", "asks"),
    [
        (Kind.STOCK, 15_00, False),
        (Kind.STOCK, 25_00, True),
        (Kind.STOCK, 8_00, True),
        (Kind.TOTAL, 8_00, False),
        (Kind.TOTAL, -1_00, True),
    ],
)
def test_a_mark_aside_of_the_way_asks_why(kind, value, asks):
    promise = pledge(kind, baseline=10_00, goal=20_00)

    found = questions(promise, marks=[(date(2028, 3, 31), value)])

    assert [question.topic for question in found] == ([Topic.MARKS] if asks else [])
    assert all("by 31 Mar 2028 lies outside the way" in str(q) for q in found)


@pytest.mark.parametrize(
    ("peers", "asks"),
    [
        ([4_00, 4_00, 4_00, 4_00, 4_00], True),
        ([4_00, 4_00, 4_00, 4_00], False),
        ([10_00] * 9, False),
        ([50_00] * 5, True),
        ([9_00, 4_00, 4_00, 4_00, 90_00], True),
    ],
)
def test_five_peers_are_needed_to_be_far_from_them(peers, asks):
    # 14.5 % a year.
    promise = pledge(goal=28_00)

    found = [question.topic for question in questions(promise, peers)]

    assert found == ([Topic.PEERS] if asks else [])


def test_a_question_names_how_many_others_and_what_they_go_for():
    (sentence,) = asked(pledge(goal=28_00), [4_00] * 7)

    assert "Half of 7 other districts go for less than 4% a year" in sentence
    assert sentence.endswith("this target goes for 14.5%.")


@steady
@given(
    any_pledge,
    any_peers,
    st.none() | days,
    pasts,
    st.lists(st.tuples(days, values), max_size=4),
)
def test_every_target_is_asked_in_whole_sentences(promise, peers, ends, past, marks):
    found = questions(promise, peers, ends_on=ends, past=past, marks=marks)

    assert all(str(question).endswith(".") for question in found)
    assert not any(word in str(q) for q in found for word in ("nan", "inf", "None"))
    topics = [question.topic for question in found]
    assert len(topics) == len(set(topics))


@steady
@given(any_pledge, any_peers)
def test_an_unchanged_target_is_asked_nothing_about_its_pace(promise, peers):
    still = replace(promise, goal=promise.baseline)

    topics = {question.topic for question in questions(still, peers)}

    assert pace(still) is None
    assert topics <= {Topic.SHARE}


@steady
@given(any_pledge.filter(lambda promise: promise.kind != Kind.DONE), any_peers)
def test_a_fall_asks_when_the_rise_that_undoes_it_does(promise, peers):
    down = promise.direction == Direction.DOWN
    mirrored = replace(
        promise,
        direction=Direction.UP if down else Direction.DOWN,
        baseline=promise.goal,
        goal=promise.baseline,
    )
    about_pace = {Topic.GROWTH, Topic.PEERS}

    def topics(one):
        return {question.topic for question in questions(one, peers)} & about_pace

    assert pace(promise) == pace(mirrored)
    assert topics(promise) == topics(mirrored)


@steady
@given(amounts, amounts, months)
def test_the_yearly_growth_is_exact_to_the_hundredth_of_a_per_cent(one, other, span):
    low, high = sorted([one, other])

    rate = compound(low, high, span)

    def grown(by):
        return low**12 * Fraction(10_000 + by, 10_000) ** span

    assert grown(rate) <= high**12 < grown(rate + 1)


@steady
@given(
    any_pledge.filter(lambda promise: promise.kind != Kind.DONE),
    st.integers(1, 10**12),
    st.integers(1, 10**12),
    st.integers(1, 10**12),
)
def test_a_goal_further_on_is_never_slower(promise, start, more, yet_more):
    ends = [start, start + more, start + more + yet_more]
    if promise.direction == Direction.DOWN:
        ends.reverse()

    near, far = (
        pace(replace(promise, baseline=ends[0], goal=goal)) for goal in ends[1:]
    )

    assert near <= far


@steady
@given(any_pledge, days)
def test_more_time_is_never_faster(promise, other):
    early, late = sorted([promise.due_on, other])

    fast = pace(replace(promise, due_on=early))
    slow = pace(replace(promise, due_on=late))

    assert (fast is None) == (slow is None)
    assert fast is None or fast >= slow


@steady
@given(any_pledge, amounts, amounts)
def test_who_is_close_to_the_middle_of_the_others_is_not_far(promise, start, end):
    kind = Kind.STOCK if promise.kind == Kind.DONE else promise.kind
    rising = {"kind": kind, "direction": Direction.UP}
    promise = replace(promise, baseline=start, goal=start + end, **rising)
    own = pace(promise)

    near = [own + shift for shift in (-ALIKE, 0, 0, 0, ALIKE)]

    assert Topic.PEERS not in {q.topic for q in questions(promise, near)}


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2031, 3, 31), 60),
        (date(2027, 3, 31), 12),
        (date(2027, 4, 1), 12),
        (date(2026, 9, 30), 6),
        (date(2026, 4, 2), 0),
        (date(2026, 4, 29), 1),
    ],
)
def test_months_are_counted_to_the_nearest(last, months):
    assert months_between(START, last) == months
