"""The working of a target in sentences, so that everybody can check the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.progress.goal import ZERO, Kind
from actionplans.progress.measure import (
    AT_RISK_FROM,
    ON_TRACK_FROM,
    Result,
    Verdict,
)
from portal.numbers import hundredths, percent
from portal.periods import financial_year_label, financial_year_of, written

JUDGED = (Verdict.ON_TRACK, Verdict.AT_RISK, Verdict.OFF_TRACK)
# A reached goal is not in doubt for want of figures; that none are known says itself.
UNTOUCHED = (
    Verdict.ACHIEVED,
    Verdict.ACHIEVED_NOW_BELOW,
    Verdict.ACHIEVED_LATE,
    Verdict.NOT_DUE_YET,
    Verdict.NO_DATA,
)


def working(result: Result) -> list[str]:
    """What was counted, what was expected, and how the one compares with the other."""
    return [
        *_progress(result),
        *_running_year(result),
        *_coverage(result),
        *_expected(result),
        *_reached(result),
        *_comparison(result),
    ]


def lacking(result: Result) -> str:
    """What stands beside the verdict in a few words where a figure is missing."""
    if result.verdict in UNTOUCHED:
        return ""
    if not result.given:
        return _("no figure by the due day")
    if result.missing:
        return ngettext(
            "%(given)s of %(due)s figure given",
            "%(given)s of %(due)s figures given",
            result.due,
        ) % {"given": result.given, "due": result.due}
    return "" if result.latest else _("no complete year by the due day")


def _progress(result: Result) -> Iterator[str]:
    if not result.latest or result.progress is None or result.actual is None:
        yield _("No figure says yet how far the target has come.")
        return
    values = {
        "value": hundredths(result.actual),
        "baseline": hundredths(result.goal.baseline),
        "goal": hundredths(result.goal.goal),
        "share": percent(result.progress),
        "day": written(result.latest.day),
        "year": financial_year_label(financial_year_of(result.latest.day)),
    }
    yield _progress_sentence(result) % values


def _progress_sentence(result: Result) -> str:
    done = result.progress != ZERO
    sentences = {
        Kind.TOTAL: _(
            "The figures add up to %(value)s, which is %(share)s of the goal of "
            "%(goal)s."
        ),
        Kind.YEARLY: _(
            "The last complete year, %(year)s, came to %(value)s, which is %(share)s "
            "of the way from %(baseline)s to %(goal)s."
        ),
        Kind.STOCK: _(
            "The latest figure, of %(day)s, is %(value)s, which is %(share)s of the "
            "way from %(baseline)s to %(goal)s."
        ),
        Kind.RATE: _(
            "The figures of the last four quarters reported, up to %(day)s, make "
            "%(value)s, which is %(share)s of the way from %(baseline)s to %(goal)s."
        ),
        Kind.DONE: _("It is done, says the figure of %(day)s.")
        if done
        else _("It is not done yet, says the figure of %(day)s."),
    }
    return sentences[Kind(result.goal.kind)]


def _running_year(result: Result) -> Iterator[str]:
    running = result.running
    if not running:
        return
    yield _(
        "In %(year)s so far the figures up to %(quarter)s come to %(value)s; "
        "an unfinished year is not judged."
    ) % {
        "year": financial_year_label(running.year),
        "quarter": running.quarters[-1],
        "value": hundredths(running.amount),
    }
    if running.before is not None:
        yield _("The same part of %(year)s came to %(value)s.") % {
            "year": financial_year_label(running.year - 1),
            "value": hundredths(running.before),
        }


def _coverage(result: Result) -> Iterator[str]:
    if not result.asked:
        return
    yield ngettext(
        "%(given)s of %(due)s figure due is given.",
        "%(given)s of %(due)s figures due are given.",
        result.due,
    ) % {"given": result.given, "due": result.due}
    if result.missing:
        yield _("There is no figure for %(quarters)s, which is not counted as nil.") % {
            "quarters": ", ".join(map(str, result.missing))
        }
    if result.missing and result.verdict in JUDGED:
        yield _("As long as a figure is missing, the target is at best at risk.")


def _expected(result: Result) -> Iterator[str]:
    day = written(result.expected_on)
    if result.expected <= ZERO:
        yield _("Nothing was expected by %(day)s.") % {"day": day}
    elif result.goal.kind == Kind.DONE:
        yield _("It was expected to be done by %(day)s.") % {"day": day}
    else:
        yield _("By %(day)s, %(value)s was expected, %(share)s of the way.") % {
            "day": day,
            "value": hundredths(result.expected_value),
            "share": percent(result.expected),
        }


def _reached(result: Result) -> Iterator[str]:
    days = {"due": written(result.goal.due_on)}
    if result.reached:
        days["day"] = written(result.reached.day)
        if result.reached.in_time:
            yield _("The goal was reached by the figure of %(day)s, in time.") % days
        else:
            yield _("The goal was reached after its due date, %(due)s: on %(day)s.") % (
                days
            )
    elif result.on > result.goal.due_on:
        yield _("The due date, %(due)s, has passed.") % days
        if result.goal.last_period not in result.asked:
            yield _("The figure for %(quarter)s is still to come.") % {
                "quarter": result.goal.last_period
            }


def _comparison(result: Result) -> Iterator[str]:
    if result.verdict not in JUDGED or result.progress is None:
        return
    yield _(
        "That is %(ratio)s of what was expected. From %(on_track)s a target is on "
        "track, from %(at_risk)s at risk, below that off track."
    ) % {
        "ratio": percent(result.progress / result.expected),
        "on_track": percent(ON_TRACK_FROM),
        "at_risk": percent(AT_RISK_FROM),
    }
