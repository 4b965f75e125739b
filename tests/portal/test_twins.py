"""How tables and records are given out: whole, a piece at a time, and safely."""

import csv
import dataclasses
import datetime as dt
import io
import json
import uuid
import zlib

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal import datasets as d
from portal import kinds as k
from portal import urls as site
from portal.datasets import Column, Dataset, WrongFilter
from portal.models import DataVersion
from portal.numbers import decimal_text
from portal.terms import Role
from portal.twins import LINES_A_PIECE, csv_pieces, json_pieces, of_table, table_as_csv
from tests import make

LINE = uuid.UUID(int=7)
MOMENT = dt.datetime(2026, 11, 21, 20, 0, tzinfo=dt.UTC)


def table(rows, *kinds):
    """A dataset of tuples, a column for each kind."""
    columns = [
        Column(f"c{at}", "", kind, lambda row, at=at: row[at])
        for at, kind in enumerate(kinds)
    ]
    return Dataset(
        name="t", title="T", about="", columns=columns, rows=lambda *_asked: rows
    )


def as_csv(dataset):
    text = "".join(csv_pieces(dataset, dataset.values(QueryDict())))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def as_json(dataset, head=None):
    pieces = json_pieces(dataset, dataset.values(QueryDict()), head or {"name": "t"})
    return json.loads("".join(pieces))


def one(kind, value, settings):
    settings.DEMO = False
    # A line of a single empty cell would be no line.
    dataset = table([[value, 0]], kind, k.NUMBER)
    return as_csv(dataset)[1][0], as_json(dataset)["rows"][0]["c0"]


@pytest.mark.parametrize(
    ("kind", "value", "cell", "found"),
    [
        (k.TEXT, "पीतल", "पीतल", "पीतल"),
        (k.TEXT, "=1+1", "'=1+1", "=1+1"),
        (k.CODE, "0910", "0910", "0910"),
        (k.CODE, 7, "7", "7"),
        (k.NUMBER, 0, "0", 0),
        (k.RUPEES, 85_00_000, "8500000", 85_00_000),
        (k.MEASURE, -12_50, "-12.5", "-12.5"),
        (k.MEASURE, 1_23_456_05, "123456.05", "123456.05"),
        (k.DAY, dt.date(2026, 11, 21), "2026-11-21", "2026-11-21"),
        (k.MOMENT, MOMENT, "2026-11-22T01:30:00+05:30", "2026-11-22T01:30:00+05:30"),
        (k.YES_NO, False, "false", False),
        (k.LIST, ["a", "b"], "a|b", ["a", "b"]),
        (k.LIST, ["-a"], "'-a", ["-a"]),
        (k.TEXT, 'A "b", c', 'A "b", c', 'A "b", c'),
        (k.TEXT, "=a,b\r\nc", "'=a,b\r\nc", "=a,b\r\nc"),
        (k.LIST, ['a"', "b,c"], 'a"|b,c', ['a"', "b,c"]),
        (k.DEGREES, 26.0, "26.0", 26.0),
        (k.NUMBER, 26, "26", 26),
        (k.KEY, LINE, str(LINE), str(LINE)),
    ],
)
def test_a_value_is_written_as_its_kind_says(settings, kind, value, cell, found):
    assert one(kind, value, settings) == (cell, found)


@pytest.mark.parametrize(
    "kind",
    [k.TEXT, k.CODE, k.NUMBER, k.RUPEES, k.MEASURE, k.DAY, k.MOMENT, k.YES_NO, k.KEY],
)
def test_what_is_unknown_is_empty_and_null_and_never_nought(settings, kind):
    assert one(kind, None, settings) == ("", None)


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_whatever_text_is_written_is_read_again(rows):
    written = [[k.quoted(text) for text in row] for row in rows]

    lines = "".join(",".join(row) + "\r\n" for row in written)

    assert list(csv.reader(io.StringIO(lines, newline=""))) == rows


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [(0, "0"), (5, "0.05"), (-5, "-0.05"), (10_00, "10"), (9 * 10**17, "9" + "0" * 15)],
)
def test_hundredths_become_exact_decimals(hundredths, text):
    assert decimal_text(hundredths) == text


def test_a_path_on_which_something_is_missing_leads_to_nothing():
    assert d.follow("real.nowhere")(None) is None
    assert d.follow("real.imag")(7) == 0


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_so_first_of_all(settings, demo):
    settings.DEMO = demo

    lines = as_csv(table([[1]], k.NUMBER))

    assert (lines[0] == ["demonstration"]) is demo
    assert lines[-2:] == [["c0"], ["1"]]


