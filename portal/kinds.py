"""What the values of open data are, and how they are written as CSV and as JSON.

What is unknown is empty, and null in JSON; it is never nought.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cells import cell
from portal.numbers import decimal_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What the values of a column are, and how they are written.

    `type` and `format` are the words of Frictionless Data. `csv` gives what stands
    between two commas. Without a function for JSON, values are written as they are.
    """

    label: Words
    type: str
    format: str = "default"
    csv: Convert = field(kw_only=True)
    json: Convert | None = None


# Rows that lie together share most of their texts, so the last ones are kept.
_remembered = lru_cache(maxsize=4096)
_has_to_be_quoted = re.compile('[",\r\n]').search


def quoted(text: str) -> str:
    """A cell of a CSV, which our own writing makes in a third of the time."""
    if _has_to_be_quoted(text):
        return '"' + text.replace('"', '""') + '"'
    return text


@_remembered
def _cell(value: Any) -> str:
    return quoted(cell(value)) if value or value == 0 else ""


# A float is written otherwise than the whole number that it equals.
@lru_cache(maxsize=4096, typed=True)
def _plain_cell(value: Any) -> str:
    return "" if value is None else str(value)


@_remembered
def _text(value: Any) -> str | None:
    return str(value) if value or value == 0 else None


@_remembered
def _decimal(value: int | None) -> str | None:
    return None if value is None else decimal_text(value)


@_remembered
def _moment(value: dt.datetime | None) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None


def _decimal_cell(value: int | None) -> str:
    return _decimal(value) or ""


def _moment_cell(value: dt.datetime | None) -> str:
    return _moment(value) or ""


def _list_cell(many: Iterable[str]) -> str:
    return quoted(cell("|".join(many)))


# Whatever the database has for them.
_yes_no = {True: "true", False: "false", None: ""}.__getitem__


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


TEXT = Kind(_("text"), "string", csv=_cell, json=_text)
CODE = Kind(_("code"), "string", csv=_cell, json=_text)
ADDRESS = Kind(_("address on this site"), "string", csv=_cell, json=_text)
KEY = Kind(_("UUID"), "string", "uuid", csv=_plain_cell, json=_text)
NUMBER = Kind(_("whole number"), "integer", csv=_plain_cell)
RUPEES = Kind(_("whole rupees"), "integer", csv=_plain_cell)
# Out of hundredths, exactly; text in JSON, which would otherwise be read as a float.
MEASURE = Kind(_("number"), "number", csv=_decimal_cell, json=_decimal)
DEGREES = Kind(_("degrees"), "number", csv=_plain_cell)
DAY = Kind(_("day"), "date", csv=_plain_cell, json=_text)
MOMENT = Kind(
    _("moment"),
    "datetime",
    "%Y-%m-%dT%H:%M:%S%z",
    csv=_moment_cell,
    json=_moment,
)
YES_NO = Kind(_("yes or no"), "boolean", csv=_yes_no, json=_truth)
LIST = Kind(_("list, parted by |"), "string", csv=_list_cell, json=list)
