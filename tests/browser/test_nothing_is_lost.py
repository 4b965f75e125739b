"""What an official typed stays, whatever happens between typing and saving."""

import re

from playwright.sync_api import expect

from tests.browser import drafting

CONVENER = "convener.kamrup-metropolitan.as"
MINE, THEIRS = map(drafting.text_of, ["The river port", "The airport"])
SAVED = "The section is saved."


def test_a_lost_session_loses_no_text(official):
    """The session ends while a section is typed: after signing in, it is offered to be
    sent again, and then it is saved.
    """
    convener = official(CONVENER)
    page, section = convener.page, convener.only_plan() + "sections/1/"
    convener.open(section)
    convener.fill({"Text": MINE})
    convener.context.clear_cookies(name="sessionid")
    convener.press("Save")
    expect(page).to_have_title(re.compile("^Sign in "))

    convener.fill_in_sign_in(CONVENER)
    expect(page.get_by_role("heading", level=1)).to_have_text("What you typed is kept")
    expect(page.locator("main")).to_contain_text(MINE)
    convener.press("Send it again")

    convener.expect_said(SAVED)
    convener.expect_at(section)
    expect(convener.field("Text")).to_have_value(MINE)


def test_of_two_writers_the_second_is_told(official):
    """Both have the section open. The second to save sees what the first has stored,
    keeps what was typed, and may save it all the same.
    """
    first, second = official(CONVENER), official("ra.guwahati")
    section = first.only_plan() + "sections/1/"
    for writer, text in {first: THEIRS, second: MINE}.items():
        writer.open(section)
        writer.fill({"Text": text})
    first.press("Save")
    first.expect_said(SAVED)
    second.press("Save")

    main = second.page.locator("main")
    expect(main).to_contain_text("Somebody else saved this meanwhile.")
    stored = main.locator(".note").filter(has_text="Stored now by somebody else")
    expect(stored).to_contain_text(THEIRS)
    expect(second.field("Text")).to_have_value(MINE)
    second.press("Save")
    second.expect_said(SAVED)
    expect(second.field("Text")).to_have_value(MINE)
