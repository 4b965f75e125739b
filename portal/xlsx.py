"""Workbooks that people send: nothing in them may run, reach out or swell."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import ParseError, fromstring

from django.utils.translation import gettext as _

from portal.uploads import MEGABYTE, Unfit

STARTS_WITH = b"PK\x03\x04"
# Excel up to 2003, and every workbook that is locked with a password.
OLD_STARTS_WITH = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"
MOST_PARTS = 2000
LARGEST_UNPACKED = 100 * MEGABYTE
LOCKED = 0x1
# Parts in which something runs, or lies that is no table.
MACROS = re.compile(r"vbaproject|/macrosheets/|/dialogsheets/|macroenabled", re.I)
CARRIES = re.compile(
    r"/(externallinks|embeddings|activex|ctrlprops|querytables|webextensions)/"
    r"|/connections\.xml|customui",
    re.I,
)
OUTSIDE, HYPERLINK = "external", "/hyperlink"
DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)
# Spreadsheet programs write nothing but UTF-8; in other letters words could hide.
OTHER_LETTERS = re.compile(
    rb"\xff\xfe|\xfe\xff|<?\x00|\s*<\?xml[^>]*\sencoding\s*=\s*[\"'](?!utf-8[\"'])",
    re.I,
)


def look_through(content: bytes) -> None:
    """`Unfit` unless others may open it: tables, pictures, links to pages, no more."""
    check_sound(content)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
        if any(CARRIES.search(name) for name in names):
            raise Unfit(_carries())
        for name in names:
            if name.lower().endswith(".rels"):
                _check_relations(packed.read(name))


def check_sound(content: bytes) -> None:
    """`Unfit` unless it is a workbook without macros that can be read without harm."""
    if content.startswith(OLD_STARTS_WITH):
        raise Unfit(
            _(
                "This is an old Excel file, or one locked with a password. Save it as"
                " XLSX without a password first."
            )
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            _check_parts(packed)
            for part in packed.infolist():
                _check_content(part.filename.lower(), packed.read(part))
    except Unfit:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise Unfit(_unreadable()) from error
    except (NotImplementedError, RuntimeError, LookupError, ValueError) as error:
        raise Unfit(_unreadable()) from error


def _check_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    swells = sum(part.file_size for part in parts) > LARGEST_UNPACKED
    if swells or len(parts) > MOST_PARTS:
        raise Unfit(_("This workbook would grow out of all measure."))
    if not {TYPES, BOOK} <= set(names) or len(set(names)) < len(names):
        raise Unfit(_unreadable())
    if any(part.flag_bits & LOCKED for part in parts):
        raise Unfit(_unreadable())
    if any(MACROS.search(name) for name in names):
        raise Unfit(_has_macros())


def _check_content(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if DECLARES.search(content) or OTHER_LETTERS.match(content):
        raise Unfit(_unreadable())
    if name == TYPES.lower() and MACROS.search(content.decode()):
        raise Unfit(_has_macros())


def _check_relations(content: bytes) -> None:
    """Links to pages are text; whatever else lies outside would be fetched."""
    try:
        # What declares entities was refused before.
        relations = list(fromstring(content))
    except (ParseError, ValueError) as error:
        raise Unfit(_unreadable()) from error
    for relation in relations:
        is_outside = relation.get("TargetMode", "").lower() == OUTSIDE
        if is_outside and not relation.get("Type", "").endswith(HYPERLINK):
            raise Unfit(_carries())


def _has_macros() -> str:
    return _("This workbook has macros. Save it as XLSX without them.")


def _carries() -> str:
    return _(
        "This workbook is linked to other files, or carries some. Copy the table into"
        " a new workbook, values only, and send that."
    )


def _unreadable() -> str:
    return _("This is no workbook that can be opened. Save it as XLSX.")
