"""The workbook as it is handed out, for the reports of some districts in a quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from actionplans.progress import Kind
from actionplans.sheet import Sheet
from actionplans.workbook import dress
from actionplans.workbook.layout import (
    ACTIONS,
    FIGURES,
    FIRST_ROW,
    HEAD_ROW,
    KEY_ROW,
    WORDS,
    Column,
    Tab,
    head,
)
from actionplans.workbook.prefilled import (
    Value,
    action_cells,
    figure_cells,
    word_cells,
)
from actionplans.workbook.words import LISTS, choices
from portal.cells import CALCULATES
from portal.numbers import grouped
from portal.periods import Quarter, written

# What a spreadsheet cell holds at most.
LONGEST = 32_767
WIDTH_OF_PROSE = 110
Rows = Iterator[tuple[Mapping[str, Value], set[str]]]


def build(sheets: list[Sheet], quarter: Quarter) -> bytes:
    """Everything in the page's language; read again, it is known in any."""
    book = Workbook()
    dress.add_styles(book)
    _read_me(book, sheets, quarter)
    figures = _page(book, FIGURES, quarter, _figures(sheets))
    _choices(figures, FIGURES, "instead", "reason")
    _yes_or_no(figures, sheets)
    actions = _page(book, ACTIONS, quarter, _actions(sheets))
    _choices(actions, ACTIONS, "status")
    _whole_per_cent(actions)
    _page(book, WORDS, quarter, ((word_cells(sheet), set()) for sheet in sheets))
    _lists(book)
    found = BytesIO()
    book.save(found)
    return found.getvalue()


def put(cell: Any, value: Value) -> None:
    """Text stays text, whatever a spreadsheet would make of how it begins."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(CALCULATES)


def _figures(sheets: list[Sheet]) -> Rows:
    for sheet in sheets:
        for row in sheet.figures:
            shut = set() if row.target.kind == Kind.RATE else {"whole"}
            yield figure_cells(sheet, row), shut


def _actions(sheets: list[Sheet]) -> Rows:
    for sheet in sheets:
        for row in sheet.actions:
            yield action_cells(sheet, row), set()


def _page(book: Workbook, tab: Tab, quarter: Quarter, rows: Rows) -> Any:
    page = book.create_sheet(str(tab.title))
    for at, column in enumerate(tab.columns, start=1):
        put(page.cell(KEY_ROW, at), tab.key_of(column.key))
        cell = page.cell(HEAD_ROW, at)
        put(cell, head(column, quarter))
        cell.style = dress.HEAD
    number = HEAD_ROW
    for number, (values, shut) in enumerate(rows, start=FIRST_ROW):
        for at, column in enumerate(tab.columns, start=1):
            _fill(page.cell(number, at), column, values.get(column.key), shut)
    dress.dress(page, tab, number)
    if settings.DEMO:
        page.oddHeader.center.text = _("Demonstration")
    return page


def _fill(cell: Any, column: Column, value: Value, shut: set[str]) -> None:
    cell.style = dress.SHUT if column.key in shut else dress.style_of(column)
    put(cell, value)
    if isinstance(value, dt.date):
        cell.number_format = dress.DAY
    elif not column.is_entry and isinstance(value, int | float):
        is_whole = isinstance(value, int)
        cell.number_format = dress.WHOLE if is_whole else dress.DECIMALS


def _read_me(book: Workbook, sheets: list[Sheet], quarter: Quarter) -> None:
    page = book.active
    assert page is not None
    page.title = str(_("Read me"))
    page.column_dimensions["A"].width = WIDTH_OF_PROSE
    lines = list(_advice(sheets, quarter))
    bold = 2 if settings.DEMO else 1
    for number, text in enumerate(lines, start=1):
        cell = page.cell(number, 1)
        put(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number <= bold)
    dress.lock(page)
    dress.prints(page)


def _advice(sheets: list[Sheet], quarter: Quarter) -> Iterator[str]:
    if settings.DEMO:
        yield "demonstration"
        yield _("A demonstration: the people, plans and figures are made up.")
    words = {
        "quarter": quarter,
        "months": quarter.months,
        "day": written(quarter.due_on),
        "number": grouped(len(sheets)),
    }
    yield _("Progress of %(quarter)s: %(months)s") % words
    yield _("Reports are due on %(day)s. Districts in this workbook: %(number)s.") % (
        words
    )
    yield _(
        "Fill in the light cells. All others are locked, and hidden columns tell"
        " the portal which row is which: do not change or copy them."
    )
    yield _(
        "Figures: write the number of the quarter, like 12,34,567 or 1234.5. Of a"
        " share write the part, and the whole beside it. Choose “Nil” where nothing"
        " happened, and “Not available” with a reason where nobody knows yet."
    )
    yield _(
        "Interventions: they are filled with where they stood. Change what moved;"
        " a row that you leave as it is means “no change”. Money is in rupees, all"
        " that was released or spent so far; “85 lakh” is understood."
    )
    yield _("In words: what was done, what comes next, what help is needed.")
    yield _(
        "Leave out what you do not know. You may delete rows, sort whole rows, and"
        " add columns of your own: the portal leaves them alone."
    )
    yield _(
        "Save it as XLSX and hand it in at the portal. You see every change first;"
        " nothing is kept before you confirm, and nothing is filed by it."
    )


def _choices(page: Any, tab: Tab, *names: str) -> None:
    """Drop-downs over all rows of the sheet."""
    keys = [column.key for column in tab.columns]
    for name in names:
        letter = get_column_letter(keys.index(name) + 1)
        rule = _offers(name)
        page.add_data_validation(rule)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{max(page.max_row, FIRST_ROW)}")


def _yes_or_no(page: Any, sheets: list[Sheet]) -> None:
    kinds = [row.target.kind for sheet in sheets for row in sheet.figures]
    keys = [column.key for column in FIGURES.columns]
    letter = get_column_letter(keys.index("figure") + 1)
    done = [at for at, kind in enumerate(kinds, start=FIRST_ROW) if kind == Kind.DONE]
    if done:
        rule = _offers("figure")
        page.add_data_validation(rule)
        for number in done:
            rule.add(f"{letter}{number}")


def _offers(name: str) -> DataValidation:
    rule = DataValidation("list", formula1=_name_of(name), allow_blank=True)
    rule.error = _("Choose one of the words in the list.")
    rule.showErrorMessage = True
    return rule


def _whole_per_cent(page: Any) -> None:
    """Only warns, because digits of other scripts are right too."""
    rule = DataValidation("whole", formula1="0", formula2="100")
    rule.error = _("A whole number from 0 to 100 is asked for. Keep it?")
    rule.errorStyle, rule.showErrorMessage, rule.allow_blank = "warning", True, True
    keys = [column.key for column in ACTIONS.columns]
    letter = get_column_letter(keys.index("percent") + 1)
    page.add_data_validation(rule)
    rule.add(f"{letter}{FIRST_ROW}:{letter}{max(page.max_row, FIRST_ROW)}")


def _lists(book: Workbook) -> None:
    """The words of the drop-downs under names, which every spreadsheet keeps."""
    page = book.create_sheet("Lists")
    page.sheet_state = "hidden"
    for at, name in enumerate(LISTS, start=1):
        offered = choices(name)
        for number, word in enumerate(offered, start=1):
            put(page.cell(number, at), word)
        letter = get_column_letter(at)
        where = f"{quote_sheetname(page.title)}!${letter}$1:${letter}${len(offered)}"
        book.defined_names[_name_of(name)] = DefinedName(
            _name_of(name), attr_text=where
        )


def _name_of(name: str) -> str:
    return f"choices_of_{name}"
