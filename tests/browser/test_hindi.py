"""The portal in Hindi, from the home page to the worklist."""

from django.utils.translation import gettext as _
from django.utils.translation import override
from playwright.sync_api import expect

# Words that stand on the English home page and in no name.
ENGLISH = r"\b(adopted|by|committee|districts?|of|plans?|reports?|search|stage|the)\b"
# Names without Hindi stand in English and are marked as such.
ENGLISH_IN_MAIN = """words => {
    const main = document.querySelector("main").cloneNode(true)
    main.querySelectorAll("[lang=en]").forEach(part => part.remove())
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    const found = []
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim()
        if (new RegExp(words, "i").test(text)) found.push(text)
    }
    return found
}"""


def test_a_reader_and_an_official_stay_in_hindi(visit):
    """Home, a district, the other language and back, sign in, worklist."""
    visitor = visit()
    page = visitor.page
    visitor.open("/hi/")
    expect_hindi(page)
    assert page.evaluate(ENGLISH_IN_MAIN, ENGLISH) == []

    page.get_by_role("searchbox").fill("मुरादाबाद")
    page.get_by_role("searchbox").press("Enter")
    page.locator("main").get_by_role("link", name="मुरादाबाद").first.click()
    visitor.expect_at("/hi/districts/uttar-pradesh/moradabad/")
    expect_hindi(page)
    visitor.follow("English")
    visitor.expect_at("/districts/uttar-pradesh/moradabad/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visitor.follow("हिन्दी")
    visitor.expect_at("/hi/districts/uttar-pradesh/moradabad/")

    page.get_by_role("banner").locator("a[href='/hi/desk/']").click()
    expect_hindi(page)
    with override("hi"):
        labels = {"address": _("E-mail address"), "password": _("Password")}
    visitor.fill_in_sign_in("ra.moradabad", **labels)
    visitor.expect_at("/hi/desk/")
    expect_hindi(page)


def expect_hindi(page):
    """Said by the page, and true of its heading."""
    expect(page.locator("html")).to_have_attribute("lang", "hi")
    devanagari = page.get_by_role("heading", level=1).filter(has_text="ा")
    expect(devanagari).to_be_visible()
