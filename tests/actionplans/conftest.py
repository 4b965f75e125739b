"""The calendar of the tests that depend on it, and the real registers."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.register import register, register_rows

__all__ = ["later", "on_day", "register", "register_rows"]


@pytest.fixture
def on_day(monkeypatch):
    """Sets what day it is; at first 22 November 2026, when Q2 2026-27 is overdue."""

    def set_day(*day):
        monkeypatch.setattr(timezone, "localdate", lambda *_, **__: dt.date(*day))

    set_day(2026, 11, 22)
    return set_day


@pytest.fixture
def later(monkeypatch):
    """Sets how many days have passed since the test began, and gives the day."""
    real, today = timezone.localdate, timezone.localdate()

    def set_days(days):
        day = today + dt.timedelta(days=days)
        monkeypatch.setattr(
            timezone, "localdate", lambda *of, **_: real(*of) if of else day
        )
        return day

    return set_days
