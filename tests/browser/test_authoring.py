"""How a plan is written where there is script: saved while it is typed, row by row."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import drafting

CONVENER, RA = "convener.kamrup-metropolitan.as", "ra.guwahati"
MINE, THEIRS = map(drafting.text_of, ["The river port", "The airport"])
OFFLINE = "Not saved: no connection. What you typed is kept in this browser."
KEPT = "What you typed here was not saved then, and is kept in this browser."
UNTOUCHED = "Not changed since it was started."


@pytest.fixture
def convener(official):
    return official(CONVENER)


def open_section(visitor, number):
    address = f"{visitor.only_plan()}sections/{number}/"
    visitor.open(address)
    return address


def dock(visitor):
    return visitor.page.locator("#dock")


def look_now(visitor):
    """What the page does by itself every twenty seconds."""
    visitor.page.evaluate("window.dispatchEvent(new Event('online'))")


def test_a_text_saves_itself_while_it_is_typed(convener):
    """Nobody presses anything; the page opened again has the text."""
    address = open_section(convener, 1)
    convener.fill({"Text": MINE})

    expect(dock(convener)).to_contain_text("by you")
    convener.open(address)
    expect(convener.field("Text")).to_have_value(MINE)


def test_the_gate_follows_what_is_typed(convener):
    open_section(convener, 1)
    convener.fill({"Text": "Too short."})
    expect(dock(convener)).to_contain_text("1 thing before submitting")

    convener.fill({"Text": MINE})
    expect(dock(convener)).to_contain_text("Nothing is missing")
    expect(convener.page.locator("#outline")).to_contain_text("11 of 11")


def test_a_dead_line_loses_nothing(convener):
    """The line dies while somebody types, and the page is closed. Opened again, it
    offers what was typed; put back, it is saved.
    """
    address = open_section(convener, 1)
    convener.context.set_offline(True)
    convener.fill({"Text": MINE})
    expect(dock(convener).get_by_text(OFFLINE)).to_be_visible()
    convener.page.close()
    convener.context.set_offline(False)

    convener.page = convener.context.new_page()
    convener.open(address)
    expect(convener.page.get_by_text(KEPT)).to_be_visible()
    convener.press("Put it back")
    expect(convener.field("Text")).to_have_value(MINE)
    expect(dock(convener)).to_contain_text("by you")
    convener.open(address)
    expect(convener.field("Text")).to_have_value(MINE)
    expect(convener.page.get_by_text(KEPT)).to_be_hidden()


def test_what_was_kept_does_not_overwrite_what_somebody_saved_since(official, convener):
    plan = convener.only_plan()
    convener.open(f"{plan}sections/1/")
    convener.context.set_offline(True)
    convener.fill({"Text": MINE})
    expect(dock(convener).get_by_text(OFFLINE)).to_be_visible()
    convener.page.close()
    convener.context.set_offline(False)
    drafting.write_section(official(RA), plan, 1)

    convener.page = convener.context.new_page()
    convener.open(f"{plan}sections/1/")
    convener.press("Put it back")
    expect(convener.page.locator("#refused")).to_be_visible()
    convener.press("Save")
    main = convener.page.locator("main")
    expect(main).to_contain_text("Somebody else saved this meanwhile.")
    expect(convener.field("Text")).to_have_value(MINE)


def test_a_line_that_comes_back_saves_what_was_typed(convener):
    open_section(convener, 1)
    convener.context.set_offline(True)
    convener.fill({"Text": MINE})
    expect(dock(convener).get_by_text(OFFLINE)).to_be_visible()

    convener.context.set_offline(False)

    expect(dock(convener)).to_contain_text("by you")
    expect(dock(convener).get_by_text(OFFLINE)).to_be_hidden()


def test_a_server_that_cannot_answer_now_is_asked_again(convener):
    address = open_section(convener, 1)
    convener.page.route("**/sections/1/**", lambda route: route.fulfill(status=503))
    convener.fill({"Text": MINE})
    expect(dock(convener).get_by_text(OFFLINE)).to_be_visible()
    assert all("503" in complaint for complaint in convener.complaints)
    convener.complaints.clear()

    convener.page.unroute("**/sections/1/**")
    look_now(convener)

    expect(dock(convener)).to_contain_text("by you")
    convener.open(address)
    expect(convener.field("Text")).to_have_value(MINE)


def test_leaving_with_text_that_is_not_saved_is_asked_about(convener):
    open_section(convener, 1)
    convener.context.set_offline(True)
    convener.fill({"Text": MINE})
    expect(dock(convener).get_by_text(OFFLINE)).to_be_visible()
    asked = []
    convener.page.on("dialog", lambda one: (asked.append(one.type), one.dismiss()))

    convener.page.close(run_before_unload=True)
    convener.page.wait_for_timeout(500)

    assert asked == ["beforeunload"]
    expect(convener.field("Text")).to_have_value(MINE)


def test_two_people_in_one_plan_see_each_others_change(official, convener):
    """One has section 1 open while the other writes section 4: a sentence says so."""
    plan = convener.only_plan()
    convener.open(f"{plan}sections/1/")
    expect(dock(convener)).to_contain_text(UNTOUCHED)
    drafting.write_section(official(RA), plan, 4)

    look_now(convener)

    expect(dock(convener)).to_contain_text("changed section 4 at")
    convener.follow("Load the page again")
    expect(dock(convener)).not_to_contain_text("changed section 4 at")


def test_a_second_tab_cannot_overwrite_the_first_by_itself(convener):
    """Both tabs save while typed; the second is told, and Save shows both texts."""
    address = open_section(convener, 1)
    tab = convener.context.new_page()
    tab.goto(address)
    convener.fill({"Text": THEIRS})
    expect(dock(convener)).to_contain_text("by you")

    tab.get_by_label("Text", exact=True).fill(MINE)
    expect(tab.locator("#refused")).to_be_visible()
    tab.get_by_role("button", name="Save", exact=True).click()

    main = tab.locator("main")
    expect(main).to_contain_text("Somebody else saved this meanwhile.")
    expect(main.locator(".note").filter(has_text="Stored now by")).to_contain_text(
        THEIRS
    )
    expect(tab.get_by_label("Text", exact=True)).to_have_value(MINE)


def test_rows_are_written_by_keyboard_without_loading_the_page(convener):
    """Text that is being typed stays while a bottleneck is added, and the next one;
    the last is moved up, and the focus moves with it.
    """
    open_section(convener, 4)
    page = convener.page
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Add a bottleneck").first.press("Enter")
    expect(page.get_by_label("Category")).to_be_focused()
    for text, button in (("First row.", "Save and add another"), ("Second row.", "")):
        convener.choose({"Category": "Finance", "Severity": "Slows exports"})
        convener.fill({"What stands in the way": text})
        if button:
            convener.press(button)
            expect(page.get_by_label("What stands in the way")).to_have_value("")
        else:
            convener.press("Save")
        convener.expect_said(f"“{text}” is saved.")
    expect(page.get_by_role("link", name="Add a bottleneck").first).to_be_focused()

    up = page.get_by_role("button", name="Move up: Second row.")
    up.press("Enter")
    rows = page.locator("tbody").first.locator("th")
    expect(rows.nth(-2)).to_contain_text("Second row.")
    expect(up).to_be_focused()
    assert page.evaluate("window.sameDocument") is True


def test_a_row_with_a_mistake_stays_open_where_it_is(convener):
    open_section(convener, 4)
    convener.page.get_by_role("link", name="Add a bottleneck").first.click()
    convener.fill({"What stands in the way": "No laboratory."})
    convener.press("Save")

    expect(convener.page.locator("#row")).to_contain_text("This field is required.")
    expect(convener.page.get_by_label("Category")).to_be_focused()
    expect(convener.field("What stands in the way")).to_have_value("No laboratory.")


def test_a_row_typed_with_the_session_gone_is_offered_after_signing_in(convener):
    open_section(convener, 4)
    convener.page.get_by_role("link", name="Add a bottleneck").first.click()
    convener.choose({"Category": "Finance", "Severity": "Slows exports"})
    convener.fill({"What stands in the way": "Banks lend to nobody."})
    convener.context.clear_cookies(name="sessionid")
    convener.press("Save")
    expect(convener.page).to_have_title(re.compile("^Sign in "))

    convener.fill_in_sign_in(CONVENER)
    expect(convener.page.locator("main")).to_contain_text("Banks lend to nobody.")
    convener.press("Send it again")

    convener.expect_said("“Banks lend to nobody.” is saved.")


def test_a_link_among_the_rows_that_leads_to_another_section_goes_there(convener):
    open_section(convener, 7)
    convener.page.locator("#rows table a[href*='sections/6']").first.click()

    convener.page.wait_for_url("**/sections/6/#intervention-*")
    expect(convener.page.locator("h2").first).to_contain_text("6.")
    expect(convener.page.locator("#outline [aria-current]")).to_contain_text("6.")
