"""A bottleneck goes from the Regional Authority to the committee and back."""

from playwright.sync_api import expect

QUESTION = "Which office of the district takes this up, and by when?"
ANSWER = "The District Industries Centre, before the end of the quarter."


def test_a_bottleneck_is_put_to_the_committee_answered_and_closed(official):
    """The officer finds it in the list of one district. Of the convener and the chair,
    who both have it open, the second is told that the first has answered, and keeps
    the words. The officer reads the answer and closes the matter.
    """
    officer = official("ra.patna")
    convener, chair = official("convener.darbhanga.br"), official("chair.darbhanga.br")
    officer.open("/desk/bottlenecks/?waiting=none&q=Darbhanga")
    officer.page.locator("tbody th a").first.click()
    address = officer.path
    officer.fill({"What you ask for": QUESTION})
    officer.press("Ask")
    expect(officer.page.locator("main")).to_contain_text("It is put to them")

    for one in (convener, chair):
        one.open(address)
        expect(one.page.locator("main")).to_contain_text(QUESTION)
        one.fill({"Your answer": ANSWER})
    convener.press("Answer")
    expect(convener.page.locator("main")).to_contain_text("Your answer is recorded.")
    chair.press("Answer")
    expect(chair.page.get_by_role("alert")).to_contain_text("Somebody else was faster")
    expect(chair.page.locator("blockquote")).to_have_text(ANSWER)

    officer.open("/desk/bottlenecks/?waiting=answered&q=Darbhanga")
    officer.page.locator(f'tbody th a[href="{address}"]').click()
    expect(officer.page.locator("main")).to_contain_text(ANSWER)
    officer.fill({"What came of it": "The office began in the same week."})
    officer.press("Close it")
    expect(officer.page.locator("main")).to_contain_text("It is closed.")
