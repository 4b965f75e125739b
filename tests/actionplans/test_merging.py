"""What becomes of a row that two people had before them, and how stamps are read."""

import datetime as dt
import json

import pytest

from actionplans.merging import (
    Outcome,
    change_in_words,
    change_of_stamp,
    change_stamp,
    figure_in_words,
    figure_of_stamp,
    figure_stamp,
    outcome,
)
from actionplans.progress import FigureState, Kind
from tests.actionplans.quarters import given

CHANGE = {
    "status": "in_progress",
    "percent": 35,
    "released": 40_00_000,
    "spent": None,
    "due_on": dt.date(2027, 6, 1),
    "reason": "The site was flooded.",
}
BROKEN = ["", "x", "[]", "{}", "null", "[1, 2]", "[" * 5000]


@pytest.mark.parametrize(
    ("was", "stored", "mine", "becomes"),
    [
        ("a", "a", "a", Outcome.SAME),
        ("a", "a", "b", Outcome.TAKE),
        ("", "", "b", Outcome.TAKE),
        ("a", "a", "", Outcome.TAKE),
        # Somebody else wrote, and I touched nothing or wrote the same.
        ("a", "b", "a", Outcome.SAME),
        ("a", "b", "b", Outcome.SAME),
        ("a", "b", "c", Outcome.CLASH),
        ("", "b", "c", Outcome.CLASH),
        ("a", "", "c", Outcome.CLASH),
        ("a", "b", "", Outcome.CLASH),
    ],
)
def test_a_row_is_compared_with_what_was_shown_and_what_stands(
    was, stored, mine, becomes
):
    assert outcome(was, stored, mine) == becomes


def test_a_source_alone_says_nothing():
    assert figure_stamp(None) == ""
    assert figure_stamp(given(source="Register")) == ""
    assert figure_stamp(given(note="Still counting.")) != ""


def test_stamps_give_back_what_they_were_made_of():
    figure = given(20_00, source="Register", note="By hand")

    assert figure_of_stamp(figure_stamp(figure)) == figure
    assert change_of_stamp(change_stamp(CHANGE)) == CHANGE
    assert change_stamp(None) == ""


@pytest.mark.parametrize("stamp", BROKEN)
def test_what_is_no_stamp_says_nothing(stamp):
    assert figure_in_words(Kind.TOTAL, stamp) == "nothing"
    assert change_in_words(stamp) == "no change"


@pytest.mark.parametrize(
    ("at", "value"),
    [(0, None), (1, "20"), (1, True), (2, 1.5), (5, 7), (6, ["x"])],
)
def test_a_stamp_with_another_kind_of_value_is_none(at, value):
    values = json.loads(figure_stamp(given(20_00)))
    values[at] = value

    assert figure_in_words(Kind.TOTAL, json.dumps(values)) == "nothing"


def test_a_day_that_is_none_makes_no_change():
    values = json.loads(change_stamp(CHANGE))
    values[4] = "soon"

    assert change_of_stamp(json.dumps(values)) is None


@pytest.mark.parametrize(
    ("kind", "figure", "words"),
    [
        (Kind.TOTAL, given(1_20_000_50), "1,20,000.5"),
        (Kind.TOTAL, given(20_00, source="Register"), "20 (Register)"),
        (Kind.STOCK, given(state=FigureState.NIL), "nil"),
        (
            Kind.STOCK,
            given(state=FigureState.NOT_AVAILABLE, reason="disputed"),
            "not available: The sources disagree",
        ),
        (
            Kind.RATE,
            given(state="value", numerator=5_00, denominator=20_00),
            "5 of 20",
        ),
        (Kind.DONE, given(1_00), "done"),
        (Kind.DONE, given(0), "not done"),
        (Kind.TOTAL, given(note="Still counting."), "nothing (Still counting.)"),
    ],
)
def test_a_figure_is_said_in_words(kind, figure, words):
    assert figure_in_words(kind, figure_stamp(figure)) == words


def test_a_change_is_said_in_words():
    assert change_in_words(change_stamp(CHANGE)) == (
        "In progress, 35 %; released 40 lakh; due 1 Jun 2027: The site was flooded."
    )
