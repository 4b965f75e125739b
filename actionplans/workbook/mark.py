"""The same workbook again, with what is wrong with it coloured and commented."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from actionplans.workbook.read import opened
from actionplans.workbook.trial import Trial

FAULT, QUESTION = "F08A66", "F2A51A"
WIDTH, HEIGHT = 320, 140


def marked(content: bytes, trial: Trial) -> bytes:
    book = opened(content, data_only=False)
    for item in trial.questions:
        _mark(book, item.ref, item.question, QUESTION)
    for item in trial.clashes:
        words = {"theirs": item.theirs}
        said = _("Somebody else entered this meanwhile: %(theirs)s.") % words
        _mark(book, item.ref, said, QUESTION)
    for fault in trial.faults:
        _mark(book, fault.ref, fault.sentence, FAULT)
    found = BytesIO()
    book.save(found)
    return found.getvalue()


def _mark(book: Any, ref: str, sentence: str, colour: str) -> None:
    """A row without a cell of its own is marked at its beginning."""
    title, _mark, place = ref.rpartition("!")
    cell = _writable(book[title], f"A{place}" if place.isdigit() else place)
    cell.fill = PatternFill("solid", fgColor=colour)
    said = f"{cell.comment.text}\n{sentence}" if cell.comment else sentence
    cell.comment = Comment(said, _("Portal"), width=WIDTH, height=HEIGHT)


def _writable(page: Any, place: str) -> Any:
    """Of merged cells only the first one can carry anything."""
    cell = page[place]
    if not isinstance(cell, MergedCell):
        return cell
    ranges = page.merged_cells.ranges
    around = next(found for found in ranges if place in found)
    return page.cell(around.min_row, around.min_col)
