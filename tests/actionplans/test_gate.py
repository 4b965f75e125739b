"""What a plan lacks before it can be submitted: sentences that lead to their field."""

import datetime as dt

import pytest

from actionplans import gate
from actionplans.copies import new_line
from actionplans.models import Milestone, Plan, PlanProduct, PlanSection, SectionCode
from actionplans.workflow import StepBlocked
from portal.models import DataVersion
from portal.periods import written
from portal.terms import Action, Status
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


def test_the_step_judges_the_plan_as_it_is_stored_not_as_it_was_fetched():
    whole = Plan.objects.whole().get(pk=make.complete(make.draft()).pk)
    PlanSection.objects.filter(plan=whole.pk, code=9).update(body="")

    with pytest.raises(StepBlocked, match="section 9"):
        make.step(whole, Action.SUBMIT)


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
    gap = next(g for g in asked(plan) if g.field == "mark_2026")
    assert str(gap) == f"Give “{far.indicator.name}” a mark for 2026-27."
    assert (gap.part, gap.row) == ("targets", far.pk)

    Milestone.objects.bulk_create(
        Milestone(target=far, due_on=day, value=20_00) for day in days
    )
    assert "a mark for" not in sentences(plan)


def test_an_amendment_needs_one_target_still_to_come_for_each_product():
    old = make.plan(Status.PUBLISHED)
    amendment = make.draft(old.district, like=old)
    assert asked(amendment) == []

    chosen = amendment.products.first()
    for target in chosen.targets.all():
        target.milestones.all().delete()
        target.delete()
    assert "at least one target still to come" in sentences(amendment)


def test_an_amendment_late_in_its_years_needs_no_short_target(on_day):
    on_day(2026, 5, 10)
    old = make.plan(Status.PUBLISHED)
    on_day(2027, 6, 1)
    amendment = make.draft(old.district, like=old, years=(2026, 2030))
    amendment.targets.filter(due_on__lt=dt.date(2027, 6, 1)).delete()

    assert asked(amendment) == []

    for target in amendment.targets.all():
        target.milestones.all().delete()
        target.due_on = dt.date(2027, 3, 31)
        target.due_moved = "The committee wants it sooner."
        target.save()
    said = sentences(amendment)
    assert "at least one target still to come" in said
    assert "longer target, due after a year" in said
    assert "short-term" not in said


def test_an_amendment_in_its_last_days_needs_nothing_longer(on_day):
    on_day(2030, 5, 10)
    old = make.plan(Status.PUBLISHED)
    on_day(2035, 3, 31)
    amendment = make.draft(old.district, like=old, years=(2030, 2034))

    assert "longer target" not in sentences(amendment)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("baseline_source", "Say where the baseline of “{}” comes from."),
        ("verification", "Say by what one will see that “{}” is reached."),
    ],
)
def test_what_a_copied_row_leaves_out_is_asked_for(field, sentence):
    plan = make.plan()
    target = plan.targets.first()
    setattr(target, field, "")
    target.save()

    (gap,) = asked(plan)

    assert str(gap) == sentence.format(gate.target_label(target))
    assert (gap.row, gap.field) == (target.pk, field)


def test_an_unusual_goal_asks_until_it_is_answered():
    plan = make.plan()
    target = plan.targets.first()
    target.explanation = ""
    target.save()

    (gap,) = asked(plan)
    assert "From 10 to 50 in 1 year is 400% a year." in str(gap)
    assert (gap.part, gap.row, gap.field) == ("targets", target.pk, "explanation")

    target.explanation = "Two exporters have signed for all that is packed."
    target.save()
    assert asked(plan) == []


def test_a_goal_after_the_plan_asks_and_has_a_mark_for_every_year_before():
    plan = make.draft(years=(2026, 2027))
    late = make.target(plan, due_on=dt.date(2029, 6, 30), explanation="")

    said = sentences(plan)

    assert "It is due on 30 Jun 2029, and the plan ends on 31 Mar 2028." in said
    assert gate.milestone_days(late)[-1] == dt.date(2029, 3, 31)
    assert "a mark for 2028-29" in said


@pytest.mark.parametrize("kind", ["interventions", "targets"])
def test_a_due_date_that_an_amendment_moves_needs_a_reason(kind):
    old = make.plan(Status.PUBLISHED)
    amendment = make.draft(old.district, like=old)
    row = getattr(amendment, kind).first()
    before = row.due_on
    row.due_on -= dt.timedelta(days=30)
    row.save()

    (gap,) = asked(amendment)
    assert str(gap).startswith("Say why “")
    assert f"is no longer due on {written(before)}." in str(gap)
    assert (gap.part, gap.row, gap.field) == (kind, row.pk, "due_moved")

    row.due_moved = "The land came late."
    row.save()
    assert asked(amendment) == []


def test_a_severe_bottleneck_without_intervention_is_a_hint_and_blocks_nothing():
    plan = make.plan()
    bottleneck, other = plan.bottlenecks.all()
    plan.interventions.update(bottleneck=other)
    whole = Plan.objects.whole().get(pk=plan.pk)

    (hint,) = gate.hints(whole)

    assert bottleneck.text in str(hint)
    assert (hint.part, hint.row) == ("bottlenecks", bottleneck.pk)
    assert gate.gaps(whole) == []


@pytest.mark.parametrize("more", [0, 6])
@pytest.mark.parametrize("amends", [False, True])
def test_the_gate_takes_a_fixed_number_of_queries(
    more, amends, django_assert_num_queries
):
    plan = make.plan(Status.PUBLISHED) if amends else make.plan()
    if amends:
        plan = make.draft(plan.district, like=plan)
    measure = make.indicator(slug="district-exports")
    for number in range(more + 1):
        values = {"indicator": measure, "explanation": ""}
        make.target(plan, goal=(60 + number) * 100, **values)
        make.intervention(plan)
    whole = Plan.objects.whole().get(pk=plan.pk)

    # Whether the goals of others that are kept still hold; the exports of this one; the
    # version before.
    DataVersion.rise()
    gate.gaps(whole)
    with django_assert_num_queries(4 if amends else 2):
        gate.gaps(whole)
    with django_assert_num_queries(0):
        gate.hints(whole)
