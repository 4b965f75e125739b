"""Workbooks as programs and people leave them: what is read all the same."""

import datetime as dt

import pytest
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from portal.terms import Role
from tests import make
from tests.actionplans import workbook_quirks as quirks
from tests.actionplans.quarters import Q2, in_force
from tests.actionplans.workbooks import (
    ACTIONS,
    FIGURES,
    WORDS,
    Filled,
    address,
    changes,
    downloaded,
    faults,
    tried,
    value,
)

pytestmark = pytest.mark.django_db


def take(client, page):
    keys = [item.key for item in page.context["trial"].items]
    return client.post(address(page), {"right": keys}, follow=True)


# What is written into cells


def test_words_keep_their_lines(client, made, book):
    book.words(made.place, done=" First.\r\nSecond. ", next_steps=2027)

    page = tried(client, book)

    assert changes(page) == {
        "What was done": ("nothing", "First.\nSecond."),
        "What comes next": ("nothing", "2027"),
    }


def test_what_is_no_number_is_named_with_its_cell(client, made, book):
    book.figure(made.stock, "1 2")
    place = book.cell(FIGURES, str(made.stock.line_id), "figure").coordinate

    page = tried(client, book)

    sentence = "“1 2” is not a number. Write it like 12,34,567 or 1234.5."
    assert faults(page) == [f"Figures!{place}: {sentence}"]


def test_an_error_of_the_program_is_named(client, made, book):
    book.figure(made.stock, "#REF!")

    assert "The cell shows the error #REF!." in faults(tried(client, book))[0]


def test_what_a_cell_shows_as_per_cent_is_read_so(client, made, book):
    cell = book.cell(ACTIONS, str(made.action.line_id), "percent")
    cell.value, cell.number_format = 0.45, "0%"
    assert changes(tried(client, book))[made.action.action][1] == "Not started, 45 %"

    cell = book.cell(FIGURES, str(made.stock.line_id), "figure")
    cell.value, cell.number_format = 0.45, "0%"
    assert "“45 %” is not a number" in faults(tried(client, book))[0]


# Rows and columns


def test_rows_that_are_deleted_are_left_alone(client, made, book):
    book.figure(made.other, 12)
    book.page(FIGURES).delete_rows(book.row(FIGURES, str(made.stock.line_id)))

    assert list(changes(tried(client, book))) == [made.other.indicator.name]


def test_sheets_that_are_deleted_are_left_alone(client, made, book):
    book.words(made.place, done="A laboratory.")
    del book.book["Figures"]
    del book.book["Interventions"]
    del book.book["Read me"]

    assert list(changes(tried(client, book))) == ["What was done"]


def test_rows_and_columns_that_are_added_are_left_alone(client, made, book):
    book.figure(made.stock, 12)
    page = book.page(FIGURES)
    page.insert_cols(3, 2)
    page.insert_rows(1, 2)
    page["A1"] = "Notes of my own"
    page.cell(page.max_row + 2, 1, "Sum")

    assert list(changes(tried(client, book))) == [made.stock.indicator.name]


def test_whole_rows_may_be_sorted(client, made, book):
    book.figure(made.stock, 12)
    page = book.page(FIGURES)
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    for number, values in enumerate(reversed(rows), start=3):
        for column, said in enumerate(values, start=1):
            page.cell(number, column).value = said

    assert list(changes(tried(client, book))) == [made.stock.indicator.name]


def test_rows_sorted_only_in_part_are_named(client, made, book):
    book.figure(made.stock, 12)
    name = book.cell(FIGURES, str(made.stock.line_id), "indicator")
    name.value = made.other.indicator.name

    (fault,) = faults(tried(client, book))

    assert fault.startswith(f"Figures!{name.coordinate}: The row says")


def test_a_row_of_another_district_in_name_is_named(client, made, book):
    cell = book.cell(WORDS, made.place.pk, "district")
    cell.value = "Dhubri"

    assert faults(tried(client, book))[0].startswith(f"In words!{cell.coordinate}: ")


def test_a_row_added_by_hand_is_named(client, made, book):
    page = book.page(FIGURES)
    last = page.max_row + 1
    page.cell(last, book.columns(FIGURES)["figure"]).value = 12

    (fault,) = faults(tried(client, book))

    assert fault.startswith(f"Figures!{last}: This row was added by hand")


