"""Tables that open in a spreadsheet, where no cell is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import HttpResponse

# What a spreadsheet begins to calculate at, or skips to find it.
CALCULATES = ("=", "+", "-", "@", "\t", "\r")

# The mark at the start tells spreadsheets that it is UTF-8.
UTF_8 = "\ufeff"
# What the first line of a demonstration says, and the first key.
DEMONSTRATION = "demonstration"


def cell(value: object) -> str:
    """The value as text; the mark before a would-be formula makes it text there too."""
    text = str(value)
    return f"'{text}" if text.startswith(CALCULATES) else text


def csv_response(
    name: str, heads: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A download; of a demonstration the first line says that it is one."""
    response = HttpResponse(UTF_8, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    if settings.DEMO:
        writer.writerow([DEMONSTRATION])
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return response
