"""Dates as sources state them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from districts.register.fields import Stated, StatedField, stated


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-10-11", "2016-10-11", "2016-10-11"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2011", "2011-01-01", "2011-12-31"),
        ("2024-12/2025-01", "2024-12-01", "2025-01-31"),
    ],
)
def test_first_or_last_day_is_taken_and_the_words_are_kept(text, first, last):
    words = "" if first == last else text

    assert stated(text) == Stated(dt.date.fromisoformat(first), words)
    assert stated(text, end=True) == Stated(dt.date.fromisoformat(last), words)


@pytest.mark.parametrize("text", ["12", "2023-13", "2023-02-30", "2023/", "soon"])
def test_anything_else_is_no_date(text):
    with pytest.raises(ValidationError, match=f"“{text}” is no date such as"):
        StatedField().clean(text)


def test_nothing_is_stated_where_the_cell_is_empty():
    assert StatedField(required=False).clean(" ") is None
