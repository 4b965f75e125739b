"""Nothing needs JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import drafting


@pytest.fixture
def without_script():
    return {"java_script_enabled": False}


def test_the_public_pages_work_without_script(visit, without_script):
    """Search from home; narrow the list of districts, and widen it again."""
    reader = visit(**without_script)
    page, heading = reader.page, reader.page.get_by_role("heading", level=1)
    reader.open("/")
    page.get_by_role("searchbox").fill("turmeric")
    reader.press("Search")
    expect(
        page.locator("main").get_by_role("link", name="Turmeric").first
    ).to_be_visible()

    reader.open("/districts/")
    expect(heading).to_have_text("791 districts")
    page.locator("summary").filter(has_text="State or Union Territory").click()
    page.get_by_role("link", name=re.compile("^Goa")).click()
    expect(heading).to_have_text("3 districts")
    reader.follow("Show all")
    expect(heading).to_have_text("791 districts")


def test_the_desk_works_without_script(official, without_script):
    """Sign in and write a section of a plan."""
    convener = official("convener.kamrup-metropolitan.as", **without_script)
    plan = convener.only_plan()
    drafting.write_section(convener, plan, 1)

    expect(convener.field("Text")).to_have_value(re.compile("^Section 1: "))
