"""A workbook that was tried: marked, dropped, or taken back."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertRedirects

from actionplans.models import ActionEntry, FilledWorkbook
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, filed, given, typed
from tests.actionplans.workbooks import (
    FIGURES,
    address,
    downloaded,
    entry,
    report,
    take,
    tried,
    value,
)

pytestmark = pytest.mark.django_db


# Marking, dropping


def test_the_same_workbook_comes_back_with_its_faults_marked(client, made, book):
    book.figure(made.stock, "1 2")
    book.figure(made.other, 10)
    book.page(FIGURES)["A3"].value = "Assam of my own"
    page = tried(client, book)
    assertContains(page, f"{address(page)}marked.xlsx")

    response = client.get(f"{address(page)}marked.xlsx")

    found = load_workbook(BytesIO(response.getvalue()))
    place = book.cell(FIGURES, str(made.stock.line_id), "figure").coordinate
    cell = found["Figures"][place]
    assert "“1 2” is not a number" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F08A66")
    assert cell.value == "1 2"
    assert found["Figures"]["A3"].value == "Assam of my own"
    assert found["Figures"].protection.sheet
    assert found["Figures"].data_validations.dataValidation
    commented = [c for row in found["Figures"] for c in row if c.comment]
    assert commented == [cell]


def test_merged_cells_and_whole_rows_are_marked_too(client, made, book):
    page = book.page(FIGURES)
    column = book.cell(FIGURES, str(made.stock.line_id), "figure").column_letter
    page[f"{column}3"].value = 12
    page.merge_cells(f"{column}3:{column}4")
    last = page.max_row + 1
    page[f"{column}{last}"].value = 13
    tried_page = tried(client, book)

    response = client.get(f"{address(tried_page)}marked.xlsx")

    sheet = load_workbook(BytesIO(response.getvalue()))["Figures"]
    assert "is merged with another" in sheet[f"{column}3"].comment.text
    assert "was added by hand" in sheet[f"A{last}"].comment.text


def test_what_was_only_looked_at_can_be_dropped(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)
    name = FilledWorkbook.objects.get().file.name
    assert default_storage.exists(name)

    response = take(client, page, drop="yes")

    assertRedirects(response, reverse("desk:workbooks", args=[Q2]))
    assert not FilledWorkbook.objects.exists()


def test_what_is_taken_is_not_dropped(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)
    take(client, page)

    take(client, page, drop="yes")

    assert FilledWorkbook.objects.get().done_at


def test_those_handed_in_before_are_listed(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)
    take(client, page)

    listed = client.get(reverse("desk:workbooks", args=[Q2]))

    assertContains(listed, address(page))
    assertContains(listed, "1 entry taken over")
    done = client.get(address(page))
    assertContains(done, made.stock.indicator.name)
    assert client.get(f"{address(page)}marked.xlsx").status_code == 404


# Taking back


@pytest.fixture
def taken(client, made, book):
    """A convener had entered 11; the officer's workbook says 12 and more."""
    convener = make.holder_of(Role.CONVENER, made.place)
    change = {"status": "on_hold", "percent": 10, "released": None, "spent": None}
    change |= {"due_on": None, "reason": ""}
    typed(made.place, Q2, [given(11_00)], by=convener, changes=[change], done="Theirs.")
    book = downloaded(client)
    book.figure(made.stock, 12)
    book.figure(made.other, 13)
    book.words(made.place, done="Mine.", help_needed="A generator.")
    book.action(made.action, status="Not started", percent=0)
    page = tried(client, book)
    take(client, page)
    assert not ActionEntry.objects.exists()
    return page


def test_taken_back_everything_stands_as_before(client, made, taken):
    response = take(client, taken, undo="yes")

    assertContains(response, "Everything stands again as it did before.")
    first = entry(made.place, made.stock)
    assert first.value == 11_00
    assert first.entered_by.role == Role.CONVENER
    assert entry(made.place, made.other) is None
    stored = report(made.place)
    assert (stored.done, stored.help_needed) == ("Theirs.", "")
    action = ActionEntry.objects.get()
    assert (action.status, action.entered_by.role) == ("on_hold", Role.CONVENER)
    assert FilledWorkbook.objects.get().undone_at


def test_taken_back_twice_is_once(client, made, taken):
    take(client, taken, undo="yes")
    typed(made.place, Q2, [given(14_00)])

    take(client, taken, undo="yes")

    assert value(made.place, made.stock) == 14_00


@pytest.mark.parametrize("what", ["changed", "filed", "left"])
def test_what_was_touched_since_is_not_taken_back(client, made, taken, what):
    if what == "changed":
        typed(made.place, Q2, [given(14_00)])
    elif what == "filed":
        filed(made.place, Q2, [given(12_00)])
    else:
        made.officer.appointments.update(until="2026-11-20")

    response = take(client, taken, undo="yes")

    assertContains(response, "Nothing is taken back.")
    assert report(made.place).help_needed == "A generator."
    assert FilledWorkbook.objects.get().undone_at is None


def test_others_may_have_changed_other_things(client, made, taken):
    typed(made.place, Q2, [], next_steps="Something else.")

    take(client, taken, undo="yes")

    stored = report(made.place)
    assert (stored.done, stored.next_steps) == ("Theirs.", "Something else.")
