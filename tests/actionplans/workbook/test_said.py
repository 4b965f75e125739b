"""What the cells of one row say, however somebody wrote into them."""

import datetime as dt
from types import SimpleNamespace

import pytest

from actionplans.asked import Course
from actionplans.progress import Kind
from actionplans.workbook.layout import ACTIONS, FIGURES
from actionplans.workbook.read import Cell, Row
from actionplans.workbook.said import change_said, figure_said

NOW = Course("not_started", 0, None, None, dt.date(2027, 3, 31))


def row(tab, **values):
    """A row of which each cell stands at the place named for its column."""
    cells = {
        key: value if isinstance(value, Cell) else Cell(key, value)
        for key, value in values.items()
    }
    return Row(tab, "row", {key: Cell(key) for key in tab.entries} | cells)


def figure(kind=Kind.STOCK, **values):
    asked = SimpleNamespace(target=SimpleNamespace(kind=kind))
    return figure_said(row(FIGURES, **values), asked)


def change(now=NOW, **values):
    return change_said(row(ACTIONS, **values), SimpleNamespace(now=now))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (12, 12_00),
        (12.5, 12_50),
        (0.1 + 0.2, 30),
        (-3, -3_00),
        (1e7, 1_00_00_000_00),
        (1e16, 10**18),
        ("12,34,567.5", 12_34_567_50),
        ("१२,३४५", 12_345_00),
        (" 12 ", 12_00),
        ("12\N{NO-BREAK SPACE}", 12_00),
        ("'12", 12_00),
        ("0", 0),
    ],
)
def test_numbers_are_read_however_they_are_written(typed, kept):
    said = figure(figure=typed)

    assert said.faults == []
    assert (said.values["state"], said.values["value"]) == ("value", kept)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1 2", "“1 2” is not a number"),
        ("about 12", "“about 12” is not a number"),
        (12.345, "Write at most two decimals."),
        (dt.date(2026, 2, 1), "“2026-02-01” is not a number"),
        (dt.time(12, 30), "“12:30:00” is not a number"),
        (True, "“True” is not a number"),
        (1e30, "too large"),
        (Cell("figure", 0.45, is_percent=True), "“45 %” is not a number"),
        (Cell("figure", None, fault="It is merged."), "It is merged."),
    ],
)
def test_what_is_no_number_is_refused(typed, sentence):
    (fault,) = figure(figure=typed).faults

    assert fault.ref == "figure"
    assert sentence in fault.sentence


@pytest.mark.parametrize("typed", ["nil", "NIL ", "शून्य", "Nil"])
@pytest.mark.parametrize("key", ["figure", "instead"])
def test_nil_can_be_written_into_either_cell(key, typed):
    assert figure(**{key: typed}).values["state"] == "nil"


@pytest.mark.parametrize("typed", ["n/a", "NA", "Not available", "उपलब्ध नहीं"])
def test_not_available_has_a_reason(typed):
    said = figure(instead=typed, reason="The sources disagree").values

    assert (said["state"], said["reason"]) == ("not-available", "disputed")


@pytest.mark.parametrize("typed", ["-", "\N{EM DASH}", " ", "", None])
def test_a_dash_says_nothing(typed):
    assert figure(figure=typed, source="The same as ever").stamp == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Yes", 1_00), ("y", 1_00), (True, 1_00), (1, 1_00), ("no", 0), (False, 0)],
)
def test_done_is_yes_or_no(typed, kept):
    said = figure(Kind.DONE, figure=typed)

    assert said.values["value"] == kept


def test_a_share_has_two_cells():
    said = figure(Kind.RATE, figure=30, whole="1,200").values

    assert (said["numerator"], said["denominator"]) == (30_00, 1_200_00)


@pytest.mark.parametrize(
    ("kind", "cells", "key", "sentence"),
    [
        (Kind.RATE, {"figure": 30}, "whole", "its part and its whole"),
        (Kind.RATE, {"whole": 30}, "figure", "its part and its whole"),
        (Kind.RATE, {"figure": 1, "whole": 0}, "whole", "whole must be above zero"),
        (Kind.STOCK, {"whole": 30}, "whole", "Only a share has a whole"),
        (Kind.STOCK, {"figure": 1, "instead": "Nil"}, "instead", "a figure too"),
        (Kind.STOCK, {"instead": "perhaps"}, "instead", "“perhaps” is not in the list"),
        (Kind.STOCK, {"reason": "because"}, "reason", "“because” is not in the list"),
        (
            Kind.STOCK,
            {"figure": 1, "reason": "The sources disagree"},
            "reason",
            "belongs to “Not available”",
        ),
        (Kind.STOCK, {"figure": 1, "note": "x" * 301}, "note", "300 characters"),
        (Kind.DONE, {"instead": "Nil"}, "instead", "write Yes or No"),
        (Kind.DONE, {"figure": "perhaps"}, "figure", "perhaps is not one of"),
    ],
)
def test_what_does_not_fit_together_is_named(kind, cells, key, sentence):
    (fault,) = figure(kind, **cells).faults

    assert fault.ref == key
    assert sentence in fault.sentence


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("status", "In progress", "in_progress"),
        ("status", " in PROGRESS", "in_progress"),
        ("status", "on_hold", "on_hold"),
        ("percent", 45, 45),
        ("percent", "45 %", 45),
        ("percent", 45.0, 45),
        ("percent", Cell("percent", 0.45, is_percent=True), 45),
        ("released", "85 lakh", 85_00_000),
        ("released", 1250000, 12_50_000),
        ("spent", "१,२५,३१४", 1_25_314),
    ],
)
def test_a_change_is_read(key, typed, kept):
    said = change(**{key: typed})

    assert said.faults == []
    assert said.values[key] == kept


def test_an_intervention_left_as_it_stood_did_not_change():
    said = change(status="Not started", percent=0, due_on=NOW.due_on)

    assert (said.values, said.stamp) == (None, "")


def test_a_row_wiped_out_says_that_nothing_changed():
    stood = Course("in_progress", 40, 85_00_000, 12_000, NOW.due_on)

    assert change(stood).stamp == ""


@pytest.mark.parametrize(
    "typed",
    [
        dt.datetime.fromisoformat("2027-08-31"),
        dt.date(2027, 8, 31),
        "31-08-2027",
        "31.8.2027",
        "31 Aug 2027",
        46630,
        46630.0,
    ],
)
def test_days_are_read_however_they_are_written(typed):
    said = change(due_on=typed, reason="The machines came late.")

    assert said.faults == []
    assert said.values["due_on"] == dt.date(2027, 8, 31)


@pytest.mark.parametrize(
    ("cells", "key", "sentence"),
    [
        ({"status": "begun"}, "status", "“begun” is not in the list"),
        ({"percent": 145}, "percent", "whole number from 0 to 100"),
        ({"percent": 0.45}, "percent", "whole number"),
        ({"released": "much"}, "released", "not an amount of money"),
        ({"released": 1250000.5}, "released", "whole rupees"),
        ({"due_on": "soon", "reason": "x"}, "due_on", "“soon” is no day"),
        ({"due_on": 12, "reason": "x"}, "due_on", "“12” is no day"),
        ({"due_on": "31-08-2027"}, "reason", "Say why the due date moved"),
        ({"reason": "Rain."}, "reason", "belongs to a new due date"),
    ],
)
def test_what_is_wrong_with_a_change_is_named(cells, key, sentence):
    (fault,) = change(**cells).faults

    assert fault.ref == key
    assert sentence in fault.sentence
