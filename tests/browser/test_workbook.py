"""A workbook goes out, is filled, comes back, is taken over and taken back."""

from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from portal.periods import Quarter
from portal.sheets import XLSX
from tests.actionplans.workbooks import ACTIONS, FIGURES, WORDS, Filled
from tests.browser.test_every_page import PHONES, judge

QUARTER = Quarter.last_due(timezone.localdate())
PAGE = f"/desk/reports/{QUARTER.code}/workbooks/"


def filled(book):
    """One figure that cannot be read, an intervention, and a sentence."""
    figures, actions, words = map(book.page, (FIGURES, ACTIONS, WORDS))
    figure = figures.cell(3, book.columns(FIGURES)["figure"])
    figure.value = "1 2"
    actions.cell(3, book.columns(ACTIONS)["percent"]).value = 77
    words.cell(3, book.columns(WORDS)["done"]).value = "The committee met."
    return figure


def hand_in(officer, book):
    officer.open(PAGE)
    officer.attach("The filled workbook", "filled.xlsx", XLSX, book.saved())
    officer.press("See what it would change")
    expect(officer.page.locator("h1")).to_have_text("What the workbook would change")


def test_a_workbook_is_mended_taken_over_and_taken_back(official):
    """The officer hands in a workbook with a slip, reads where it is, mends it, takes
    the rest over, and changes his mind.
    """
    officer = official("ra.guwahati")
    officer.open(PAGE)
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Workbook of").click()
    book = Filled(Path(download.value.path()).read_bytes())
    figure = filled(book)

    hand_in(officer, book)
    main = officer.page.locator("main")
    expect(main).to_contain_text(f"Figures!{figure.coordinate}")
    expect(main).to_contain_text("“1 2” is not a number")
    assert judge(officer, PHONES[0]) == []

    figure.value = None
    hand_in(officer, book)
    assert judge(officer) == []
    officer.page.get_by_role("button", name="Take over").click()
    officer.expect_said("taken over. Nothing is filed yet.")
    assert judge(officer, PHONES[0]) == []

    officer.press("Take it back")
    officer.expect_said("Everything stands again as it did before.")
