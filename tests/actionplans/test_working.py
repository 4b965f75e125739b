from datetime import date

import pytest

from actionplans.progress import Kind, lacking, measure, working
from tests.actionplans.targets import AFTER_Q2, figures, goal, yearly


def test_the_working_of_a_target_lets_everybody_check_it():
    result = measure(goal(), figures(90, None, 100), date(2027, 1, 20))

    assert working(result) == [
        "The figures add up to 190, which is 47.5% of the goal of 400.",
        "2 of 3 figures due are given.",
        "There is no figure for Q2 2026-27, which is not counted as nil.",
        "As long as a figure is missing, the target is at best at risk.",
        "By 31 Dec 2026, 301.1 was expected, 75.2% of the way.",
        (
            "That is 63.1% of what was expected. From 85% a target is on track, "
            "from 60% at risk, below that off track."
        ),
    ]


def test_the_working_says_that_a_year_is_still_running():
    result = measure(yearly(), figures(*[1800] * 5), date(2027, 8, 1))

    assert working(result)[:3] == [
        (
            "The last complete year, 2026-27, came to 7,200, which is 40% of the way "
            "from 6,000 to 9,000."
        ),
        (
            "In 2027-28 so far the figures up to Q1 2027-28 come to 1,800; "
            "an unfinished year is not judged."
        ),
        "The same part of 2026-27 came to 1,800.",
    ]


@pytest.mark.parametrize(
    ("target", "reported", "on", "sentence"),
    [
        (goal(), [], AFTER_Q2, "No figure says yet how far the target has come."),
        (goal(), [], date(2026, 5, 1), "Nothing was expected by 31 Mar 2026."),
        (
            goal(),
            figures(400),
            AFTER_Q2,
            "The goal was reached by the figure of 30 Jun 2026, in time.",
        ),
        (
            goal(),
            figures(90, 90, 90, 90, 60),
            date(2027, 8, 1),
            "The goal was reached after its due date, 31 Mar 2027: on 30 Jun 2027.",
        ),
        (
            goal(),
            figures(90, 90, 90),
            date(2027, 4, 1),
            "The figure for Q4 2026-27 is still to come.",
        ),
        (
            goal(Kind.DONE, goal=100),
            figures("nil"),
            AFTER_Q2,
            "It is not done yet, says the figure of 30 Jun 2026.",
        ),
        (
            goal(Kind.DONE, goal=100),
            figures(1),
            date(2027, 3, 31),
            "It was expected to be done by 31 Mar 2027.",
        ),
    ],
)
def test_the_working_has_a_sentence_for(target, reported, on, sentence):
    assert sentence in working(measure(target, reported, on))


@pytest.mark.parametrize(
    ("target", "reported", "on", "words"),
    [
        (goal(), figures(90, None, 100), date(2027, 1, 20), "2 of 3 figures given"),
        (goal(), [], date(2027, 8, 1), "no figure by the due day"),
        (goal(), figures(90, 90, 90), date(2027, 8, 1), "3 of 4 figures given"),
        # Nothing is lacking, or the verdict says it.
        (goal(), figures(90, 90), AFTER_Q2, ""),
        (goal(), figures(400), AFTER_Q2, ""),
        (goal(), [], AFTER_Q2, ""),
        (goal(), [], date(2026, 5, 1), ""),
    ],
)
def test_beside_the_verdict_stands_which_figures_are_lacking(
    target, reported, on, words
):
    assert lacking(measure(target, reported, on)) == words
