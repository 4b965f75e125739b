"""The sheet of an intake: one row for each district, its columns in either language."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actionplans.intake import bundle
from actionplans.pdfs import Pdf
from districts.models import District
from portal import sheets
from portal.periods import financial_year_label
from portal.sheets import Cell, Unreadable
from portal.spelling import fold, squeeze

# The columns, each under its name in English and Hindi and what else it is called.
HEADERS = {
    "district": ["District", "जिला", "District name", "जिले का नाम"],
    "adopted_on": ["Adopted on", "अंगीकृत दिनांक", "Date of adoption", "अंगीकरण की तिथि"],
    "order_number": ["Order number", "आदेश संख्या", "Order no", "आदेश क्रमांक"],
    "first_year": ["First year", "प्रथम वर्ष", "First financial year", "पहला वर्ष"],
    "last_year": ["Last year", "अंतिम वर्ष", "Last financial year", "आखिरी वर्ष"],
    "file": ["File name", "फ़ाइल का नाम", "File", "फाइल"],
}
MAY_BE_ABSENT = {"order_number"}
DAY = DateField(
    input_formats=[
        "%Y-%m-%d",
        "%d-%m-%Y",
        "%d.%m.%Y",
        "%d/%m/%Y",
        "%d %b %Y",
        "%d %B %Y",
    ]
)
YEAR = re.compile(r"^\s*(20\d\d)(?:\.0)?(?:\s*[-/\u2013]\s*(?:20)?\d\d)?\s*$")


@dataclass(slots=True)
class Line:
    """A row of the sheet: what it says, and what speaks against it."""

    number: int
    cells: dict[str, Cell]
    district: District | None = None
    adopted_on: dt.date | None = None
    years: tuple[int, int] | None = None
    pdf: Pdf | None = None
    faults: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        value = self.cells.get(column)
        return "" if value is None else str(value).strip()

    @property
    def name(self) -> str:
        return self.text("district")

    @property
    def order_number(self) -> str:
        return self.text("order_number")

    @property
    def file(self) -> str:
        return self.text("file")

    @property
    def period(self) -> str:
        first, last = map(financial_year_label, self.years or (0, 0))
        words = {"first": first, "last": last}
        return first if first == last else _("%(first)s to %(last)s") % words


def empty_sheet(districts: list[str]) -> bytes:
    """The columns in the page's language, with a row for each of these districts."""
    at = 1 if get_language() == "hi" else 0
    headers = [names[at] for names in HEADERS.values()]
    return sheets.write(headers, [[name] for name in districts])


def lines_of(content: bytes) -> list[Line]:
    """The rows of the sheet under its header; `Unreadable` if there are none."""
    rows = sheets.read(content)
    found = ((at, _columns(row)) for at, row in enumerate(rows))
    start, columns = next((pair for pair in found if pair[1]), (0, {}))
    if lacking := [
        names[0] for c, names in HEADERS.items() if c not in {*columns, *MAY_BE_ABSENT}
    ]:
        raise Unreadable(
            _(
                "The sheet has no column “%(column)s”. Take the empty sheet that is"
                " offered."
            )
            % {"column": lacking[0]}
        )
    lines = [
        Line(at, {c: row[n] if n < len(row) else None for c, n in columns.items()})
        for at, row in enumerate(rows[start + 1 :], start=start + 2)
    ]
    lines = [line for line in lines if any(map(line.text, _asked()))]
    if not lines:
        raise Unreadable(_("The sheet has no row that names a file."))
    return lines


def wanted(lines: list[Line]) -> set[str]:
    return {bundle.key(line.file) for line in lines if line.file}


def _asked() -> list[str]:
    """A row that only names its district, as the empty sheet does, is left out."""
    return [column for column in HEADERS if column != "district"]


def _columns(row: list[Cell]) -> dict[str, int]:
    """Which cell is which, if this row is the header: it names the district."""
    heads = {squeeze(fold(str(cell))): at for at, cell in enumerate(row) if cell}
    found = {
        column: heads[key]
        for column, names in HEADERS.items()
        for key in (squeeze(fold(name)) for name in names)
        if key in heads
    }
    return found if "district" in found else {}


def day_in(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    try:
        return DAY.to_python(str(cell))
    except ValidationError:
        return None


def year_in(text: str) -> int | None:
    found = YEAR.match(text)
    return int(found[1]) if found else None
