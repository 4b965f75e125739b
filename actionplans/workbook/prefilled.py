"""What stands in the cells of the workbook when it is handed out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actionplans.asked import ActionRow, FigureRow
from actionplans.forms.figure import NO, YES
from actionplans.merging import change_in_words, change_stamp, figure_stamp
from actionplans.models import Reading
from actionplans.progress import FigureState, Kind
from actionplans.sheet import Sheet
from actionplans.workbook.layout import (
    EARLIER,
    LINE,
    PLACE,
    QUARTER,
    TEXTS,
    WAS,
    WAS_TEXT,
)
from actionplans.workbook.words import label
from portal import numbers
from portal.naming import local_name

Value = str | int | float | dt.date | None
# Beyond so many digits a spreadsheet rounds.
_EXACT = 10**15


def figure_cells(sheet: Sheet, row: FigureRow) -> dict[str, Value]:
    target = row.target
    is_hindi = get_language() == "hi"
    product = target.plan_product.product if target.plan_product else None
    return {
        **_where(sheet),
        "product": local_name(product) if product else _("whole district"),
        "indicator": local_name(target.indicator),
        "unit": (is_hindi and target.indicator.unit_hi) or target.indicator.unit,
        "goal": _("done") if target.kind == Kind.DONE else number(target.goal),
        "due": target.due_on,
        **{
            key: _earlier(target.kind, reading)
            for key, (_quarter, reading) in zip(EARLIER, row.before, strict=True)
        },
        **_entered(row),
        LINE: str(target.line_id),
        WAS: figure_stamp(row.entry),
    }


def action_cells(sheet: Sheet, row: ActionRow) -> dict[str, Value]:
    """Filled with where it stood: what is left so did not change."""
    action, said = row.intervention, row.entry or row.now
    return {
        **_where(sheet),
        "action": action.action,
        "lead": str(action.lead or ""),
        "budget": action.budget,
        "stood": course_in_words(row),
        "due": row.now.due_on,
        "status": label("status", said.status),
        "percent": said.percent,
        "released": said.released,
        "spent": said.spent,
        "due_on": row.entry.due_on if row.entry else None,
        "reason": row.entry.reason if row.entry else "",
        LINE: str(action.line_id),
        WAS: change_stamp(row.entry),
    }


def word_cells(sheet: Sheet) -> dict[str, Value]:
    found = _where(sheet)
    for name in TEXTS:
        text = plain(getattr(sheet.report, name))
        found |= {name: text, WAS_TEXT + name: text}
    return found


def course_in_words(row: ActionRow) -> str:
    """Where an intervention stood before this quarter."""
    now = row.now
    said = {
        "status": now.status,
        "percent": now.percent,
        "released": now.released,
        "spent": now.spent,
    }
    return change_in_words(change_stamp({**said, "due_on": None, "reason": ""}))


def plain(text: str) -> str:
    """Without the spaces around it, its lines ended as a spreadsheet ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def number(value: int | None) -> Value:
    """A measured value in its unit; as text where a spreadsheet would round it."""
    if value is None:
        return None
    if abs(value) >= _EXACT:
        return numbers.hundredths(value)
    return value / 100 if value % 100 else value // 100


def _where(sheet: Sheet) -> dict[str, Value]:
    district = sheet.district
    return {
        "state": local_name(district.state),
        "district": local_name(district),
        QUARTER: sheet.quarter.code,
        PLACE: district.pk,
    }


def _entered(row: FigureRow) -> dict[str, Value]:
    """The figure so far; of an empty row, the source that is likely again."""
    entry = row.entry
    if entry is None or not figure_stamp(entry):
        return {"source": row.source}
    is_share = row.target.kind == Kind.RATE
    figure = number(entry.numerator if is_share else entry.value)
    if row.target.kind == Kind.DONE and entry.value is not None:
        figure = label("figure", YES if entry.value else NO)
    return {
        "figure": figure,
        "whole": number(entry.denominator),
        "instead": label("instead", entry.state),
        "reason": label("reason", entry.reason),
        "source": entry.source,
        "note": entry.note,
    }


def _earlier(kind: str, reading: Reading | None) -> Any:
    if reading is None:
        return None
    if reading.state != FigureState.VALUE:
        return label("instead", reading.state)
    if kind == Kind.RATE:
        part, whole = reading.numerator or 0, reading.denominator or 0
        words = {"part": numbers.hundredths(part), "whole": numbers.hundredths(whole)}
        return _("%(part)s of %(whole)s") % words
    if kind == Kind.DONE:
        return label("figure", YES if reading.value else NO)
    return number(reading.value)
