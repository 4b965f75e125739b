"""Somebody who has no mouse."""

import pytest

MOST_STOPS = 400
# Where the focus is, whether it shows, and whether anything lies over it.
FOCUS = """wanted => {
    const at = document.activeElement
    const style = getComputedStyle(at)
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
    const box = at.getBoundingClientRect()
    const middle = [box.x + box.width / 2, box.y + box.height / 2]
    const over = document.elementFromPoint(...middle)
    return {
        arrived: at === wanted,
        shows: at === document.body || ring || style.boxShadow !== "none",
        covered: over && !at.contains(over) && !over.contains(at),
        name: at.outerHTML.slice(0, 120),
    }
}"""


class Keyboard:
    def __init__(self, visitor):
        self.page = visitor.page

    def tab_to(self, locator):
        """From stop to stop; at each, one must see where one is."""
        wanted = locator.element_handle()
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS, wanted)
            assert focus["shows"], f"The focus does not show on {focus['name']}"
            assert not focus["covered"], f"Something lies over {focus['name']}"
            if focus["arrived"]:
                return
        pytest.fail(f"No key leads to {locator}")

    def type(self, text):
        self.page.keyboard.type(text)

    def enter(self):
        """Follow or send what has the focus, and wait for the page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
