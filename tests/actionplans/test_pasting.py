"""Rows pasted from a sheet: understood, corrected, saved all together or not at all."""

import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import FundSource, Intervention
from actionplans.pasting import ALIKE, MOST_ROWS, Names
from portal.terms import Role
from tests import make

pytestmark = pytest.mark.django_db


def page(plan, kind="interventions"):
    return reverse("desk:part-paste", args=[plan.pk, kind])


def section(plan, number):
    return reverse("desk:plan-section", args=[plan.pk, number])


@pytest.fixture
def plan(client):
    """A draft from 2026-27 to 2030-31 on onions, and its convener at the desk."""
    made = make.draft(years=(2026, 2030))
    thing = make.product("Onion", name_hi="प्याज", other_names="Kanda|Pyaz")
    place = make.district_product(made.district, thing)
    made.products.create(
        line=make.new_line(made, type(made.products.model())),
        product=place.product,
        order=1,
    )
    make.agency("District Industries Centre")
    make.agency("Lead District Manager")
    FundSource.objects.create(name="Market Access Initiative")
    client.force_login(make.holder_of(Role.CONVENER, made.district))
    return made


def sheet(*rows):
    return "\n".join("\t".join(row) for row in rows)


def shown(client, plan, text, kind="interventions"):
    return client.post(page(plan, kind), {"sheet": text})


def as_sent(response, **changes):
    """What a browser would send from the page of pasted rows."""
    rows = response.context["rows"]
    sent = {"rows": rows[-1].number, "batch": str(response.context["batch"])}
    for row in rows:
        for cell in row.cells:
            sent[f"{row.prefix}-{cell.column.name}"] = cell.typed
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}


DIC = "District Industries Centre"
SHED = ["Onion", "Build a grading shed", DIC, "31/03/2027"]
MEASURED = [
    "Indicator",
    "Baseline",
    "Goal",
    "Source of the baseline",
    "Means of verification",
    "Owner agency",
]


def test_rows_are_shown_before_anything_is_saved(client, plan):
    response = shown(client, plan, sheet([*SHED, "85 lakh"]))

    assertContains(response, "Every row is understood. Nothing is saved yet.")
    assert not plan.interventions.exists()


def test_rows_that_are_understood_are_saved_together(client, plan):
    other = ["Pyaz", "Train sixty growers", "lead district manager", "2028-03-31"]
    response = shown(client, plan, sheet([*SHED, "1,20,00,000"], other))

    saved = client.post(page(plan), as_sent(response), follow=True)

    assertRedirects(saved, section(plan, 6))
    assertContains(saved, "2 rows are added.")
    first, second = plan.interventions.all()
    assert (first.budget, str(first.due_on)) == (1_20_00_000, "2027-03-31")
    assert first.lead.name == "District Industries Centre"
    assert (second.plan_product, second.order) == (plan.products.get(), 2)
    assert first.line.kind == "intervention"
    plan.refresh_from_db()
    assert plan.revision == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/03/2027", "2027-03-31"),
        ("31-03-2027", "2027-03-31"),
        ("1.4.2027", "2027-04-01"),
        ("2027-03-31", "2027-03-31"),
        ("३१/०३/२०२७", "2027-03-31"),
    ],
)
def test_days_are_read_as_people_write_them(client, plan, text, day):
    response = shown(client, plan, sheet([*SHED[:3], text]))

    client.post(page(plan), as_sent(response))

    assert str(plan.interventions.get().due_on) == day


@pytest.mark.parametrize(
    ("cell", "text", "sentence"),
    [
        (3, "31/02/2027", "Enter a valid date."),
        (3, "soon", "Enter a valid date."),
        (4, "much", "is not an amount of money"),
        (4, "-5 lakh", "A budget is not below zero."),
        (1, "", "This field is required."),
        (0, "Marble", "There is no “Marble”."),
        (2, "Space agency", "There is no “Space agency”."),
    ],
)
def test_each_wrong_cell_says_what_is_wrong_and_nothing_is_saved(
    client, plan, cell, text, sentence
):
    row = [*SHED, "85 lakh"]
    row[cell] = text
    response = shown(client, plan, sheet(SHED, row))
    assertContains(response, sentence)
    assertContains(response, "1 thing is not clear yet")

    again = client.post(page(plan), as_sent(response))

    assertContains(again, sentence)
    assert not plan.interventions.exists()


def test_a_cell_is_corrected_in_place(client, plan):
    response = shown(client, plan, sheet(SHED, [*SHED[:3], "soon"]))

    client.post(page(plan), as_sent(response, r2__due_on="31/03/2029"))

    assert plan.interventions.count() == 2


def test_a_row_may_be_left_out(client, plan):
    response = shown(client, plan, sheet(SHED, ["Total", "", "", ""]))

    client.post(page(plan), as_sent(response, r2__left_out="on"))

    assert plan.interventions.get().action == "Build a grading shed"


