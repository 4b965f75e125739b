"""Which figures look odd beside the last one, and which do not."""

import pytest

from actionplans.doubts import doubt, last_given
from actionplans.progress import Figure, FigureState, Kind
from tests.actionplans.quarters import Q1, Q2


def figure(value, quarter=Q2):
    return Figure(quarter=quarter, value=value)


def rate(part, whole, quarter=Q2):
    return Figure(quarter=quarter, numerator=part, denominator=whole)


NIL = Figure(quarter=Q2, state=FigureState.NIL)
NOT_AVAILABLE = Figure(quarter=Q2, state=FigureState.NOT_AVAILABLE)


@pytest.mark.parametrize(
    ("kind", "now", "last", "asks"),
    [
        (Kind.TOTAL, figure(400_00), 40_00, "It is 10 times the 40 of Q1 2026-27."),
        (Kind.TOTAL, figure(399_00), 40_00, ""),
        (Kind.TOTAL, NIL, 40_00, ""),
        (Kind.TOTAL, figure(4), 0, ""),
        (Kind.STOCK, NIL, 40_00, "It falls to nothing from 40 in Q1 2026-27."),
        (Kind.STOCK, figure(0), 40_00, "It falls to nothing from 40 in Q1 2026-27."),
        (Kind.STOCK, figure(0), 0, ""),
        (Kind.STOCK, figure(-900_00), 40_00, "It is below zero."),
        (Kind.TOTAL, figure(-1), 40_00, "It is below zero."),
        (
            Kind.TOTAL,
            figure(4_00),
            40_00,
            "It is a tenth of the 40 of Q1 2026-27, or less.",
        ),
        (Kind.STOCK, figure(4_01), 40_00, ""),
        (Kind.YEARLY, NOT_AVAILABLE, 40_00, ""),
        (Kind.DONE, figure(0), 1_00, "In Q1 2026-27 it was done already."),
        (Kind.DONE, figure(1_00), 0, ""),
    ],
)
def test_a_figure_is_doubted_beside_the_last_one(kind, now, last, asks):
    assert doubt(kind, now, figure(last, Q1)) == asks


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_doubted_without_an_earlier_figure(kind):
    assert doubt(kind, figure(900_00), None) == ""
    assert doubt(kind, figure(900_00), NOT_AVAILABLE) == ""


def test_rates_are_compared_as_shares():
    last = rate(2_00, 100_00, Q1)

    asks = "It is 30 times the 2 of 100 of Q1 2026-27."
    assert doubt(Kind.RATE, rate(60_00, 100_00), last) == asks
    assert doubt(Kind.RATE, rate(10_00, 100_00), last) == ""


def test_a_part_is_not_larger_than_its_whole():
    assert doubt(Kind.RATE, rate(11_00, 10_00), None) == (
        "The part is larger than the whole."
    )


def test_the_last_figure_given_is_the_newest_that_says_something():
    figures = {Q1: figure(40_00, Q1), Q2: NOT_AVAILABLE}

    assert last_given(Kind.STOCK, figures) == figures[Q1]
    assert last_given(Kind.STOCK, {Q2: NOT_AVAILABLE}) is None
