"""Without a mouse: every stop shows where one is, and everything can be reached."""

from playwright.sync_api import expect

from actionplans.demo.accounts import PASSWORD, email
from tests.browser.keyboard import Keyboard


def test_a_reader_finds_a_district(visit):
    """Past the menu by the skip link, into the search box, to the district."""
    reader = visit()
    reader.open("/")
    page, keyboard = reader.page, Keyboard(reader)

    keyboard.tab_to(page.get_by_role("link", name="Skip to main content"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keyboard.tab_to(page.get_by_role("searchbox"))
    keyboard.type("moradbad")
    keyboard.enter()
    keyboard.tab_to(page.locator("main").get_by_role("link", name="Moradabad").first)
    keyboard.enter()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Moradabad")


def test_an_officer_files_a_report(visit):
    """From the sign-in page to the filed report."""
    officer = visit()
    officer.open("/accounts/login/")
    page, keyboard = officer.page, Keyboard(officer)

    keyboard.tab_to(officer.field("E-mail address"))
    keyboard.type(email("ra.moradabad"))
    keyboard.tab_to(officer.field("Password"))
    keyboard.type(PASSWORD)
    keyboard.enter()
    untouched = page.get_by_role("row").filter(has_text="Not begun.")
    keyboard.tab_to(untouched.get_by_role("link").first)
    keyboard.enter()
    keyboard.tab_to(officer.field("What was done"))
    keyboard.type("Buyers from two countries came to see the workshops.")
    keyboard.tab_to(page.get_by_role("button", name="Save and check"))
    keyboard.enter()
    keyboard.tab_to(page.get_by_role("button", name="File the report"))
    keyboard.enter()

    officer.expect_said("The report is filed and public from now on.")
