from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.freshness import Freshness, freshness, lifted_by
from portal.periods import Quarter

steady = settings(derandomize=True, deadline=None, max_examples=100)
Q1, Q2, Q3 = (Quarter(2026, number) for number in (1, 2, 3))
WHOLE = (4, 4)
NOVEMBER = date(2026, 11, 22)


def test_a_district_that_never_filed_reads_never():
    assert freshness({}, NOVEMBER) == Freshness.NEVER
    assert freshness({}, NOVEMBER, first_owed=Q3) == Freshness.NEVER


def test_the_newest_due_quarter_makes_fresh():
    assert freshness({Q2: WHOLE}, NOVEMBER) == Freshness.FRESH


def test_one_quarter_behind_is_ageing_and_two_are_stale():
    assert freshness({Q1: WHOLE}, NOVEMBER) == Freshness.AGEING
    assert freshness({Q1.previous: WHOLE}, NOVEMBER) == Freshness.STALE


def test_until_a_quarter_falls_due_the_one_before_counts():
    assert freshness({Q1: WHOLE}, date(2026, 10, 14)) == Freshness.FRESH
    assert freshness({Q1: WHOLE}, date(2026, 10, 15)) == Freshness.AGEING


@pytest.mark.parametrize(
    ("report", "word"),
    [
        ((2, 4), Freshness.FRESH),
        ((1, 4), Freshness.AGEING),
        ((2, 5), Freshness.AGEING),
        ((3, 5), Freshness.FRESH),
        ((0, 3), Freshness.AGEING),
        ((0, 0), Freshness.FRESH),
    ],
)
def test_a_report_with_less_than_half_its_figures_is_ageing(report, word):
    assert freshness({Q2: report}, NOVEMBER) == word


def test_a_report_filed_before_its_due_day_keeps_fresh():
    early = date(2027, 1, 5)

    assert freshness({Q2: WHOLE, Q3: (0, 4)}, early) == Freshness.FRESH
    assert freshness({Q3: WHOLE}, early) == Freshness.FRESH
    assert freshness({Q3: (0, 4)}, early) == Freshness.AGEING


def test_a_later_report_does_not_mend_a_thin_one_that_was_due():
    assert freshness({Q1: WHOLE, Q2: (0, 4)}, NOVEMBER) == Freshness.AGEING


def test_quarters_that_were_not_owed_put_nobody_behind():
    long_ago = {Q1 - 8: WHOLE}

    assert freshness(long_ago, NOVEMBER) == Freshness.STALE
    assert freshness(long_ago, NOVEMBER, first_owed=Q2) == Freshness.AGEING
    assert freshness(long_ago, NOVEMBER, first_owed=Q3) == Freshness.FRESH


quarters = st.builds(Quarter, st.integers(2024, 2028), st.integers(1, 4))
reports = st.tuples(st.integers(0, 9), st.integers(0, 9))
filings = st.dictionaries(quarters, reports, max_size=8)
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@steady
@given(filings, days, st.none() | quarters)
def test_every_district_has_a_word(filed, on, first_owed):
    word = freshness(filed, on, first_owed)

    assert word in Freshness
    assert (word == Freshness.NEVER) == (not filed)


@steady
@given(filings, days, days)
def test_without_a_new_report_freshness_only_falls(filed, one, other):
    order = [Freshness.FRESH, Freshness.AGEING, Freshness.STALE, Freshness.NEVER]
    known = {q: report for q, report in filed.items() if q.last_day < min(one, other)}

    early, late = (freshness(known, day) for day in sorted([one, other]))

    assert order.index(early) <= order.index(late)


@steady
@given(filings, days, st.integers(0, 9))
def test_filing_the_due_quarter_in_full_always_makes_fresh(filed, on, asked):
    filed = {**filed, Quarter.last_due(on): (asked, asked)}

    assert freshness(filed, on) == Freshness.FRESH


def test_the_newest_due_report_alone_lifts_whoever_is_behind():
    for filed in ({}, {Q1: WHOLE}, {Q1 - 4: WHOLE}):
        word = freshness(filed, NOVEMBER)

        assert lifted_by(word, filed, NOVEMBER) == Q2
        assert freshness({**filed, Q2: (2, 4)}, NOVEMBER) == Freshness.FRESH


def test_who_is_fresh_needs_no_lift():
    assert lifted_by(Freshness.FRESH, {Q2: WHOLE}, NOVEMBER) is None
    assert lifted_by(Freshness.FRESH, {}, NOVEMBER) is None


def test_a_thin_report_is_mended_only_by_the_one_after_it():
    thin = {Q2: (1, 4)}

    assert lifted_by(freshness(thin, NOVEMBER), thin, NOVEMBER) is None
    january = date(2027, 1, 5)
    assert lifted_by(freshness(thin, january), thin, january) == Q3


@steady
@given(filings, days, st.none() | quarters)
def test_a_lift_makes_fresh_and_without_one_nothing_does(filed, on, first_owed):
    filed = {q: report for q, report in filed.items() if q.last_day < on}
    word = freshness(filed, on, first_owed)
    by = lifted_by(word, filed, on)
    newest = Quarter.last_closed(on)

    if by:
        assert by not in filed
        assert by <= newest
        assert freshness({**filed, by: (1, 2)}, on, first_owed) == Freshness.FRESH
    elif word != Freshness.FRESH:
        for quarter in (newest - back for back in range(12)):
            more = {quarter: (1, 1), **filed}
            assert freshness(more, on, first_owed) == word
