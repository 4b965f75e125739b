from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.periods import (
    Quarter,
    financial_year_label,
    financial_year_of,
    first_day_of_year,
    last_day_of_year,
    months_later,
)

steady = settings(derandomize=True, deadline=None, max_examples=100)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
quarters = st.builds(Quarter.of, days)
steps = st.integers(-400, 400)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 3, 31), 20254),
        (date(2026, 4, 1), 20261),
        (date(2026, 7, 1), 20262),
        (date(2026, 9, 30), 20262),
        (date(2026, 12, 31), 20263),
        (date(2027, 1, 1), 20264),
    ],
)
def test_the_year_starts_with_april(day, code):
    assert Quarter.of(day).code == code


def test_quarter_knows_its_days():
    quarter = Quarter.from_code(20262)

    assert quarter == Quarter(2026, 2)
    assert quarter.first_day == date(2026, 7, 1)
    assert quarter.last_day == date(2026, 9, 30)
    assert quarter.opens_on == date(2026, 10, 1)
    assert quarter.due_on == date(2026, 10, 15)


def test_quarter_reads_as_people_write_it():
    assert str(Quarter(2026, 2)) == "Q2 2026-27"
    assert Quarter(2026, 2).months == "July to September 2026"
    assert Quarter(2026, 4).months == "January to March 2027"


@pytest.mark.parametrize("language", ["en", "hi"])
def test_quarter_names_its_year_in_every_language(language):
    with translation.override(language):
        assert "2026-27" in str(Quarter(2026, 4))
        assert "2027" in Quarter(2026, 4).months


@pytest.mark.parametrize("code", [0, 2026, 20260, 20265, 20269])
def test_a_code_without_a_quarter_is_refused(code):
    with pytest.raises(ValueError, match="has no quarter"):
        Quarter.from_code(code)


def test_a_quarter_falls_due_fifteen_days_after_its_end():
    assert Quarter.last_due(date(2026, 10, 14)) == Quarter(2026, 1)
    assert Quarter.last_due(date(2026, 10, 15)) == Quarter(2026, 2)


def test_a_quarter_has_closed_on_its_last_day():
    assert Quarter.last_closed(date(2026, 9, 29)) == Quarter(2026, 1)
    assert Quarter.last_closed(date(2026, 9, 30)) == Quarter(2026, 2)


def test_between_holds_every_quarter_that_the_days_touch():
    found = Quarter.between(date(2026, 6, 30), date(2027, 1, 1))

    assert [quarter.code for quarter in found] == [20261, 20262, 20263, 20264]


def test_between_can_go_by_half_years_and_years():
    first_day, last_day = date(2026, 8, 1), date(2027, 10, 1)

    halves = Quarter.between(first_day, last_day, every=2)
    years = Quarter.between(first_day, last_day, every=4)

    assert [quarter.code for quarter in halves] == [20262, 20264, 20272, 20274]
    assert [quarter.code for quarter in years] == [20264, 20274]


def test_between_is_empty_when_the_days_are_the_wrong_way_round():
    assert list(Quarter.between(date(2027, 1, 1), date(2026, 1, 1))) == []


@pytest.mark.parametrize(
    ("length", "closing"), [(1, [1, 2, 3, 4]), (2, [2, 4]), (4, [4])]
)
def test_periods_close_with_certain_quarters(length, closing):
    quarters = [Quarter(2026, number) for number in (1, 2, 3, 4)]

    assert [q.number for q in quarters if q.closes(length)] == closing
    assert all(q.closing(length).closes(length) for q in quarters)
    assert all(0 <= q.closing(length).quarters_after(q) < length for q in quarters)


@pytest.mark.parametrize(
    ("year", "label"), [(2026, "2026-27"), (1999, "1999-00"), (2008, "2008-09")]
)
def test_year_label_has_both_years(year, label):
    assert financial_year_label(year) == label


@steady
@given(days)
def test_every_day_lies_in_its_quarter_and_year(day):
    quarter = Quarter.of(day)

    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.financial_year == financial_year_of(day)
    assert first_day_of_year(quarter.financial_year) <= day
    assert day <= last_day_of_year(quarter.financial_year)


@steady
@given(quarters)
def test_code_leads_back_to_the_quarter(quarter):
    assert Quarter.from_code(quarter.code) == quarter


@steady
@given(quarters)
def test_quarters_follow_each_other_without_a_gap(quarter):
    assert quarter.last_day + timedelta(days=1) == quarter.next.first_day
    assert quarter.next.previous == quarter


@steady
@given(quarters, steps)
def test_counting_forward_and_back_are_one(quarter, step):
    later = quarter + step

    assert later - step == quarter
    assert later.quarters_after(quarter) == step


@steady
@given(quarters, quarters)
def test_order_of_quarters_is_order_of_codes_and_days(one, other):
    assert (one < other) == (one.code < other.code) == (one.last_day < other.last_day)
    assert (one == other) == (hash(one) == hash(other))


@steady
@given(days)
def test_the_last_due_quarter_is_the_newest_that_is_due(day):
    quarter = Quarter.last_due(day)

    assert quarter.due_on <= day < quarter.next.due_on


@steady
@given(days)
def test_the_last_closed_quarter_is_the_newest_that_has_ended(day):
    quarter = Quarter.last_closed(day)

    assert quarter.last_day <= day < quarter.next.last_day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 9, 27), 3, date(2026, 12, 27)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 6, 15), 12, date(2027, 6, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day, months, later
):
    assert months_later(day, months) == later
