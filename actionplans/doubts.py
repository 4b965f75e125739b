"""Figures that can be right but look odd: each asks a question, none is refused.

Pure: it compares the figure of a quarter with the last one given before it.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from actionplans.progress import Figure, Kind
from portal.numbers import grouped, hundredths
from portal.periods import Quarter

TENFOLD = 10


def doubt(kind: str, figure: Figure, last: Figure | None) -> str:
    """What is odd about the figure, in a sentence; nothing if it looks usual."""
    now = figure_value(kind, figure)
    before = figure_value(kind, last) if last else None
    if now is None:
        return ""
    if kind == Kind.RATE and now > 1:
        return _("The part is larger than the whole.")
    if now < 0:
        return _("It is below zero.")
    if last is None or not before:
        return ""
    return _against(kind, now, before) % {
        "last": _in_words(kind, last),
        "quarter": last.quarter,
        "times": grouped(int(abs(now / before))),
    }


def _against(kind: str, now: Fraction, before: Fraction) -> str:
    """The doubt that a figure raises beside an earlier one that was not nothing."""
    if kind == Kind.DONE:
        return "" if now else _("In %(quarter)s it was done already.")
    if kind == Kind.STOCK and not now:
        return _("It falls to nothing from %(last)s in %(quarter)s.")
    if now and TENFOLD * now <= abs(before):
        return _("It is a tenth of the %(last)s of %(quarter)s, or less.")
    if now < TENFOLD * abs(before):
        return ""
    return _("It is %(times)s times the %(last)s of %(quarter)s.")


def last_given(kind: str, figures: dict[Quarter, Figure]) -> Figure | None:
    """The newest of the figures that says something."""
    given = [quarter for quarter in figures if figures[quarter].is_given(kind)]
    return figures[max(given)] if given else None


def figure_value(kind: str, figure: Figure) -> Fraction | None:
    """The figure as one number; a rate is the part of its whole."""
    if kind != Kind.RATE:
        return None if figure.amount is None else Fraction(figure.amount)
    if figure.ratio is None:
        return None
    part, whole = figure.ratio
    return Fraction(part, whole) if whole else Fraction(0)


def _in_words(kind: str, figure: Figure) -> str:
    if kind == Kind.RATE and figure.ratio and figure.ratio[1]:
        part, whole = map(hundredths, figure.ratio)
        return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    return hundredths(figure.amount or 0)
