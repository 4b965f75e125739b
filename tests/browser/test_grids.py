"""Grids under the hands of somebody who knows a spreadsheet, alone and with others."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.periods import Quarter

OFFICER = "ra.guwahati"
QUARTER = Quarter.last_closed(timezone.localdate()).code
GRID = f"/desk/reports/{QUARTER}/figures/product-exports/"
RATES = f"/desk/reports/{QUARTER}/figures/consignments-rejected/"
ACTIONS = f"/desk/reports/{QUARTER}/interventions/"
PASTE = """(cell, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    const how = {clipboardData, bubbles: true, cancelable: true}
    cell.dispatchEvent(new ClipboardEvent("paste", how))
}"""


@pytest.fixture
def officer(official):
    visitor = official(OFFICER)
    visitor.open(GRID)
    return visitor


def cells(visitor):
    return visitor.page.locator("table.grid input.cell")


def first_row(visitor):
    cell = visitor.page.locator("input.cell")
    return visitor.page.locator("tbody[data-row]").filter(has=cell).first


def column_of(visitor, *texts):
    """A column for every row from the first that can be written; filed ones are too."""
    rows = visitor.page.locator("tbody[data-row]").all()
    open_rows = [row.locator("input.cell").count() > 0 for row in rows]
    left = iter(texts)
    lines = [next(left, "") if is_open else "-" for is_open in open_rows]
    return "\n".join(lines[open_rows.index(True) :])


def expect_saved(visitor):
    expect(visitor.page.locator("#state")).to_contain_text("Saved ")


def test_keys_move_as_in_a_spreadsheet(officer):
    page, first, second = officer.page, cells(officer).nth(0), cells(officer).nth(1)

    first.fill("11")
    first.press("Enter")
    expect(second).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Enter")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Nil").first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("99")
    expect(first).to_have_value("99")
    page.keyboard.press("Escape")
    expect(first).to_have_value("11")


def test_the_cursor_waits_in_the_first_empty_field(officer):
    """And the heading stays where it is: the field is on the first screen or below."""
    empty = officer.page.locator("input.cell[autofocus]")

    expect(empty).to_be_focused()
    expect(empty).to_have_value("")


def test_from_part_to_whole_to_the_next_part(officer):
    officer.open(RATES)
    page = officer.page
    parts = page.locator("input.cell[name$=-numerator]")
    wholes = page.locator("input.cell[name$=-denominator]")

    parts.nth(0).fill("5")
    for field in (wholes.nth(0), parts.nth(1), wholes.nth(1)):
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(parts.nth(1)).to_be_focused()
    wholes.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("button[name=next]")).to_be_focused()


def test_a_row_saved_by_itself_is_counted_in_the_chooser(officer):
    chosen = officer.page.locator("#chosen option:checked")
    before = chosen.text_content()

    officer.page.locator("input.cell[autofocus]").fill("35")
    officer.page.keyboard.press("Enter")

    expect_saved(officer)
    expect(chosen).not_to_have_text(before)


def test_saving_goes_on_to_the_next_indicator(officer):
    here = officer.page.url
    officer.page.keyboard.type("36")

    officer.page.locator("button[name=next]").click()

    officer.expect_said("figures are entered.")
    assert officer.page.url != here


def test_a_column_is_pasted_saved_and_taken_back(officer):
    page, column = officer.page, cells(officer)
    was = [column.nth(at).input_value() for at in range(3)]

    column.nth(0).evaluate(PASTE, column_of(officer, "1,20,000", "-", "35.5"))

    expect(page.locator("#grid-pasted")).to_contain_text("Cells filled: 2; skipped: ")
    assert column.nth(1).input_value() == was[1]
    column.nth(0).focus()
    page.keyboard.press("Control+z")
    for at, value in enumerate(was):
        expect(column.nth(at)).to_have_value(value)

    column.nth(0).evaluate(PASTE, column_of(officer, "1,20,000", "nil", "35.5"))
    expect_saved(officer)
    officer.open(GRID)

    expect(cells(officer).nth(0)).to_have_value("1,20,000")
    expect(cells(officer).nth(1)).to_have_value("")
    expect(page.locator("input[name$=-nil]").nth(1)).to_be_checked()
    expect(cells(officer).nth(2)).to_have_value("35.5")


def test_an_odd_figure_is_asked_about_at_once(officer):
    row = first_row(officer)

    row.locator("input.cell").fill("-5")
    row.locator("input.cell").press("Enter")

    expect(row).to_contain_text("It is below zero.")
    expect(row).to_contain_text("To check")
    row.get_by_label("Note").fill("A refund.")
    officer.page.locator("#source").focus()
    expect(row).not_to_contain_text("It is below zero.")


def test_two_browsers_at_one_report(officer, official):
    """In different rows both are kept; in the same row the second is asked."""
    row = first_row(officer)
    report, anchor = row.locator("th a").get_attribute("href").split("#")
    other = official(OFFICER)
    other.open(report)
    theirs = other.page.locator(f"#{anchor}")

    row.locator("input.cell").fill("41")
    row.locator("input.cell").press("Enter")
    expect_saved(officer)
    other.field("What was done").fill("A fair was held.")
    theirs.locator("input.cell").fill("42")
    theirs.locator("input.cell").press("Enter")

    expect(theirs).to_contain_text("yours is not saved")
    expect(theirs.locator(".clash")).to_contain_text("41")
    expect(other.page.locator("#done .clash")).to_have_count(0)
    theirs.get_by_role("button", name="Save mine").click()
    expect(theirs.locator(".clash")).to_have_count(0)
    officer.open(report)
    expect(officer.field("What was done")).to_have_value("A fair was held.")
    value = officer.page.locator(f"#{anchor} input.cell")
    expect(value).to_have_value("42")


def test_without_a_connection_it_waits_and_is_saved_later(officer):
    page, cell = officer.page, cells(officer).nth(0)

    officer.context.set_offline(True)
    cell.fill("77")
    cell.press("Enter")
    expect(page.locator("#grid-offline")).to_be_visible()
    officer.context.set_offline(False)

    expect(page.locator("#grid-offline")).to_be_hidden()
    expect_saved(officer)
    officer.open(GRID)
    expect(cells(officer).nth(0)).to_have_value("77")


def test_interventions_are_changed_in_their_grid(officer):
    page = officer.page
    officer.open(ACTIONS)
    row = page.locator("tbody[data-row]").first

    row.get_by_label("Per cent done").fill("55")
    row.get_by_label("Why it moved").focus()
    page.locator("#main h1").click()
    expect_saved(officer)
    expect(row).to_contain_text("changed")
    row.get_by_label("New due date").fill("2031-01-31")
    page.locator("#main h1").click()

    expect(row).to_contain_text("Say why the due date moved.")


def test_the_grid_works_without_script(official):
    officer = official(OFFICER, java_script_enabled=False)
    officer.open(GRID)
    cells(officer).nth(0).fill("1 2")
    cells(officer).nth(1).fill("8")

    officer.press("Save")

    main = officer.page.locator("main")
    expect(main).to_contain_text("1 row is saved.")
    expect(cells(officer).nth(0)).to_have_value("1 2")
    cells(officer).nth(0).fill("12")
    officer.press("Save")
    officer.expect_said("Saved. Nothing is filed yet.")