@pytest.mark.parametrize("count", [0, 1, LINES_A_PIECE, 2 * LINES_A_PIECE + 1])
def test_no_row_is_lost_between_two_pieces(settings, count):
    settings.DEMO = False
    dataset = table([[number] for number in range(count)], k.NUMBER)

    found = as_json(dataset)

    assert as_csv(dataset)[1:] == [[str(number)] for number in range(count)]
    assert found["rows"] == [{"c0": number} for number in range(count)]
    assert found["count"] == count


def test_rows_are_read_no_faster_than_they_are_taken():
    read = []

    def rows():
        for number in range(10 * LINES_A_PIECE):
            read.append(number)
            yield [number]

    for pieces in (csv_pieces, json_pieces):
        read.clear()
        dataset = table(rows(), k.NUMBER)
        more = [{"name": "t"}] if pieces is json_pieces else []
        written = pieces(dataset, dataset.values(QueryDict()), *more)
        next(written)
        assert len(read) == LINES_A_PIECE
        next(written)
        assert len(read) == 2 * LINES_A_PIECE


def test_a_filter_that_cannot_be_read_is_refused_before_anything_is_sent(rf, db):
    def rows(query):
        raise WrongFilter({"=sector": ["No such sector."]})
        yield

    dataset = Dataset(name="t", title="", about="", columns=[], rows=rows)

    response = table_as_csv(dataset)(rf.get("/t.csv"))

    assert response.status_code == 400
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines == [["filter", "error"], ["'=sector", "No such sector."]]


@pytest.fixture
def address(db):
    DataVersion.rise()
    return reverse("sources-csv")


def test_every_site_may_fetch_a_twin_and_nobody_keeps_it_unasked(client, address):
    response = client.get(address)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "Set-Cookie" not in response
    assert "sources-" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("zipped", [{}, {"accept-encoding": "gzip"}])
def test_who_has_the_answer_is_told_so_by_one_query(client, address, zipped):
    tag = client.get(address, headers=zipped)["ETag"]
    assert tag.startswith("W/") is bool(zipped)

    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"if-none-match": tag, **zipped})

    assert again.status_code == 304
    assert again.content == b""
    assert again["Access-Control-Allow-Origin"] == "*"
    assert len(queries) == 1


def test_another_question_data_or_day_has_another_tag(client, address, monkeypatch):
    tags = [client.get(address)["ETag"], client.get(address, {"a": "1"})["ETag"]]
    DataVersion.rise()
    tags.append(client.get(address)["ETag"])
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda *_: dt.date(2030, 1, 1)
    )
    tags.append(client.get(address)["ETag"])

    assert len(set(tags)) == 4


def test_the_order_of_the_question_does_not_matter(client, address):
    one, other = (client.get(f"{address}?{q}")["ETag"] for q in ("a=1&b=2", "b=2&a=1"))

    assert one == other


def test_a_twin_is_read_only(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_a_twin_has_no_language(client, address):
    assert client.get(f"/hi{address}").status_code == 404


def test_the_answer_depends_on_nobody_who_asks(client, address):
    assert client.get(address)["Vary"] == "Accept-Encoding"
    client.force_login(make.official(Role.HQ_OFFICER))
    assert client.get(address)["Vary"] == "Accept-Encoding"


READ = []


def _long(*_asked):
    for number in range(20 * LINES_A_PIECE):
        READ.append(number)
        # Nothing that could be compressed, which would be kept together for long.
        yield [uuid.uuid4(), number]


LONG = dataclasses.replace(table([], k.KEY, k.NUMBER), rows=_long)
urlpatterns = [*of_table("long", LONG), *site.urlpatterns]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("end", ["csv", "json"])
@pytest.mark.parametrize("zipped", [True, False])
def test_rows_leave_through_all_middleware_before_the_last_is_read(
    client, db, settings, end, zipped
):
    settings.PAGE_CACHE_MB = 1
    DataVersion.rise()
    READ.clear()
    headers = {"accept-encoding": "gzip"} if zipped else {}

    response = Client().get(f"/long.{end}", headers=headers)
    pieces = iter(response.streaming_content)
    unzip = zlib.decompressobj(wbits=31).decompress if zipped else bytes
    early = b""
    while str(LINES_A_PIECE // 2) not in early.decode():
        early += unzip(next(pieces))

    assert len(READ) <= 3 * LINES_A_PIECE
    whole = early + b"".join(map(unzip, pieces))
    assert len(READ) == 20 * LINES_A_PIECE
    assert whole.count(b"\n") >= 20 * LINES_A_PIECE


@pytest.mark.urls(__name__)
def test_a_table_is_not_kept_in_memory(db, settings):
    settings.PAGE_CACHE_MB = 1
    DataVersion.rise()
    visitor = Client()
    visitor.get("/long.csv").getvalue()
    READ.clear()

    visitor.get("/long.csv").getvalue()

    assert READ
