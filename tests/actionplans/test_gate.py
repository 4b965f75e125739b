"""What a plan lacks before it can be submitted: sentences that lead to their field."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans import gate
from actionplans.copies import new_line
from actionplans.models import Milestone, Plan, PlanProduct, PlanSection, SectionCode
from portal.terms import Status
from tests import make

pytestmark = pytest.mark.django_db


def asked(plan):
    return gate.gaps(Plan.objects.whole().get(pk=plan.pk))


def sentences(plan):
    return " ".join(map(str, asked(plan)))


def test_an_empty_plan_lacks_eleven_sections_and_its_products():
    gaps = asked(make.draft())

    assert [gap.section for gap in gaps] == [*SectionCode, SectionCode.PRODUCTS]


def test_a_complete_plan_lacks_nothing():
    assert asked(make.plan()) == []


def test_a_short_text_is_not_a_section_but_a_reason_is():
    plan = make.plan()
    section = PlanSection.objects.get(plan=plan, code=9)

    for body, reason, complete in [
        ("Too short.", "", False),
        (" " * 200, "", False),
        ("", "The training is run by the State.", True),
    ]:
        section.body, section.not_applicable = body, reason
        section.save()
        assert (asked(plan) == []) is complete


def test_another_number_of_products_needs_a_reason():
    plan = make.plan()
    for _ in range(2):
        thing = make.product()
        line = new_line(plan, PlanProduct)
        plan.products.create(line=line, product=thing, order=9)
    assert "names 4 products" in sentences(plan)

    plan.products_reason = "The district is large."
    plan.save()
    assert "names 4 products" not in sentences(plan)


def test_each_product_needs_a_short_and_a_longer_target_and_an_intervention():
    plan = make.draft()
    chosen = plan.products.create(
        line=new_line(plan, PlanProduct), product=make.product("Brassware")
    )

    said = sentences(plan)
    assert "Give Brassware a short-term target, due within a year." in said
    assert "Give Brassware a longer target, due after a year." in said
    assert "Give Brassware an intervention with lead agency and due date." in said

    action = make.intervention(plan, chosen, action="Testing laboratory", lead=None)
    gap = next(g for g in asked(plan) if g.anchor == f"intervention-{action.pk}")
    assert str(gap) == "Name a lead agency for “Testing laboratory”."


def test_a_plan_of_one_year_needs_no_longer_target():
    plan = make.draft(years=(2026, 2026))
    plan.products.create(line=new_line(plan, PlanProduct), product=make.product())

    assert "longer target" not in sentences(plan)


def test_a_target_more_than_a_year_away_needs_a_milestone_a_year():
    plan = make.draft(years=(2026, 2030))
    far = make.target(plan, due_on=dt.date(2029, 3, 31))
    near = make.target(plan, due_on=dt.date(2027, 3, 31))

    days = [dt.date(2027, 3, 31), dt.date(2028, 3, 31)]
    assert gate.milestone_days(far) == days
    assert gate.milestone_days(near) == []
    assert f"“{far}” should have reached by March 2027" in sentences(plan)

    Milestone.objects.bulk_create(
        Milestone(target=far, due_on=day, value=20_00) for day in days
    )
    assert "should have reached" not in sentences(plan)


def test_an_amendment_needs_one_target_still_to_come_for_each_product():
    old = make.plan(Status.PUBLISHED)
    amendment = make.draft(old.district, like=old)
    assert asked(amendment) == []

    chosen = amendment.products.first()
    for target in chosen.targets.all():
        target.milestones.all().delete()
        target.delete()
    assert "at least one target still to come" in sentences(amendment)


def test_the_gate_asks_nothing_of_the_database_for_a_plan_fetched_whole():
    plan = Plan.objects.whole().get(pk=make.plan().pk)

    with CaptureQueriesContext(connection) as queries:
        gate.gaps(plan)

    assert len(queries) == 0
