"""The frozen copy of a draft in words."""

import json

import pytest

from actionplans.copies import new_line
from actionplans.copy_of import copy_of
from actionplans.models import Bottleneck, SectionCode
from actionplans.seal import draft_body
from tests import make

pytestmark = pytest.mark.django_db


def sections(plan):
    return {section.code: section for section in copy_of(draft_body(plan)).sections}


def test_an_empty_draft_has_eleven_empty_sections():
    found = sections(make.draft())

    assert list(found) == list(SectionCode)
    assert all(section.is_empty for section in found.values())


def test_a_section_that_does_not_apply_says_why():
    plan = make.draft()
    plan.sections.create(code=6, not_applicable="There is no port.")

    section = sections(plan)[SectionCode.INTERVENTIONS]

    assert section.not_applicable == "There is no port."
    assert not section.is_empty


def test_rows_follow_the_products_and_then_their_own_order():
    plan = make.complete(make.draft())
    first, second = plan.products.all()
    plan.interventions.all().delete()
    for order, (action, product) in enumerate(
        [("Fourth", None), ("Third", second), ("First", first), ("Second", first)]
    ):
        make.intervention(plan, product, action=action, order=order)

    lines = sections(plan)[SectionCode.INTERVENTIONS].lines

    assert [line.what for line in lines] == ["First", "Second", "Third", "Fourth"]
    assert [line.notes[0] for line in lines] == [
        first.product.name,
        first.product.name,
        second.product.name,
        "The whole district",
    ]


def test_an_intervention_names_what_it_is_against_and_its_money():
    plan = make.complete(make.draft())
    row = plan.interventions.first()
    row.bottleneck = plan.bottlenecks.first()
    row.save()
    row.supporting.add(make.agency("Lead bank"))

    (line,) = [
        found
        for found in sections(plan)[SectionCode.INTERVENTIONS].lines
        if found.what == row.action
    ]

    assert f"against: {row.bottleneck.text}" in line.notes
    assert "together with: Lead bank" in line.notes
    assert "₹ 85 lakh" in [cell.text for cell in line.cells]


def test_what_nobody_said_is_no_zero():
    plan = make.draft()
    make.intervention(plan, lead=None, start_on=None, due_on=None, budget=None)
    make.intervention(plan, budget=0)

    texts = {
        tuple(cell.text for cell in line.cells)
        for line in sections(plan)[SectionCode.INTERVENTIONS].lines
    }

    assert ("Not named.", "Not said.", "Not said.", "Not said.") in texts
    assert any("₹ 0" in cells for cells in texts)


def test_a_target_has_its_figures_milestones_and_explanation():
    plan = make.complete(make.draft())
    longer = plan.targets.order_by("due_on").last()
    plan.targets.filter(pk=longer.pk).update(explanation="Two orders are signed.")

    lines = sections(plan)[SectionCode.TARGETS].lines

    (line,) = [found for found in lines if "Two orders are signed." in found.notes]
    assert line.what == f"{longer.indicator.name} (units)"
    assert f"Baseline from: {longer.baseline_source}" in line.notes
    assert sum(note.startswith("20 by ") for note in line.notes) == 4
    assert [cell.text for cell in line.cells[:4:2]] == ["10", "50"]


def test_a_bottleneck_is_in_words():
    plan = make.draft()
    plan.bottlenecks.create(
        line=new_line(plan, Bottleneck),
        category="logistics",
        severity=3,
        text="No cold store.",
        unblock="One cold store.",
        unblocker=make.agency(),
    )

    (line,) = sections(plan)[SectionCode.BOTTLENECKS].lines

    category, severity, unblock = line.cells
    assert (category.text, severity.text) == ("Logistics", "Stops exports")
    assert (unblock.text, unblock.note) == ("One cold store.", make.agency().name)


@pytest.mark.parametrize(
    ("years", "period"),
    [((2026, 2026), "2026-27"), ((2026, 2028), "2026-27 to 2028-29")],
)
def test_the_years_are_those_of_the_copy(years, period):
    assert copy_of(draft_body(make.draft(years=years))).period == period


def test_it_asks_the_database_nothing(django_assert_num_queries):
    body = draft_body(make.complete(make.draft()))

    with django_assert_num_queries(0):
        copy_of(body)
    assert json.loads(body)["number"] == ""