def test_a_name_spelt_otherwise_is_offered_and_never_taken_silently(client, plan):
    row = [*SHED[:2], "Distt Industries Center", SHED[3]]
    response = shown(client, plan, sheet(row))
    agency = make.agency("District Industries Centre")

    assertContains(response, "Did you mean “District Industries Centre”?")
    client.post(page(plan), as_sent(response))
    assert not plan.interventions.exists()
    client.post(page(plan), as_sent(response, r1__lead__taken=str(agency.pk)))
    assert plan.interventions.get().lead == agency


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("district  industries CENTRE", "exact"),
        ("District Industry Centre", "guess"),
        ("Industries Centre, District", "guess"),
        ("Reserve Bank", "unknown"),
        ("", "unknown"),
    ],
)
def test_how_alike_a_name_must_be(typed, found):
    names = Names()
    names.add("1", ["District Industries Centre"])

    key, guess = names.find(typed)

    assert {"exact": key == "1", "guess": guess and guess.key == "1"}.get(
        found, not key and not guess
    )
    assert 50 < ALIKE < 100


def test_a_line_of_headers_may_stand_in_any_order_and_language(client, plan):
    with override("hi"):
        due = str(Intervention._meta.get_field("due_on").verbose_name)
    text = sheet(
        [due, "Action", "Remarks", "उत्पाद"],
        ["31/03/2027", "Build a shed", "urgent", "प्याज"],
    )
    response = shown(client, plan, text)

    client.post(page(plan), as_sent(response))

    row = plan.interventions.get()
    assert (row.action, str(row.due_on)) == ("Build a shed", "2027-03-31")
    assert row.plan_product == plan.products.get()


def test_a_cell_with_line_breaks_and_quotes_is_one_cell(client, plan):
    text = 'Onion\t"Build a ""model"" shed\nwith power"\t\t31/03/2027'

    response = shown(client, plan, text)

    assert len(response.context["rows"]) == 1
    assert response.context["rows"][0].cells[1].typed.startswith('Build a "model"')


def test_targets_come_with_marks_and_without_days_get_those_of_the_plan(client, plan):
    measure = make.indicator(name="Exports of the product", unit="₹ crore")
    row = ["Onion", measure.name, "14.2", "1,060.5", "DGCI&S", "Shipping bills", DIC]
    text = sheet(
        ["Product", *MEASURED, "2026-27", "2027-28"],
        [*row, "18", "26"],
    )
    response = shown(client, plan, text, "targets")

    client.post(page(plan, "targets"), as_sent(response))

    row = plan.targets.get()
    assert (row.baseline, row.goal, row.indicator) == (14_20, 1060_50, measure)
    assert (row.due_on, str(row.baseline_on)) == (plan.last_day, "2026-03-31")
    assert [mark.value for mark in row.milestones.all()] == [18_00, 26_00]


def test_bottlenecks_name_category_and_severity_in_words(client, plan):
    text = sheet(["", "Standards and testing", "stops exports", "No laboratory."])
    response = shown(client, plan, text, "bottlenecks")

    client.post(page(plan, "bottlenecks"), as_sent(response))

    row = plan.bottlenecks.get()
    assert (row.category, row.severity, row.plan_product) == ("standards", 3, None)


def test_a_constraint_of_the_whole_row_is_said_at_the_row(client, plan):
    measure = make.indicator()
    text = sheet(
        MEASURED,
        [measure.name, "50", "10", "Survey", "Register", DIC],
    )

    response = shown(client, plan, text, "targets")

    assertContains(response, "The goal must lie beyond the baseline")
    assertNotContains(response, "Every row is understood.")


def test_several_agencies_are_parted_by_semicolons(client, plan):
    text = sheet(
        ["Action", "Supporting agencies"],
        ["Shed", "District Industries Centre; Lead District Manager"],
    )
    response = shown(client, plan, text)

    client.post(page(plan), as_sent(response))

    assert plan.interventions.get().supporting.count() == 2


def test_a_batch_sent_twice_is_saved_once(client, plan):
    sent = as_sent(shown(client, plan, sheet(SHED, SHED)))
    client.post(page(plan), sent)

    again = client.post(page(plan), sent, follow=True)

    assertContains(again, "This is saved already.")
    assert plan.interventions.count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no row in what you pasted."),
        ("\n\t\n", "There is no row in what you pasted."),
        ("\tShed\n" * (MOST_ROWS + 1), "Paste at most 100 rows at once."),
        ('"' + "Shed " * 30_000, "A quotation mark opens a cell and none closes it"),
    ],
)
def test_nothing_and_too_much_are_refused(client, plan, text, sentence):
    assertContains(shown(client, plan, text), sentence)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cell_with_line_breaks_is_one_line_of_words(client, plan, end):
    text = f'Onion\t"Shed for{end}sorting"\t\t31/03/2028{end}Onion\tCold store'

    response = shown(client, plan, text)

    said = [row.cells[1].typed for row in response.context["rows"]]
    assert said == ["Shed for sorting", "Cold store"]


@pytest.mark.parametrize("sent", [{"rows": "x"}, {"rows": "-1"}, {"rows": "999999"}])
def test_a_broken_page_of_rows_saves_nothing(client, plan, sent):
    response = client.post(page(plan), {"batch": "no uuid", **sent})

    assert response.status_code == 200
    assert not Intervention.objects.filter(plan=plan).exists()


def test_products_are_not_pasted(client, plan):
    assert client.get(page(plan, "products")).status_code == 404


def test_a_batch_without_a_key_is_saved_all_the_same(client, plan):
    sent = as_sent(shown(client, plan, sheet(SHED))) | {"batch": "?"}

    client.post(page(plan), sent)

    assert plan.interventions.count() == 1
    assert isinstance(plan.interventions.get().line_id, uuid.UUID)
