"""Goals and figures for tests, in whole units and as short as can be."""

from datetime import date

from actionplans.progress import Figure, FigureState, Goal, Kind, measure
from portal.periods import Quarter

AFTER_Q2 = date(2026, 11, 22)


def goal(kind=Kind.TOTAL, **given):
    """From 0 to 400 units in the financial year 2026-27, unless given otherwise."""
    usual = {
        "goal": 40000,
        "baseline_on": date(2026, 3, 31),
        "plan_starts_on": date(2026, 4, 1),
        "due_on": date(2027, 3, 31),
    }
    return Goal(kind=kind, **usual | given)


def figures(*values, since=20261):
    """One figure a quarter; None leaves the quarter out, "nil" and "-" say so."""
    states = {"nil": FigureState.NIL, "-": FigureState.NOT_AVAILABLE}
    return [
        Figure(quarter=Quarter.from_code(since) + place, state=states[value])
        if value in states
        else Figure(quarter=Quarter.from_code(since) + place, value=value * 100)
        for place, value in enumerate(values)
        if value is not None
    ]


def rates(*pairs, since=20261):
    first = Quarter.from_code(since)
    return [
        Figure(quarter=first + place, numerator=of_these * 100, denominator=all_ * 100)
        for place, (of_these, all_) in enumerate(pairs)
    ]


def yearly(**given):
    """From 6,000 in 2025-26 to 9,000 in 2028-29."""
    usual = {"baseline": 600000, "goal": 900000, "due_on": date(2029, 3, 31)}
    return goal(Kind.YEARLY, **usual | given)


def verdict(target, reported, on=AFTER_Q2):
    return measure(target, reported, on).verdict
