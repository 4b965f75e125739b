"""Suggestions under the search box, where there is JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.test_every_page import judge


@pytest.mark.parametrize("path", ["/", "/search/?q=honey"])
def test_a_suggestion_is_reached_by_keyboard(visit, path):
    reader = visit()
    reader.open(path)
    page, keyboard = reader.page, Keyboard(reader)
    box = page.get_by_role("searchbox")

    keyboard.tab_to(box)
    box.fill("")
    page.wait_for_function("window.htmx")
    keyboard.type("tume")
    link = page.locator("#suggestions").get_by_role("link", name="Turmeric").first
    expect(link).to_be_visible()
    expect(page.locator("#suggestion-count")).to_have_text(
        "6 suggestions below the search box"
    )
    assert judge(reader) == []
    keyboard.tab_to(link)
    keyboard.enter()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Turmeric")


def test_suggestions_are_no_trap(visit):
    """Escape puts them away and keeps what was typed; leaving hides them."""
    reader = visit()
    reader.open("/hi/")
    page = reader.page
    box, found = page.get_by_role("searchbox"), page.locator("#suggestions a")

    box.focus()
    page.wait_for_function("window.htmx")
    box.press_sequentially("morad")
    expect(found.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(found).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("morad")

    box.press_sequentially("a")
    expect(found.first).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(found.first).to_be_hidden()


def test_nothing_fetches_suggestions_until_somebody_comes_to_the_box(visit):
    reader = visit()
    reader.open("/")

    assert reader.page.evaluate("window.htmx") is None
