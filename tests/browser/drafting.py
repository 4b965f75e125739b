"""How the convener of Moradabad writes a plan, one page after the other."""

import re

from playwright.sync_api import expect

from portal.periods import financial_year_label, last_day_of_year

SECTIONS = range(1, 12)
PRODUCTS = ["Moradabad metal craft", "Honey"]
YEARS = 3


def text_of(subject):
    """Long enough for the gate, which counts a hundred characters."""
    return (
        f"{subject}: what the offices of the district know of it, what they have agreed"
        " to do about it, and where somebody else can look it up."
    )


def write_plan(convener, year):
    """The address of the plan, with nothing missing any more."""
    plan = start_plan(convener, year)
    expect_gate(convener, "12 things before it can be submitted")
    for number in SECTIONS:
        write_section(convener, plan, number)
    for product in PRODUCTS:
        choose_product(convener, plan, product)
    expect_gate(convener, "6 things before it can be submitted")
    add_bottleneck(convener, plan)
    for product in PRODUCTS:
        add_intervention(convener, plan, product, year)
        add_short_target(convener, plan, product, year)
        add_longer_target(convener, plan, product, year)
    expect_gate(convener, "4 things before it can be submitted")
    for _unusual in PRODUCTS:
        answer_question(convener, plan)
    expect_gate(convener, "Nothing is missing: it can be submitted")
    return plan


def start_plan(convener, year):
    convener.follow("Start the plan")
    convener.choose(
        {
            "First financial year": financial_year_label(year),
            "Last financial year": financial_year_label(year + YEARS - 1),
        }
    )
    convener.press("Start the plan")
    expect(convener.page.get_by_role("heading", level=2).first).to_contain_text(
        "District profile"
    )
    return re.sub(r"sections/.*", "", convener.path)


def expect_gate(convener, heading):
    gate = convener.page.get_by_role("complementary").get_by_role("heading")
    expect(gate).to_have_text(heading)


def write_section(convener, plan, number):
    convener.open(f"{plan}sections/{number}/")
    convener.fill({"Text": text_of(f"Section {number}")})
    convener.press("Save")
    convener.expect_said("The section is saved.")


def choose_product(convener, plan, product):
    convener.open(f"{plan}sections/3/")
    convener.follow("Add a product")
    convener.choose({"Product": product})
    convener.press("Save")
    expect(convener.page.get_by_role("row", name=product)).to_be_visible()


def add_bottleneck(convener, plan):
    convener.open(f"{plan}sections/4/")
    convener.follow(f"Add a bottleneck: {PRODUCTS[0]}")
    convener.choose({"Category": "Standards and testing", "Severity": "Stops exports"})
    convener.fill({"What stands in the way": "No laboratory tests lead in brass."})
    convener.press("Save")
    convener.expect_said("is saved")


def add_intervention(convener, plan, product, year):
    convener.open(f"{plan}sections/6/")
    convener.follow(f"Add an intervention: {product}")
    convener.fill(
        {
            "Action": f"Open a laboratory that tests {product}.",
            "Due": last_day_of_year(year + 1),
            "Budget": "85 lakh",
        }
    )
    convener.choose({"Lead agency": "District Industries Centre"})
    convener.press("Save")
    convener.expect_said("is saved")


def add_short_target(convener, plan, product, year):
    add_target(
        convener,
        plan,
        product,
        {
            "Indicator": "People trained (persons)",
            "Baseline": 0,
            "Baseline as on": last_day_of_year(year - 1),
            "Goal": 400,
            "Reached by": last_day_of_year(year),
        },
    )


def add_longer_target(convener, plan, product, year):
    """With marks for the two years between."""
    add_target(
        convener,
        plan,
        product,
        {
            "Indicator": "Production by weight (tonnes)",
            "Baseline": 300,
            "Baseline as on": last_day_of_year(year - 1),
            "Goal": 600,
            "Reached by": last_day_of_year(year + 2),
            financial_year_label(year): 400,
            financial_year_label(year + 1): 500,
        },
    )


def answer_question(convener, plan):
    """The sentence of the gate leads to the field in which it is answered."""
    convener.open(f"{plan}sections/7/")
    gate = convener.page.get_by_role("complementary")
    gate.get_by_role("link", name=re.compile("^Say why, for")).first.click()
    convener.fill({"Answer to the questions": "A second shift begins in April."})
    convener.press("Save")
    convener.expect_said("is saved")


def add_target(convener, plan, product, said):
    convener.open(f"{plan}sections/7/")
    convener.follow(f"Add a target for {product}")
    convener.choose(
        {
            "Indicator": said.pop("Indicator"),
            "Owner agency": "District Industries Centre",
        }
    )
    convener.fill(
        {
            "Source of the baseline": "Returns of the units to the DIC",
            "Means of verification": "Registers of the DIC",
            **said,
        }
    )
    convener.press("Save")
    convener.expect_said("is saved")
