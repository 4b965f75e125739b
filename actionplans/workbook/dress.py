"""How the workbook looks: what may be typed into is light, all else is locked."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from actionplans.workbook.layout import (
    FIRST_ROW,
    HEAD_ROW,
    KEY_ROW,
    Column,
    Tab,
)

# Indian groups of digits: 12,34,567.
WHOLE = r"[>=10000000]##\,##\,##\,##0;[>=100000]##\,##\,##0;#,##0"
DECIMALS = r"[>=10000000]##\,##\,##\,##0.00;[>=100000]##\,##\,##0.00;#,##0.00"
DAY, TEXT, GENERAL = "d mmm yyyy", "@", "General"
LOCKED, ENTRY, SHUT, HEAD = (
    "portal locked",
    "portal entry",
    "portal shut",
    "portal head",
)
MONEY, MOMENT, PROSE = "portal money", "portal day", "portal text"
_INDIGO, _PAPER, _WASH, _SUNK, _LINE = "28328A", "FFFFFF", "FDF1D8", "E7E4DA", "85818D"
_BY_COLUMN = {
    "released": MONEY,
    "spent": MONEY,
    "due_on": MOMENT,
    **dict.fromkeys(
        ["source", "note", "reason", "done", "next_steps", "help_needed"], PROSE
    ),
}
_A4 = 9


def add_styles(book: Workbook) -> None:
    for name, number_format in [
        (ENTRY, GENERAL),
        (MONEY, WHOLE),
        (MOMENT, DAY),
        (PROSE, TEXT),
    ]:
        book.add_named_style(_style(name, _WASH, number_format, locked=False))
    book.add_named_style(_style(LOCKED))
    book.add_named_style(_style(SHUT, _SUNK))
    head = _style(HEAD, _INDIGO)
    head.font = Font(bold=True, color=_PAPER)
    book.add_named_style(head)


def style_of(column: Column) -> str:
    return _BY_COLUMN.get(column.key, ENTRY) if column.is_entry else LOCKED


def dress(page: Any, tab: Tab, last_row: int) -> None:
    """Widths, what stays in sight, what is locked, and how it prints."""
    page.row_dimensions[KEY_ROW].hidden = True
    for at, column in enumerate(tab.columns, start=1):
        dimension = page.column_dimensions[get_column_letter(at)]
        dimension.width, dimension.hidden = column.width, column.is_hidden
    frozen = 1 + len([c for c in tab.columns if c.key in ("state", "district")])
    page.freeze_panes = f"{get_column_letter(frozen)}{FIRST_ROW}"
    last = get_column_letter(len(tab.columns))
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}{max(last_row, FIRST_ROW)}"
    lock(page)
    prints(page)
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


def lock(page: Any) -> None:
    """Without a password: it keeps from slips, and whoever must can lift it."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.autoFilter = False


def prints(page: Any) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.oddFooter.center.text = "&A: &P / &N"


def _style(
    name: str, ground: str = "", number_format: str = GENERAL, *, locked: bool = True
) -> NamedStyle:
    style = NamedStyle(name)
    if ground:
        style.fill = PatternFill("solid", fgColor=ground)
    edge = Side("thin", _LINE)
    style.border = Border(bottom=edge, left=edge, right=edge)
    style.alignment = Alignment(vertical="top", wrap_text=True)
    style.protection = Protection(locked=locked)
    style.number_format = number_format
    return style
