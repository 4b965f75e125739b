"""What a file is that somebody sends as evidence: judged by its content alone."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from actionplans import pdfs
from portal import pictures, xlsx
from portal.sheets import XLSX, Unreadable, decoded
from portal.uploads import MEGABYTE, Unfit, Upload

LARGEST = 10 * MEGABYTE
CSV = "text/csv"
# A table is read so far to see that it is one.
ROWS_TRIED, FEWEST_COLUMNS = 20, 2
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Web pages and drawings, other markup, programs: text, but no tables.
MARKED = re.compile(r"\s*(<|\{\\rtf|%!|#!)")


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that may stand behind a figure, as it is kept."""

    content: bytes
    content_type: str
    is_scanned: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def examined(upload: Upload) -> Proof:
    """The file as it is to be kept; `Unfit` if it is of no kind that is taken."""
    content, content_type = _looked_at(upload.content)
    return Proof(content, content_type, upload.is_scanned)


def _looked_at(content: bytes) -> tuple[bytes, str]:
    if content.startswith(pdfs.STARTS_WITH):
        pdfs.examine(content, LARGEST)
        return content, pdfs.PDF
    if kind := pictures.kind_of(content):
        return pictures.drawn_anew(content, kind), pictures.CONTENT_TYPES[kind]
    if content.startswith((xlsx.STARTS_WITH, xlsx.OLD_STARTS_WITH)):
        xlsx.look_through(content)
        return content, XLSX
    _check_table(content)
    return content, CSV


def _check_table(content: bytes) -> None:
    try:
        text = decoded(content)
    except Unreadable as unreadable:
        raise Unfit(_of_no_kind()) from unreadable
    text = text.removeprefix("\ufeff")
    if CONTROLS.search(text) or MARKED.match(text):
        raise Unfit(_of_no_kind())
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        widest = max((len(row) for row in islice(rows, ROWS_TRIED)), default=0)
    except csv.Error as error:
        raise Unfit(_of_no_kind()) from error
    if widest < FEWEST_COLUMNS:
        raise Unfit(_of_no_kind())


def _of_no_kind() -> str:
    return _(
        "This is no PDF, no picture (JPEG, PNG, WebP) and no table (XLSX, CSV),"
        " whatever its name says. Print it as PDF, or take a picture of it."
    )
