"""The whole life of a plan, told by those who take its steps."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actionplans.demo.accounts import PASSWORD
from portal.periods import Quarter
from tests import pdfs
from tests.browser import drafting

MORADABAD, THOOTHUKKUDI = "uttar-pradesh/moradabad", "tamil-nadu/thoothukkudi"
PDF = "application/pdf"


@pytest.fixture
def today():
    return timezone.localdate()


def test_from_the_first_word_to_the_first_report(official, visit, today):
    """Moradabad has no plan. Its convener writes one for brassware and honey, with
    the gate saying what is missing; an officer of the Regional Authority sends it back
    once, a second one assesses it; the committee meets, its chair adopts; the first
    officer publishes it and files the quarter; and a stranger reads all of it.
    """
    convener, officer = official("convener.moradabad.up"), official("ra.moradabad")
    quarter = Quarter.last_closed(today)
    plan = drafting.write_plan(convener, quarter.financial_year)

    take(convener, plan, "Submit for assessment")
    convener.expect_said("The plan is submitted")
    return_it(officer, plan)
    mend_and_submit_again(convener, plan)
    assess(official("ra.moradabad.2"), plan)
    record_meeting(convener, MORADABAD, today)
    record_adopting_decision(convener)
    adopt(official("chair.moradabad.up"), plan)
    publish(officer, plan)
    file_quarter(officer, MORADABAD, quarter)

    read_as_a_stranger(visit(), quarter)


def test_an_adoption_without_an_account_of_the_chair(official, today):
    """The chair of Thoothukkudi has no time for portals: the convener records the
    adoption with the signed minutes, and the State's officer vouches for it.
    """
    convener, state = official("convener.thoothukkudi.tn"), official("state.tamil-nadu")
    plan = convener.only_plan()
    convener.open(plan)
    expect(convener.page.locator("main")).to_contain_text("attach the signed minutes")

    record_meeting(convener, THOOTHUKKUDI, today)
    attach_minutes(convener)
    record_adopting_decision(convener)
    take(convener, plan, "Record the adoption")
    convener.expect_said("The adoption is recorded and waits to be confirmed.")
    state.open("/desk/")
    expect(state.page.locator("main")).to_contain_text("Confirm the adoption")
    take(state, plan, "Confirm the adoption")

    state.expect_said("The adoption is confirmed and the plan is sealed.")
    expect(state.page.locator("main")).to_contain_text("version 1")


def take(visitor, plan, step, fill_in=lambda visitor: None):
    """Open the plan, choose the step, say what it asks, read it again, confirm."""
    visitor.open(plan)
    visitor.follow(step)
    fill_in(visitor)
    visitor.press("Continue")
    expect(visitor.page.get_by_role("heading", name=f"Confirm: {step}")).to_be_visible()
    visitor.press(step)


def return_it(officer, plan):
    """Nothing may be left unsaid: the first try lacks the reason."""
    officer.open(plan)
    officer.follow("Return to the district")
    officer.press("Continue")
    expect(officer.page.get_by_role("alert")).to_contain_text(
        "Tick what must be mended."
    )
    officer.answer("What must be mended", "A baseline is missing or unsourced")
    officer.fill({"Why": "Say from which book the exports of brassware are taken."})
    officer.press("Continue")
    confirm = officer.page.get_by_role("heading", name="Confirm: Return")
    expect(confirm).to_be_visible()
    officer.press("Return to the district")
    officer.expect_said("The plan is returned.")


def mend_and_submit_again(convener, plan):
    convener.open(plan)
    reasons = convener.page.get_by_role("row", name="Return to the district")
    expect(reasons).to_contain_text("from which book the exports of brassware")
    convener.follow("Write its sections")
    convener.follow("10. District export data, complete")
    convener.fill({"Text": drafting.text_of("The book of shipping bills at Moradabad")})
    convener.press("Save")
    convener.expect_said("The section is saved.")
    take(convener, plan, "Submit for assessment")
    convener.expect_said("The plan is submitted")


def assess(officer, plan):
    def answer_all(visitor):
        for question in visitor.page.locator("fieldset fieldset").all():
            question.get_by_label("Yes").check()

    take(officer, plan, "Record the assessment", answer_all)
    officer.expect_said("the plan waits for the committee")


def record_meeting(visitor, place, day):
    visitor.open(f"/desk/districts/{place}/committee/")
    visitor.follow("Record a meeting held")
    visitor.fill({"Notice sent on": day - dt.timedelta(days=7), "Held on": day})
    visitor.choose({"Mode": "In person"})
    visitor.answer("1. Chair", "Present")
    visitor.answer("2. Co-chair: Regional Authority", "By a delegate")
    visitor.answer("3. Convener: District Industries Centre", "Present")
    visitor.press("Save")
    expect(visitor.page.locator("main")).to_contain_text("With quorum.")


def attach_minutes(visitor):
    """What is no PDF is refused, whatever its name says."""
    visitor.follow("Attach the signed minutes")
    send_minutes(visitor, b"GIF89a")
    expect(visitor.page.get_by_role("alert")).to_contain_text("This is no PDF")
    send_minutes(visitor, pdfs.plain("The minutes, signed."))
    visitor.expect_said("The minutes are attached.")


def send_minutes(visitor, content):
    minutes = {"name": "minutes.pdf", "mimeType": PDF, "buffer": content}
    visitor.field("Signed minutes").set_input_files(minutes)
    visitor.press("Save")


def record_adopting_decision(visitor):
    visitor.follow("Record a decision")
    visitor.answer("Kind", "The plan is adopted")
    visitor.fill({"Decision": "The committee adopts the plan as it was assessed."})
    visitor.press("Save")
    visitor.expect_said("The decision is recorded.")


def adopt(chair, plan):
    """Who signed in long ago is asked for the password again."""
    chair.open(f"/accounts/reauthenticate/?next={plan}adopt/")
    chair.fill({"Password": PASSWORD})
    chair.press("Continue")
    chair.expect_at(f"{plan}adopt/")
    take(chair, plan, "Adopt")
    chair.expect_said("The plan is adopted and sealed.")
    expect(chair.page.locator("main")).to_contain_text("version 1")


def publish(officer, plan):
    take(officer, plan, "Publish")
    officer.expect_said("The plan is published and in force.")


def file_quarter(officer, place, quarter):
    """A figure, a change, a line; saving files nothing, reading it once more does."""
    officer.open(f"/desk/districts/{place}/reports/{quarter.code}/")
    rows = officer.page.locator("table.grid [data-row]")
    expect(rows).not_to_have_count(0)
    for row in rows.all():
        row.get_by_role("textbox").first.fill("400")
    officer.fill({"What was done": "The testing laboratory has found its building."})
    officer.press("Save and check")
    expect(officer.page.locator("main")).to_contain_text("Read it once more")
    officer.press("File the report")
    officer.expect_said("The report is filed and public from now on.")


def read_as_a_stranger(stranger, quarter):
    stranger.open(f"/districts/{MORADABAD}/")
    page = stranger.page.locator("main")
    expect(page).to_contain_text("Updated today by RA Moradabad")
    expect(page).to_contain_text(f"the report for {quarter} was filed")
    targets = page.get_by_role("row", name="People trained")
    expect(targets).to_have_count(len(drafting.PRODUCTS))
    for target in targets.all():
        expect(target).to_contain_text("Achieved")
    record = page.get_by_role("region", name="Adoption record")
    expect(record).to_contain_text("3 of 13 seats present")
    expect(record).to_contain_text("SHA-256 of the whole plan as adopted")
    stranger.follow("Read the whole plan")
    expect(page).to_contain_text(drafting.text_of("Section 1"))
