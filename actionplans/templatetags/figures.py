"""A figure in words, wherever one is shown."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from actionplans.models import Reading, ReadingEntry
from actionplans.progress import FigureState, Kind
from portal.numbers import hundredths

register = template.Library()


@register.filter
def in_words(figure: Reading | ReadingEntry, kind: str) -> str:
    """A number, a part of a whole, yes or no, nil, or that there is none."""
    if figure.state == FigureState.NIL:
        return _("Nil")
    if figure.state == FigureState.NOT_AVAILABLE:
        return _("not available")
    if figure.numerator is not None and figure.denominator is not None:
        part, whole = map(hundredths, (figure.numerator, figure.denominator))
        return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    if figure.value is None:
        return "\N{EN DASH}"
    if kind == Kind.DONE:
        return _("yes") if figure.value else _("no")
    return hundredths(figure.value)
