"""What the forms of targets and interventions ask, answer and tie together."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from actionplans.forms.parts import InterventionForm
from actionplans.forms.target import TargetForm
from actionplans.models import FundSource, Target
from actionplans.progress import Direction, Frequency, Kind
from districts.models import ExportFigure
from portal.terms import Role, Status
from tests import make

pytestmark = pytest.mark.django_db


def edit_page(row, kind):
    return reverse("desk:part-edit", args=[row.plan_id, kind, row.pk])


def signed_in(client, plan):
    client.force_login(make.holder_of(Role.CONVENER, plan.district))


def data_of(form, **typed):
    """What a browser would send of the form, with some fields typed over."""
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, ""):
            sent[name] = value
    return {**sent, **typed}


def sent(client, row, kind, **typed):
    """Save the row through its page, with these fields typed over."""
    form_class = TargetForm if kind == "targets" else InterventionForm
    form = form_class(instance=type(row).objects.get(pk=row.pk))
    return client.post(edit_page(row, kind), data_of(form, **typed), follow=True)


def test_the_chosen_indicator_says_how_it_counts(client):
    plan = make.draft()
    measure = make.indicator(
        Kind.RATE,
        unit="%",
        direction=Direction.DOWN,
        frequency=Frequency.HALF_YEAR,
        usual_source="Alerts of the Export Inspection Council",
    )
    row = make.target(plan, indicator=measure, baseline=12_00, goal=4_00)
    signed_in(client, plan)

    assertContains(
        client.get(edit_page(row, "targets")),
        "Share or rate, in %. Less is better. Reported: Every half-year. Usual source:"
        " Alerts of the Export Inspection Council.",
    )


def test_indicators_are_offered_by_how_they_count(client):
    plan = make.draft()
    row = make.target(plan, indicator=make.indicator(Kind.STOCK))
    make.indicator(Kind.DONE)
    signed_in(client, plan)

    page = client.get(edit_page(row, "targets"))

    assertContains(page, f'<optgroup label="{Kind.STOCK.label}">')
    assertContains(page, f'<optgroup label="{Kind.DONE.label}">')


def test_a_question_stands_above_its_answer_until_and_after_it_is_answered(client):
    plan = make.draft()
    row = make.target(plan, explanation="")
    signed_in(client, plan)
    question = "From 10 to 50 in 1 year is 400% a year."

    assertContains(client.get(edit_page(row, "targets")), question)
    sent(client, row, "targets", explanation="Two buyers have signed.")

    row.refresh_from_db()
    assert row.explanation == "Two buyers have signed."
    assertContains(client.get(edit_page(row, "targets")), question)


def test_a_usual_goal_is_not_asked_for_words(client):
    plan = make.draft()
    row = make.target(plan, goal=11_00, explanation="")
    signed_in(client, plan)

    assertNotContains(client.get(edit_page(row, "targets")), "id_explanation")


def test_a_goal_that_is_made_unusual_is_saved_and_then_asks(client):
    plan = make.draft()
    row = make.target(plan, goal=11_00, explanation="")
    signed_in(client, plan)

    response = sent(client, row, "targets", goal="90")

    row.refresh_from_db()
    assert row.goal == 90_00
    assertContains(response, "From 10 to 90 in 1 year is 800% a year.")
    assertContains(response, f"{edit_page(row, 'targets')}#id_explanation")


def test_the_exports_recorded_of_the_district_are_its_past(client):
    plan = make.draft()
    for year, value in [("2022-23", "100"), ("2023-24", "n.a."), ("2024-25", "121")]:
        ExportFigure.objects.create(
            district=plan.district,
            financial_year=year,
            value=value,
            unit="USD million",
            source="DGCIS",
        )
    measure = make.indicator(Kind.YEARLY, slug="district-exports")
    row = make.target(plan, indicator=measure)
    signed_in(client, plan)

    assertContains(
        client.get(edit_page(row, "targets")),
        "exports grew 10% a year from 2022-23 to 2024-25.",
    )


def test_what_other_districts_go_for_is_asked_of_those_in_force(client):
    measure = make.indicator()
    for number in range(6):
        plan = make.complete(make.draft())
        make.target(plan, indicator=measure, goal=11_00)
        if number < 5:
            for action in ("submit", "assess", "adopt", "publish"):
                make.step(plan, action)
    plan = make.draft()
    row = make.target(plan, indicator=measure, goal=14_50)
    signed_in(client, plan)

    assertContains(
        client.get(edit_page(row, "targets")),
        "Half of 5 other districts go for less than 10% a year, half for more; this"
        " target goes for 45%.",
    )


def test_a_goal_after_the_plan_is_saved_with_marks_up_to_it(client):
    plan = make.draft(years=(2026, 2027))
    row = make.target(plan, goal=11_00, explanation="")
    signed_in(client, plan)
    due = {"due_on": "2029-03-31", "mark_2026": "10.3", "mark_2027": "10.6"}

    response = sent(client, row, "targets", **due)

    row.refresh_from_db()
    assert row.due_on == dt.date(2029, 3, 31)
    assert [m.due_on.year for m in row.milestones.all()] == [2027, 2028]
    assertContains(response, "It is due on 31 Mar 2029, and the plan ends on")
    assertContains(client.get(edit_page(row, "targets")), "id_mark_2027")


@pytest.mark.parametrize("kind", ["interventions", "targets"])
def test_an_amendment_shows_the_old_date_and_keeps_why_it_moved(client, kind):
    old = make.plan(Status.PUBLISHED)
    plan = make.draft(old.district, like=old)
    row = getattr(plan, kind).first()
    before, other = row.due_on, row.due_on - dt.timedelta(days=9)
    signed_in(client, plan)

    assertContains(client.get(edit_page(row, kind)), "In the version before, it is due")
    sent(client, row, kind, due_on=other, due_moved="The land came late.")
    row.refresh_from_db()
    assert row.due_moved == "The land came late."

    sent(client, row, kind, due_on=before)
    row.refresh_from_db()
    assert (row.due_on, row.due_moved) == (before, "")


@pytest.mark.parametrize("kind", ["interventions", "targets"])
def test_a_first_version_asks_for_no_moved_date(client, kind):
    plan = make.complete(make.draft())
    signed_in(client, plan)

    page = client.get(edit_page(getattr(plan, kind).first(), kind))

    assertNotContains(page, "due_moved")


def test_an_intervention_is_tied_to_targets_of_its_own_plan(client):
    plan, other = make.complete(make.draft()), make.complete(make.draft())
    row, chosen = plan.interventions.first(), list(plan.targets.all()[:2])
    signed_in(client, plan)

    page = client.get(edit_page(row, "interventions"))
    for target in plan.targets.all():
        assertContains(page, f'value="{target.pk}"')
    sent(client, row, "interventions", targets=[target.pk for target in chosen])
    refused = sent(
        client, row, "interventions", targets=[other.targets.first().pk], revision=1
    )

    assert set(row.targets.all()) == set(chosen)
    assertContains(refused, "is not one of the available choices")


def test_a_plan_without_targets_offers_none(client):
    plan = make.draft()
    row = make.intervention(plan)
    signed_in(client, plan)

    assertNotContains(client.get(edit_page(row, "interventions")), 'name="targets"')


def test_a_target_that_is_removed_leaves_its_interventions(client):
    plan = make.draft()
    row, target = make.intervention(plan), make.target(plan)
    row.targets.add(target)
    signed_in(client, plan)

    client.post(reverse("desk:part-remove", args=[plan.pk, "targets", target.pk]))

    assert not Target.objects.filter(pk=target.pk).exists()
    assert row.targets.count() == 0


def test_what_is_typed_of_an_old_plan_asks_the_same_questions(client):
    plan = make.complete(make.recorded())
    row = plan.targets.first()
    row.explanation = ""
    row.save()
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))

    response = sent(client, row, "targets", goal="90")

    row.refresh_from_db()
    assert row.goal == 90_00
    assertContains(response, "is 800% a year.")


def test_money_is_typed_and_shown_in_lakh_and_crore(client):
    plan = make.draft()
    row = make.intervention(plan)
    source = FundSource.objects.create(name="State budget")
    signed_in(client, plan)

    response = sent(
        client, row, "interventions", budget="1.25 crore", fund_source=source.pk
    )

    row.refresh_from_db()
    assert row.budget == 1_25_00_000
    assertContains(response, "₹ 1.25 crore")
    assertContains(response, "State budget")
    assertContains(client.get(edit_page(row, "interventions")), 'value="1.25 crore"')
