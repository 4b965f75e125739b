"""A figure in words, and the cells and fields of a table in which one is typed.

A grid has hundreds of cells, so what all of them share is drawn here, not by templates.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actionplans.asked import FigureRow
from actionplans.forms.row import Cell
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


@register.simple_tag
def past(row: FigureRow) -> SafeString:
    """The figures before as cells; a phone shows the last one only."""
    *_earlier, last = row.before
    cells = [
        f'<td class="num muted{"" if one == last else " past"}" data-l="{one[0]}">'
        f"{_figure_or_dash(one[1], row.target.kind)}</td>"
        for one in row.before
    ]
    return SafeString("".join(cells))


def _figure_or_dash(reading: Reading | None, kind: str) -> str:
    return escape(in_words(reading, kind)) if reading else "\N{EN DASH}"


@register.simple_tag
def field(cell: Cell, look: str = "", says: str = "") -> SafeString:
    """A field of a row, in these classes; `says` is the id of what is said about it."""
    look = look or cell.look
    attributes = {
        "class": f"{look} bad" if cell.error else look,
        "id": cell.id,
        "name": cell.name,
        "aria-invalid": "true" if cell.error else "",
        "aria-describedby": says,
    }
    waits = " autofocus" if cell.waits else ""
    if cell.choices:
        return SafeString(
            f"<select{_given(attributes)}{waits}>{_options(cell)}</select>"
        )
    more = {
        "type": cell.type,
        "inputmode": cell.keypad,
        "maxlength": str(cell.length or ""),
    }
    given = _given(attributes | more)
    value = f'value="{escape(cell.value)}"'
    return SafeString(f'<input{given} {value} autocomplete="off"{waits}>')


def _given(attributes: Mapping[str, str]) -> str:
    """Those that say something, as they stand in a tag."""
    return "".join(f' {k}="{escape(text)}"' for k, text in attributes.items() if text)


def _options(cell: Cell) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == cell.value else ""}>'
        f"{escape(word)}</option>"
        for value, word in cell.choices
    )
