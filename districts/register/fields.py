"""What the cells of our files may hold beyond plain text."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_STATED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Stated:
    """A day, and the words of the source where it gives only a month or a year."""

    on: dt.date
    text: str = ""


def stated(text: str, *, end: bool = False) -> Stated:
    """The first (or last) day of what is stated: a day, a month, a year, or a span."""
    spans = [_span(part) for part in text.split("/")]
    on = spans[-1][1] if end else spans[0][0]
    exact = len(spans) == 1 and spans[0][0] == spans[0][1]
    return Stated(on, "" if exact else text)


def _span(text: str) -> tuple[dt.date, dt.date]:
    match = _STATED.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return dt.date(year, month or 1, day or 1), dt.date(year, last_month, last_day)


class StatedField(forms.CharField):
    """A date as its source states it: 2016-10-11, 2023-10, 2011, 2024-12/2025-01."""

    def __init__(self, *, end: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.end = end

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return stated(text, end=self.end)
        except ValueError as error:
            raise ValidationError(
                "“%(text)s” is no date such as 2023-10-31, 2023-10 or 2023.",
                params={"text": text},
            ) from error


class DayField(forms.DateField):
    """A day, written one way only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class YesNoField(forms.TypedChoiceField):
    """`yes` or `no`; nothing where the source does not say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[("yes", "yes"), ("no", "no")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **options,
        )


class SeveralField(forms.CharField):
    """Values parted by "|"."""

    def clean(self, value: Any) -> Any:
        return [
            part.strip() for part in super().clean(value).split("|") if part.strip()
        ]
