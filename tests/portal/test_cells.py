"""Tables for spreadsheets: nothing in them calculates."""

import csv
import io

import pytest

from portal.cells import cell, csv_response


@pytest.mark.parametrize("text", ["=1+1", "+91", "-2", "@cmd", "\tx", "\rx"])
def test_what_a_spreadsheet_would_calculate_becomes_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["plain", "1 + 1", "", 12, "पीतल"])
def test_all_else_stays_as_it_is(value):
    assert cell(value) == str(value)


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_so_in_its_first_line(settings, demo):
    settings.DEMO = demo

    response = csv_response("pots", ["Name"], [["=pot"], ['He said "so",\ntwice']])

    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[: demo and 1] == ([["demonstration"]] if demo else [])
    assert lines[-3:] == [["Name"], ["'=pot"], ['He said "so",\ntwice']]
    assert response["Content-Disposition"] == 'attachment; filename="pots.csv"'
