"""Quarters and financial years, which in India start with April.

A quarter is kept as an integer code, 20262 for July to September 2026, and handled as
a `Quarter`. A financial year is the integer of its first calendar year.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

QUARTERS_A_YEAR = 4
DAYS_TO_REPORT = timedelta(days=15)
ONE_DAY = timedelta(days=1)

_APRIL = 4
_MONTHS_A_QUARTER = 3
_LAST_DAYS = [(6, 30), (9, 30), (12, 31), (3, 31)]


def written(day: date) -> str:
    """21 Nov 2026, in Hindi 21 नवंबर 2026."""
    return _in_words(day, get_language())


@lru_cache(maxsize=4096)
def _in_words(day: date, language: str | None) -> str:
    # Of Django's two lists of Hindi months this is the one without misspellings.
    return date_format(day, "j E Y" if language == "hi" else "j M Y")


def financial_year_of(day: date) -> int:
    return day.year if day.month >= _APRIL else day.year - 1


def financial_year_label(year: int) -> str:
    """Both calendar years, as in 2026-27."""
    return f"{year}-{(year + 1) % 100:02}"


def first_day_of_year(year: int) -> date:
    return date(year, _APRIL, 1)


def last_day_of_year(year: int) -> date:
    return date(year + 1, _APRIL, 1) - ONE_DAY


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months of a financial year; quarters sort, count and subtract."""

    financial_year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= QUARTERS_A_YEAR:
            raise ValueError(f"A year has no quarter {self.number}.")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which the day lies."""
        months = (day.month - _APRIL) % 12
        return cls(financial_year_of(day), months // _MONTHS_A_QUARTER + 1)

    @classmethod
    @lru_cache(maxsize=512)
    def from_code(cls, code: int) -> Quarter:
        return cls(*divmod(code, 10))

    @classmethod
    def last_closed(cls, on: date) -> Quarter:
        """The newest quarter whose last day is not after `on`."""
        return cls.of(on + ONE_DAY).previous

    @classmethod
    def last_due(cls, on: date) -> Quarter:
        """The newest quarter whose report has fallen due, counting the due day."""
        return cls.last_closed(on - DAYS_TO_REPORT)

    @classmethod
    @lru_cache(maxsize=512)
    def between(
        cls, first_day: date, last_day: date, every: int = 1
    ) -> tuple[Quarter, ...]:
        """The quarters that the days touch, in order.

        With `every`, the closing quarters of the half-years (2) or years (4) that
        the days touch.
        """
        first = cls.of(first_day).closing(every)
        after = cls.of(last_day).closing(every).quarters_after(first)
        return tuple(first + step for step in range(0, after + 1, every))

    @property
    def code(self) -> int:
        return self.financial_year * 10 + self.number

    @property
    def first_day(self) -> date:
        return self.last_day.replace(month=self.last_day.month - 2, day=1)

    @property
    def last_day(self) -> date:
        year = self.financial_year + (self.number == QUARTERS_A_YEAR)
        return date(year, *_LAST_DAYS[self.number - 1])

    @property
    def opens_on(self) -> date:
        """The day from which the report of this quarter can be written."""
        return self.last_day + ONE_DAY

    @property
    def due_on(self) -> date:
        """The day by which the report of this quarter is to be filed."""
        return self.last_day + DAYS_TO_REPORT

    @property
    def next(self) -> Quarter:
        return self + 1

    @property
    def previous(self) -> Quarter:
        return self - 1

    @property
    def months(self) -> str:
        """The months in words, as in July to September 2026."""
        names = [
            _("April to June %(year)s"),
            _("July to September %(year)s"),
            _("October to December %(year)s"),
            _("January to March %(year)s"),
        ]
        return names[self.number - 1] % {"year": self.first_day.year}

    def closes(self, quarters: int) -> bool:
        """Whether a period of one, two or four quarters ends with this one."""
        return self.number % quarters == 0

    def closing(self, quarters: int) -> Quarter:
        """The last quarter of the period of so many quarters that holds this one."""
        return self + -self.number % quarters

    def __add__(self, quarters: int) -> Quarter:
        year, rest = divmod(self._ordinal + quarters, QUARTERS_A_YEAR)
        return Quarter(year, rest + 1)

    def __sub__(self, quarters: int) -> Quarter:
        return self + -quarters

    def quarters_after(self, earlier: Quarter) -> int:
        """How many quarters this one comes after the other; below zero if before."""
        return self._ordinal - earlier._ordinal

    @property
    def _ordinal(self) -> int:
        return self.financial_year * QUARTERS_A_YEAR + self.number - 1

    def __str__(self) -> str:
        return _("Q%(number)s %(year)s") % {
            "number": self.number,
            "year": financial_year_label(self.financial_year),
        }
