"""A filled workbook as it comes back: its rows, whatever program saved it.

Only what a cell shows counts: of a formula the value that was saved with it. What
cannot be told is a fault of its cell, in a sentence.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from actionplans.workbook.layout import LINE, PLACE, QUARTER, TABS, Tab
from portal.numbers import grouped
from portal.uploads import MEGABYTE, Unfit
from portal.xlsx import check_sound

LARGEST_WORKBOOK = 10 * MEGABYTE
MOST_CELLS = 400_000
# The row of the keys may have slipped down, not further than this.
KEYS_WITHIN = 12
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, and where it stands, as in “Figures!K14”."""

    ref: str
    value: Any = None
    is_percent: bool = False
    fault: str = ""

    @property
    def text(self) -> str:
        return "" if self.value is None else str(self.value).strip()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.fault


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one sheet, its cells by the keys of their columns."""

    tab: Tab
    ref: str
    cells: dict[str, Cell]

    def __getitem__(self, key: str) -> Cell:
        return self.cells.get(key) or Cell(self.ref)

    @property
    def is_ours(self) -> bool:
        """Whether it carries anything that tells which row it is."""
        return any(self[key].text for key in (LINE, PLACE, QUARTER))

    @property
    def is_blank(self) -> bool:
        return all(self[key].is_empty for key in self.tab.entries)


class _Page:
    """One sheet, and its formulas if there are any.

    Looked at through the cells it really has: to ask the library for others makes
    them, and a single cell at the very end of a sheet would make a million rows.
    """

    def __init__(self, shown: Any, formulas: Any) -> None:
        self.title: str = shown.title
        self.cells: dict[tuple[int, int], Any] = shown._cells
        self.formulas: dict[tuple[int, int], Any] = formulas._cells if formulas else {}
        self.columns: dict[str, int] = {}
        self.tab, self.start = self._recognised()

    @property
    def rows(self) -> list[int]:
        return sorted({row for row, _column in self.cells if row >= self.start})

    def _recognised(self) -> tuple[Tab | None, int]:
        """Which of our sheets it is, by its row of keys, and where its rows begin."""
        keys = [at for at in sorted(self.cells) if at[0] <= KEYS_WITHIN]
        for row, column in keys:
            tab, key = _key(self.cells[row, column].value)
            if tab in TABS and key:
                self.columns = self._columns(tab, row)
                # The headings stand below the keys.
                return TABS[tab], row + 2
        return None, 0

    def _columns(self, tab: str, row: int) -> dict[str, int]:
        """Of a column that was copied the first one counts."""
        found: dict[str, int] = {}
        for at in sorted(at for at in self.cells if at[0] == row):
            name, key = _key(self.cells[at].value)
            if name == tab:
                found.setdefault(key, at[1])
        return found


def check(content: bytes) -> list[Row]:
    """The rows of a file that nobody has looked at; `Unfit` if it is none of ours."""
    check_sound(content)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        count = sum(len(_CELL.findall(part)) for part in _sheets(packed))
    if count > MOST_CELLS:
        raise Unfit(
            _("This workbook has %(number)s cells, far more than was handed out.")
            % {"number": grouped(count)}
        )
    return read(content)


def read(content: bytes) -> list[Row]:
    """The rows of all our sheets that carry anything; other sheets are left alone."""
    rows = [row for page in _pages(content) for row in _rows(page)]
    if not rows:
        raise Unfit(_("This workbook has no row left of those that were handed out."))
    return rows


def opened(content: bytes, *, data_only: bool) -> Any:
    """The library warns of what it cannot keep, such as pictures: no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(
                BytesIO(content), data_only=data_only, keep_links=False
            )
        except Exception as error:  # whatever a broken part makes the library raise
            raise Unfit(
                _("This workbook cannot be opened. Save it as XLSX, and send that.")
            ) from error


def _key(value: Any) -> tuple[str, str]:
    """The sheet and the column that a cell in the row of keys names."""
    tab, _colon, key = str(value).strip().partition(":")
    return tab, key


def _pages(content: bytes) -> list[_Page]:
    """Our sheets, in the order in which they were handed out."""
    shown = opened(content, data_only=True)
    formulas = None
    with zipfile.ZipFile(BytesIO(content)) as packed:
        if any(_FORMULA.search(part) for part in _sheets(packed)):
            formulas = opened(content, data_only=False)
    found: dict[str, _Page] = {}
    for sheet in shown.worksheets:
        page = _Page(sheet, formulas[sheet.title] if formulas else None)
        if page.tab and page.tab.key in found:
            raise Unfit(_twice(found[page.tab.key], page))
        if page.tab:
            found[page.tab.key] = page
    if not found:
        raise Unfit(
            _(
                "This is no workbook that the portal handed out. Download it anew, and"
                " fill that one."
            )
        )
    return [found[key] for key in TABS if key in found]


def _twice(page: _Page, other: _Page) -> str:
    return _(
        "“%(one)s” and “%(other)s” are the same sheet twice. Delete the one that does"
        " not count."
    ) % {"one": page.title, "other": other.title}


def _sheets(packed: zipfile.ZipFile) -> Iterator[bytes]:
    for name in packed.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield packed.read(name)


def _rows(page: _Page) -> Iterator[Row]:
    assert page.tab
    for number in page.rows:
        cells = {key: _cell(page, (number, at)) for key, at in page.columns.items()}
        for key in page.tab.entries:
            if key in page.columns:
                cells[key] = _entry(page, (number, page.columns[key]), cells[key])
        row = Row(page.tab, f"{page.title}!{number}", cells)
        if row.is_ours or not row.is_blank:
            yield row


def _cell(page: _Page, at: tuple[int, int]) -> Cell:
    cell = page.cells.get(at)
    ref = f"{page.title}!{get_column_letter(at[1])}{at[0]}"
    return Cell(ref, None if cell is None else cell.value)


def _entry(page: _Page, at: tuple[int, int], read: Cell) -> Cell:
    """A cell that is filled by hand, with what cannot be told of it."""
    cell = page.cells.get(at)
    formula = page.formulas.get(at)
    if isinstance(cell, MergedCell):
        fault = _("The cell is merged with another: part them, and fill each.")
        return replace(read, fault=fault)
    if cell is not None and cell.data_type == "e":
        fault = _("The cell shows the error %(error)s.") % {"error": cell.value}
        return replace(read, value=None, fault=fault)
    if read.value is None and formula is not None and formula.data_type == "f":
        fault = _(
            "The formula in this cell was saved without its value. Write the value."
        )
        return replace(read, fault=fault)
    if cell is not None and isinstance(read.value, int | float):
        return replace(read, is_percent="%" in cell.number_format)
    return read