def test_a_row_copied_with_another_figure_is_named(client, made, book):
    page = book.page(FIGURES)
    book.figure(made.stock, 12)
    number, last = book.row(FIGURES, str(made.stock.line_id)), page.max_row + 1
    for column in range(1, page.max_column + 1):
        page.cell(last, column).value = page.cell(number, column).value
    assert faults(tried(client, book)) == []

    page.cell(last, book.columns(FIGURES)["figure"]).value = 13

    (fault,) = faults(tried(client, book))
    place = book.cell(FIGURES, str(made.stock.line_id), "figure").coordinate
    assert f"Figures!{place} is about the same" in fault


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("line", "abc", "does not ask for this"),
        ("line", None, "does not ask for this"),
        ("district-key", "abc", "hidden columns of this row were changed"),
        ("district-key", 1_000_000, "not in your charge"),
        ("quarter", 20261, "does not belong to Q2 2026-27"),
        ("quarter", None, "hidden columns of this row were changed"),
    ],
)
def test_a_row_whose_identifiers_were_changed_is_named(
    client, made, book, key, typed, sentence
):
    line = str(made.stock.line_id)
    number = book.row(FIGURES, line)
    book.put(FIGURES, line, figure=12)
    book.cell(FIGURES, line, key).value = typed

    (fault,) = faults(tried(client, book))

    assert fault.startswith(f"Figures!{number}: ")
    assert sentence in fault


@pytest.mark.parametrize(
    "stamp", ["[1, 2]", '["a",{},[],"b",{},1,[]]', "x", '{"a": 1}']
)
def test_a_stamp_of_somebody_else_is_asked_about(client, made, book, stamp):
    book.figure(made.stock, 12, was=stamp)

    (item,) = tried(client, book).context["trial"].items

    assert item.is_clash


def test_merged_cells_are_named(client, made, book):
    page, column = book.page(FIGURES), book.columns(FIGURES)["figure"]
    letter = get_column_letter(column)
    page.cell(3, column).value = 12
    page.merge_cells(f"{letter}3:{letter}4")

    (fault,) = faults(tried(client, book))

    assert fault.startswith(f"Figures!{letter}4: The cell is merged")


def test_merged_names_do_no_harm(client, made, book):
    book.figure(made.stock, 12)
    page = book.page(FIGURES)
    page.merge_cells(f"B3:B{page.max_row}")

    assert list(changes(tried(client, book))) == [made.stock.indicator.name]


def test_one_cell_at_the_end_of_the_sheet_makes_no_million_rows(client, made, book):
    book.figure(made.stock, 12)
    book.page(FIGURES)["XFD1048576"] = " "

    assert list(changes(tried(client, book))) == [made.stock.indicator.name]


# Formulas, and how programs save


def test_of_a_formula_the_value_counts(client, made, book):
    book.figure(made.stock, "=10+2")
    place = book.cell(FIGURES, str(made.stock.line_id), "figure").coordinate

    page = tried(client, quirks.with_values(book.saved(), {place: "12"}))
    take(client, page)

    assert value(made.place, made.stock) == 12_00


def test_a_formula_without_its_value_is_named(client, made, book):
    book.figure(made.stock, "=10+2")
    place = book.cell(FIGURES, str(made.stock.line_id), "figure").coordinate

    (fault,) = faults(tried(client, book))

    assert fault.startswith(f"Figures!{place}: The formula in this cell was saved")


@pytest.mark.parametrize("quirk", sorted(quirks.ALL))
def test_what_programs_do_to_a_workbook_changes_nothing(client, made, book, quirk):
    """Nothing touched reads as nothing changed, and one figure as one change."""
    content = quirks.ALL[quirk](book.saved())
    assert changes(tried(client, content)) == {}

    book.figure(made.stock, "12,345")
    book.action(made.action, due_on=dt.date(2027, 8, 31), reason="Rain.")
    page = tried(client, quirks.ALL[quirk](book.saved()))

    assert faults(page) == []
    assert set(changes(page)) == {made.stock.indicator.name, made.action.action}
    assert changes(page)[made.stock.indicator.name][1].startswith("12,345")


def test_comments_and_pictures_do_no_harm(client, made, book):
    cell = book.cell(FIGURES, str(made.stock.line_id), "figure")
    cell.value, cell.comment = 12, Comment("From the register.", "Me")

    assert list(changes(tried(client, book))) == [made.stock.indicator.name]


def test_a_hindi_workbook_is_read_by_an_english_reader(client, made, book):
    hindi = Filled(client.get(f"/hi/desk/reports/{Q2.code}/workbook.xlsx").getvalue())
    assert changes(tried(client, hindi)) == {}

    hindi.figure(made.stock, instead="उपलब्ध नहीं")

    assert list(changes(tried(client, hindi))) == [made.stock.indicator.name]


def test_a_row_of_a_district_of_others_is_named(client, made, on_day):
    """Two districts were handed out; one has come under another office since."""
    ra = made.place.regional_authority()
    other = in_force(on_day, make.district("Dhubri", ra=ra)).district
    client.force_login(make.official(Role.RA_OFFICER, other))
    both = downloaded(client)
    both.words(other, done="x")
    both.words(made.place, done="y")
    other.jurisdictions.update(until=dt.date(2026, 11, 1))

    page = tried(client, both)

    assert all("not in your charge" in fault for fault in faults(page))
    assert list(changes(page)) == ["What was done"]
