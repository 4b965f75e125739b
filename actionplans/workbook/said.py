"""What a row of the workbook says, checked by the same forms as on the screen.

Cells hold numbers, dates or text, as whoever filled them and whatever saved them
pleased. Each is brought to the text that somebody would have typed on the page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from actionplans.asked import ActionRow, FigureRow
from actionplans.forms.change import ChangeForm
from actionplans.forms.figure import FigureForm
from actionplans.intake.sheet import day_in
from actionplans.merging import change_stamp, figure_stamp
from actionplans.progress import FigureState, Kind
from actionplans.workbook.prefilled import plain
from actionplans.workbook.read import Cell, Row
from actionplans.workbook.words import NOTHING, choices, code
from portal.numbers import whole_of

# Spreadsheets count days: these lie in our century.
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, and what to do, in a sentence."""

    ref: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.ref}: {self.sentence}"


@dataclass(slots=True)
class Said:
    """The values of a row, to be kept or taken back (None), or its faults."""

    values: dict[str, Any] | None = None
    stamp: str = ""
    faults: list[Fault] = field(default_factory=list)


def figure_said(row: Row, asked: FigureRow) -> Said:
    kind = asked.target.kind
    if faults := [Fault(cell.ref, cell.fault) for cell in _cells(row) if cell.fault]:
        return Said(faults=faults)
    found = _figure_data(row, kind)
    if isinstance(found, Fault):
        return Said(faults=[found])
    form = FigureForm(found, kind=kind)
    if not form.is_valid():
        return Said(faults=_faults(form, row, _FIGURE_CELLS))
    values = form.values()
    if fault := _unfinished(row, values):
        return Said(faults=[fault])
    return Said(values, figure_stamp(values))


def change_said(row: Row, asked: ActionRow) -> Said:
    """A row that is wholly empty says that nothing changed."""
    if faults := [Fault(cell.ref, cell.fault) for cell in _cells(row) if cell.fault]:
        return Said(faults=faults)
    if row.is_blank:
        return Said()
    found = _change_data(row)
    if isinstance(found, Fault):
        return Said(faults=[found])
    form = ChangeForm(found)
    if not form.is_valid():
        return Said(faults=_faults(form, row, {}))
    values = form.values(asked.now)
    if row["reason"].text and not (values and values["due_on"]):
        why = _("A reason belongs to a new due date. Write the date, or empty this.")
        return Said(faults=[Fault(row["reason"].ref, why)])
    return Said(values, change_stamp(values))


def text_said(cell: Cell) -> Said:
    if cell.fault:
        return Said(faults=[Fault(cell.ref, cell.fault)])
    text = plain(_text(cell))
    return Said({}, text)


_FIGURE_CELLS = {
    "value": "figure",
    "numerator": "figure",
    "answer": "figure",
    "denominator": "whole",
    "nil": "instead",
    "not_available": "instead",
}


def _cells(row: Row) -> list[Cell]:
    return [row[key] for key in row.tab.entries]


