"""HS codes as people write them: 0910.30, 9103, ०९१०, xvi."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Q, QuerySet

from districts.models import (
    CHAPTER_DIGITS,
    SUBHEADING_DIGITS,
    HSCode,
)

_SECTION = re.compile("[IVX]{1,5}")


def read_code(text: str) -> str:
    """The code as our tree writes it; nothing if it is none.

    An odd number of digits has lost the zero in front, as spreadsheets do to numbers.
    """
    section = text.strip().upper()
    if _SECTION.fullmatch(section):
        return section
    digits = "".join(
        str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal()
    )
    if len(digits) % 2 and not digits.startswith("0"):
        digits = f"0{digits}"
    # Our tree ends with subheadings: longer codes are read as those they lie under.
    return digits[:SUBHEADING_DIGITS]


def wider(code: str) -> list[str]:
    """The chapter and the heading under which a code of digits lies."""
    steps = range(CHAPTER_DIGITS, len(code), 2) if code.isdecimal() else ()
    return [code[:length] for length in steps]


def nearest(text: str) -> HSCode | None:
    """The code that is written, or the one closest above it; with all above that."""
    code = read_code(text)
    rows = HSCode.objects.filter(code__in={code, *wider(code)})
    found = rows.select_related("parent__parent__parent")
    return max(found, key=lambda row: len(row.code), default=None)


def known(text: str) -> HSCode | None:
    """The code that is written, if our tree has exactly this one."""
    found = nearest(text) if text else None
    return found if found and found.code == read_code(text) else None


def under(text: str) -> QuerySet[HSCode]:
    """The code and all below it; a part of a code stands for all that begin so."""
    code = read_code(text)
    if not code:
        return HSCode.objects.none()
    if code[0].isdigit():
        return HSCode.objects.filter(code__startswith=code)
    return HSCode.objects.filter(
        Q(code=code)
        | Q(parent__code=code)
        | Q(parent__parent__code=code)
        | Q(parent__parent__parent__code=code)
    )
