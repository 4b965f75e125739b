"""What is typed into the grid of an indicator, kept row by row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.merging import figure_stamp
from actionplans.models import Report
from tests.actionplans.figure_grid.rows import SCRIPT, entry_of, figure, row_of
from tests.actionplans.quarters import filed, sent

pytestmark = pytest.mark.django_db


def test_only_rows_that_were_typed_into_begin_a_report(
    client, officer, new_place, address, indicator
):
    first, second = new_place(), new_place()
    data = figure(first, indicator, value="35") | figure(second, indicator, value="")

    answer = client.post(address, data, follow=True)

    assert "Saved. Nothing is filed yet." in answer.text
    assert Report.objects.get().district == first
    assert entry_of(first, indicator).value == 35_00
    assert "<b>1 of 2</b> figures entered" in answer.text


def test_what_cannot_be_read_is_refused_in_its_row_and_the_rest_is_kept(
    client, officer, new_place, address, indicator
):
    first, second = new_place("Alpha"), new_place("Bravo")
    data = figure(first, indicator, value="1 2") | figure(second, indicator, value="8")

    page = client.post(address, data)

    text = " ".join(page.text.split())
    assert "<b>1 row is saved.</b> These are not saved yet" in text
    assert 'value="1 2"' in text
    assert "“1 2” is not a number." in text
    assert entry_of(first, indicator) is None
    assert entry_of(second, indicator).value == 8_00


def test_one_source_is_written_into_all_rows(
    client, officer, new_place, address, indicator
):
    first, second = new_place(), new_place()
    old = {"source": "Register"}
    data = figure(first, indicator, value="35", **old)
    data |= figure(second, indicator, value="", **old)

    client.post(address, {**data, "source": "IEC register", "source-was": "Register"})

    assert entry_of(first, indicator).source == "IEC register"
    assert entry_of(second, indicator) is None
    assert 'value="IEC register"' in client.get(address).text


def test_two_officers_in_the_same_row_are_asked(
    client, officer, new_place, address, indicator
):
    place = new_place()
    mine = figure(place, indicator, value="35")
    client.post(address, figure(place, indicator, value="20"))

    page = client.post(address, mine)

    assert page.status_code == 409
    assert "yours is not saved" in page.text
    assert entry_of(place, indicator).value == 20_00


def test_what_was_typed_into_a_row_filed_meanwhile_is_shown(
    client, officer, new_place, address, indicator
):
    place = new_place()
    mine = figure(place, indicator, value="35")
    filed(place)

    page = client.post(address, mine)

    assert page.status_code == 409
    assert "so what you typed is not saved: 35" in page.text
    assert entry_of(place, indicator) is None


def test_a_script_gets_the_rows_it_sent_with_their_questions(
    client, officer, new_place, address, indicator
):
    first, _second = new_place(), new_place()

    answer = client.post(address, figure(first, indicator, value="-5"), headers=SCRIPT)

    assert answer.text.count("<tbody") == 1
    assert "It is below zero. Say why in the note, or correct it." in answer.text
    assert "1 to look at" in answer.text
    assert "<b>1 of 2</b> figures entered" in answer.text


@pytest.mark.parametrize("script", [{}, SCRIPT])
def test_saving_takes_as_many_queries_however_many_districts(
    client, officer, new_place, address, indicator, script
):
    places = [new_place() for _ in range(4)]
    counts = []
    for some in (places, places, places[:1], places[:1]):
        data = {}
        for place in some:
            row = row_of(place, indicator)
            said = str(len(counts) + 1)
            data |= sent(row.anchor, figure_stamp(row.entry), value=said)
        with CaptureQueriesContext(connection) as queries:
            client.post(address, data, headers=script)
        counts.append(len(queries))

    # The first time reports are created, and what is asked is looked up.
    assert counts[1] == counts[3]
