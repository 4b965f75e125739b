"""How far a target has come, what was expected by now, and the word for it.

Pure arithmetic in whole numbers and fractions. Values are in hundredths of the
indicator's unit; as a share of the way, 1 is the goal. No figure is made up: a quarter
without one is not a nil, and it holds the verdict down to "at risk".

A few points need a rule where the calendar and a target do not match:

* A period (quarter, half-year or year, by the indicator's frequency) cannot be split.
  The first period of a target holds its first day, which is the later of the plan's
  first day and the day after the baseline; the last one holds the due date.
* Half-yearly and yearly indicators and amounts in a year move only when their period
  ends, so what is expected of them is read at the end of the last such period.
* A year counts for an amount in a year if it ends after the baseline date.
* A thing done or not done has no half way: nothing is expected before its due date.
* After the due date the whole goal is expected.
* Who reached the goal in time keeps "achieved" or "achieved, now below"; who reached
  it after the due date keeps "achieved late". Figures of later periods count for that,
  but are not added to a total.
* Where the baseline already is the goal, achieving means not falling behind it.
"""

from actionplans.progress.goal import (
    Direction,
    Figure,
    FigureState,
    Frequency,
    Goal,
    Kind,
    is_asked,
)
from actionplans.progress.measure import Result, Verdict, is_reached, measure
from actionplans.progress.working import lacking, working

__all__ = [
    "Direction",
    "Figure",
    "FigureState",
    "Frequency",
    "Goal",
    "Kind",
    "Result",
    "Verdict",
    "is_asked",
    "is_reached",
    "lacking",
    "measure",
    "working",
]
