"""The way through a whole quarter: where the cursor waits, what comes after saving."""

import re

import pytest
from django.urls import reverse

from actionplans.entered import counts
from actionplans.merging import figure_stamp
from actionplans.models import Reading
from actionplans.progress import FigureState, Kind
from tests import make
from tests.actionplans.figure_grid.rows import (
    SCRIPT,
    entry_of,
    figure,
    row_of,
    with_targets,
)
from tests.actionplans.quarters import Q2, filed, given, typed

pytestmark = pytest.mark.django_db
CURSOR = re.compile(r'name="([\w-]+)"[^>]*autofocus')
HUB = reverse("desk:quarter", args=[Q2])


@pytest.fixture
def second(db):
    return make.indicator(Kind.TOTAL, name="Tests done")


@pytest.fixture
def place(on_day, ra, indicator, second):
    """Asked for both indicators, and for those of a complete plan before them."""
    return with_targets(on_day, make.district(ra=ra), indicator, second)


def onward(client, address, data, **query):
    return client.post(address, {**data, "next": "1"}, query_params=query)


def grid_of(indicator):
    return reverse("desk:figure-grid", args=[Q2, indicator.slug])


# Where the cursor waits


def test_the_cursor_waits_in_the_first_empty_field(
    client, officer, new_place, address, indicator
):
    first, second, third = (new_place(name) for name in ("Alpha", "Bravo", "Charlie"))
    client.post(address, figure(first, indicator, value="35"))
    client.post(address, figure(second, indicator, nil="on"))

    page = client.get(address)

    assert CURSOR.findall(page.text) == [f"{row_of(third, indicator).anchor}-value"]


def test_a_filed_row_is_passed_over(client, officer, new_place, address, indicator):
    first, second = new_place("Alpha"), new_place("Bravo")
    filed(first)

    page = client.get(address)

    assert CURSOR.findall(page.text) == [f"{row_of(second, indicator).anchor}-value"]


def test_the_cursor_waits_where_something_is_wrong(
    client, officer, new_place, address, indicator
):
    _first, second = new_place("Alpha"), new_place("Bravo")

    page = client.post(address, figure(second, indicator, value="1 2"))

    assert CURSOR.findall(page.text) == [f"{row_of(second, indicator).anchor}-value"]


def test_where_all_is_entered_no_cursor_waits(
    client, officer, new_place, address, indicator
):
    client.post(address, figure(new_place(), indicator, value="35"))

    assert "autofocus" not in client.get(address).text


def test_of_a_share_whose_part_is_typed_the_whole_is_empty(client, officer, on_day, ra):
    share = make.indicator(Kind.RATE, name="Women trained")
    place = with_targets(on_day, make.district(ra=ra), share)
    client.post(grid_of(share), figure(place, share, numerator="5"))

    page = client.get(grid_of(share))

    assert CURSOR.findall(page.text) == [f"{row_of(place, share).anchor}-denominator"]
    assert "Enter goes from the part to the whole" in page.text


def test_where_yes_or_no_is_asked_the_cursor_waits_at_yes(client, officer, on_day, ra):
    question = make.indicator(Kind.DONE, name="Portal open")
    place = with_targets(on_day, make.district(ra=ra), question)

    page = client.get(grid_of(question))

    [field] = re.findall(r"<input[^>]*autofocus", page.text)
    assert f'id="id_{row_of(place, question).anchor}-answer_yes"' in field


def test_a_report_opens_at_its_first_empty_figure(client, officer, place, indicator):
    client.post(grid_of(indicator), figure(place, indicator, value="35"))
    asked = [count.indicator for count in counts([place], Q2)]
    report = reverse("desk:report", args=[place.state.slug, place.slug, Q2])

    found = CURSOR.findall(client.get(report).text)

    anchors = {f"{row_of(place, one).anchor}-value": one for one in asked}
    assert len(found) == 1
    assert anchors[found[0]] != indicator


def test_a_row_saved_by_script_moves_no_cursor(
    client, officer, new_place, address, indicator
):
    new_place("Alpha")
    data = figure(new_place("Bravo"), indicator, value="35")

    assert "autofocus" not in client.post(address, data, headers=SCRIPT).text


# What comes after saving


def test_saving_goes_on_to_the_next_indicator(
    client, officer, place, indicator, second
):
    answer = onward(client, grid_of(indicator), figure(place, indicator, value="35"))

    assert answer.url == grid_of(second)
    assert entry_of(place, indicator).value == 35_00
    page = client.get(answer.url)
    assert "Saved. People trained: 1 of 1 figures are entered." in page.text


def test_an_indicator_that_is_entered_is_passed_over(client, officer, place):
    first, second, third, *_others = (count.indicator for count in counts([place], Q2))
    client.post(grid_of(second), figure(place, second, value="8"))

    answer = onward(client, grid_of(first), {})

    assert answer.url == grid_of(third)


def test_an_indicator_left_only_in_filed_reports_is_passed_over(
    client, officer, on_day, ra, indicator
):
    last = make.indicator(Kind.TOTAL, name="Zones opened")
    filed(with_targets(on_day, make.district(ra=ra), indicator, last))

    answer = onward(client, grid_of(indicator), {})

    assert answer.url == HUB


def test_after_the_last_indicator_comes_the_quarter(client, officer, place, second):
    empty = sum(count.left for count in counts([place], Q2)) - 1

    answer = onward(client, grid_of(second), figure(place, second, value="8"))

    assert answer.url == HUB
    page = client.get(HUB)
    assert f"That was the last indicator; {empty} figures are still empty." in page.text


def test_where_nothing_is_left_the_quarter_says_so(client, officer, place, second):
    every = len(counts([place], Q2))
    typed(place, Q2, [given(20_00)] * every)

    answer = onward(client, grid_of(second), {})

    assert answer.url == HUB
    page = client.get(HUB)
    assert "Every figure of the quarter is entered. Nothing is filed yet." in page.text


def test_the_button_says_where_it_leads(client, officer, place, indicator, second):
    assert "Save and next" in client.get(grid_of(indicator)).text
    assert "Save and back to the quarter" in client.get(grid_of(second)).text


def test_a_second_page_comes_before_the_next_indicator(
    client, officer, new_place, address, indicator, monkeypatch
):
    monkeypatch.setattr("actionplans.desk.figure_grid.ROWS_PER_PAGE", 1)
    first, _second = new_place("Alpha"), new_place("Bravo")

    page = client.get(address)
    answer = onward(client, address, figure(first, indicator, value="35"))

    assert "Save and next page" in page.text
    assert answer.url == f"{address}?page=2"


def test_what_cannot_be_read_keeps_the_page(client, officer, place, indicator):
    page = onward(client, grid_of(indicator), figure(place, indicator, value="1 2"))

    assert page.status_code == 200
    assert "“1 2” is not a number." in page.text


# Counts


def test_what_is_filed_without_a_figure_is_not_left(
    client, officer, place, indicator, second
):
    filed(place, Q2, [given(state=FigureState.NIL)])

    assert Reading.objects.count() == 1
    assert {count.left for count in counts([place], Q2)} == {0}


def test_the_counts_of_the_chooser_come_with_each_row_saved(
    client, officer, new_place, address, indicator
):
    first, _second = new_place(), new_place()
    was = figure_stamp(row_of(first, indicator).entry)

    answer = client.post(
        address, figure(first, indicator, was, value="35"), headers=SCRIPT
    )

    assert f'data-indicator="{indicator.slug}"' in answer.text
    assert "People trained (units): 1 of 2 entered" in " ".join(answer.text.split())