def _faults(form: forms.Form, row: Row, cells: dict[str, str]) -> list[Fault]:
    """Each in the form's words, or in plainer ones where they are Django's own."""
    plainer = {"percent": _("Write a whole number from 0 to 100.")}
    return [
        Fault(row[cells.get(name, name)].ref, plainer.get(name, str(sentence)))
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _figure_data(row: Row, kind: str) -> dict[str, str] | Fault:
    figure, instead = _number(row["figure"]), _text(row["instead"])
    if code("instead", figure) and not instead:
        figure, instead = "", figure
    state, reason = code("instead", instead), code("reason", _text(row["reason"]))
    if instead and not state:
        return _not_listed(row["instead"], "instead")
    if row["reason"].text and reason is None:
        return _not_listed(row["reason"], "reason")
    if fault := _out_of_place(row, kind, state) or _both(row, figure, instead):
        return fault
    data = {
        "nil": "on" if state == FigureState.NIL else "",
        "not_available": "on" if state == FigureState.NOT_AVAILABLE else "",
        "reason": reason or "",
        "source": _text(row["source"]),
        "note": _text(row["note"]),
    }
    if kind == Kind.DONE:
        answer = code("figure", figure)
        return {**data, "answer": figure if answer is None else answer}
    names = ("numerator", "denominator") if kind == Kind.RATE else ("value",)
    return {**data, **dict(zip(names, (figure, _number(row["whole"])), strict=False))}


def _out_of_place(row: Row, kind: str, state: str | None) -> Fault | None:
    """What a form leaves out without a word, because its page cannot send it."""
    if kind != Kind.RATE and row["whole"].text:
        return Fault(
            row["whole"].ref, _("Only a share has a whole. Leave this cell empty.")
        )
    if kind == Kind.DONE and state == FigureState.NIL:
        return Fault(row["instead"].ref, _("It is done or not: write Yes or No."))
    if row["reason"].text and state != FigureState.NOT_AVAILABLE:
        return Fault(
            row["reason"].ref,
            _("A reason belongs to “Not available”. Choose that, or empty this cell."),
        )
    return None


def _both(row: Row, figure: str, instead: str) -> Fault | None:
    if not (instead and (figure or row["whole"].text)):
        return None
    said = _("There is a figure too. Empty this cell, or the figure.")
    return Fault(row["instead"].ref, said)


def _unfinished(row: Row, values: dict[str, Any]) -> Fault | None:
    if values["state"] or values["numerator"] is values["denominator"] is None:
        return None
    key = "figure" if values["numerator"] is None else "whole"
    return Fault(row[key].ref, _("A share needs its part and its whole."))


def _change_data(row: Row) -> dict[str, str] | Fault:
    status = _text(row["status"])
    chosen = code("status", status)
    if status and chosen is None:
        return _not_listed(row["status"], "status")
    day = _day(row["due_on"])
    if day is None and row["due_on"].text:
        words = {"text": row["due_on"].text}
        return Fault(
            row["due_on"].ref,
            _("“%(text)s” is no day. Write it like 21-11-2026.") % words,
        )
    return {
        "status": chosen or "",
        "percent": _per_cent(row["percent"]),
        "released": _number(row["released"]),
        "spent": _number(row["spent"]),
        "due_on": day.isoformat() if day else "",
        "reason": _text(row["reason"]),
    }


def _not_listed(cell: Cell, name: str) -> Fault:
    words = {"text": cell.text, "choices": "; ".join(choices(name))}
    said = _("“%(text)s” is not in the list. Choose one of: %(choices)s.") % words
    return Fault(cell.ref, said)


def _text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(value)
    text = cell.text.replace("\N{NO-BREAK SPACE}", " ").strip()
    return "" if text in NOTHING else text


def _number(cell: Cell) -> str:
    """A number as somebody would type it; what is none is refused as it reads."""
    if isinstance(cell.value, dt.date | dt.time):
        return cell.text
    if cell.is_percent:
        return f"{_digits(cell.value * 100)} %"
    return _text(cell).removeprefix("'")


def _per_cent(cell: Cell) -> str:
    """Typed as 45 %, a cell holds 0.45 and shows it as per cent."""
    return _number(cell).removesuffix("%").strip()


def _digits(value: float) -> str:
    """Without the noise of binary fractions, and never with an exponent."""
    text = format(Decimal(f"{value:.15g}"), "f") if isinstance(value, float) else value
    return str(text)


def _day(cell: Cell) -> dt.date | None:
    """A date, a day in words, or the number by which spreadsheets count days."""
    if isinstance(cell.value, dt.date):
        return day_in(cell.value)
    text = _text(cell)
    number = whole_of(text)
    if number is not None and FIRST_SERIAL <= number <= LAST_SERIAL:
        return day_in(from_excel(number))
    return day_in(text)
