"""Sheets that offices hand in: XLSX and CSV, read as rows of cells, and written.

A sheet is judged by its content. What would grow beyond measure when it is unpacked,
or has more rows than anybody types, is refused in a sentence.
"""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from itertools import islice
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_STARTS_WITH = b"PK"
OLD_EXCEL_STARTS_WITH = b"\xd0\xcf\x11\xe0"
LARGEST_SHEET = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 2000
MOST_COLUMNS = 60
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
WIDTH = 24

Cell = str | int | float | bool | dt.date | dt.datetime | None


class Unreadable(ValueError):
    """Why the sheet is not taken, in a sentence."""


def read(content: bytes) -> list[list[Cell]]:
    """The rows of the first sheet, empty ones too, so that their numbers hold."""
    if len(content) > LARGEST_SHEET:
        raise Unreadable(_("This sheet is larger than 5 MB."))
    if content.startswith(OLD_EXCEL_STARTS_WITH):
        raise Unreadable(_("This is an old Excel file. Save it as XLSX or CSV first."))
    is_xlsx = content.startswith(ZIP_STARTS_WITH)
    rows = _xlsx(content) if is_xlsx else _csv(content)
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("This sheet has more than 2,000 rows."))
    return rows


def write(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A sheet as XLSX, its first row bold and staying in sight."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headers))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDTH
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(list(row))
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        # A text that begins like a formula stays text.
        if cell.data_type == "f":
            cell.data_type, cell.quotePrefix = "s", True
    found = BytesIO()
    book.save(found)
    return found.getvalue()


def _xlsx(content: bytes) -> list[list[Cell]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            whole = sum(entry.file_size for entry in packed.infolist())
        if whole > LARGEST_UNPACKED:
            raise Unreadable(_("This sheet would grow out of all measure."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        return [_trimmed(row) for row in islice(rows, MOST_ROWS + 1)]
    except Unreadable:
        raise
    except (zipfile.BadZipFile, InvalidFileException, ParseError) as error:
        raise Unreadable(_unreadable()) from error
    except (LookupError, TypeError, ValueError, OSError) as error:
        raise Unreadable(_unreadable()) from error


def _trimmed(row: Sequence[Cell]) -> list[Cell]:
    """Without the empty cells at its end."""
    length = max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)
    return list(row[:length])


def _csv(content: bytes) -> list[list[Cell]]:
    text = decoded(content)
    if "\0" in text:
        raise Unreadable(_unreadable())
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        return [list(row[:MOST_COLUMNS]) for row in islice(rows, MOST_ROWS + 1)]
    except csv.Error as error:
        raise Unreadable(_unreadable()) from error


def decoded(content: bytes) -> str:
    """UTF-16 only with its mark at the start: it would read anything."""
    for encoding in ENCODINGS:
        has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        if encoding == "utf-16" and not has_mark:
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_unreadable())


def _unreadable() -> str:
    return _("This is no sheet that can be read. Save it as XLSX or CSV.")
