"""Bottleneck, intervention and target from each end, at the desk and in public."""

import re

import pytest
from django.urls import reverse

from actionplans.models import Bottleneck, Plan
from actionplans.ties import Ties
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
STEPS = [Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH]


def tied(plan):
    """The plan with one intervention against a bottleneck and for a target."""
    action = plan.interventions.first()
    action.bottleneck = plan.bottlenecks.first()
    action.save()
    action.targets.add(plan.targets.first())
    return action


def published(plan):
    for action in STEPS:
        make.step(plan, action)
    return plan


def row(text, anchor):
    """What the row with this anchor says, in words and links."""
    following = r'(?:\s*<tr class="msg">.*?</tr>)?'
    found = re.search(rf'<tr id="{anchor}">(.*?</tr>{following})', text, re.DOTALL)
    assert found, anchor
    return " ".join(found[1].split())


def public(client, plan, name="plan"):
    place = plan.district
    return client.get(reverse(name, args=[place.state.slug, place.slug])).text


def test_each_end_knows_the_others():
    plan = make.complete(make.draft())
    action = tied(plan)
    ties = Ties(Plan.objects.whole().get(pk=plan.pk))

    assert ties.against == {action.bottleneck_id: [action]}
    assert ties.serving == {action.targets.get().pk: [action]}


def test_the_public_plan_leads_from_each_end_to_the_others(client):
    plan = make.complete(make.draft())
    action = tied(plan)
    other = plan.interventions.last()
    text = public(client, published(plan))
    bottleneck, target = action.bottleneck, action.targets.get()
    link = f'<a href="#intervention-{action.pk}">{action.action}</a>'

    at_bottleneck = row(text, f"bottleneck-{bottleneck.pk}")
    assert "1 intervention against it:" in at_bottleneck
    assert link in at_bottleneck
    assert link in row(text, f"target-{target.pk}")
    at_action = row(text, f"intervention-{action.pk}")
    assert f'<a href="#bottleneck-{bottleneck.pk}">{bottleneck.text}</a>' in at_action
    assert f'<a href="#target-{target.pk}">' in at_action
    assert "no intervention yet" in row(text, f"target-{plan.targets.last().pk}")
    untied = row(text, f"intervention-{other.pk}")
    assert "against no bottleneck of the plan" in untied
    assert "tied to no target" in untied


def test_the_page_of_the_district_names_bottlenecks_that_stand_elsewhere(client):
    plan = make.complete(make.draft())
    action = tied(plan)
    text = public(client, published(plan), "district")

    at_action = row(text, f"intervention-{action.pk}")
    assert action.bottleneck.text in at_action
    assert "#bottleneck-" not in at_action
    assert "1 intervention for it:" in row(text, f"target-{action.targets.get().pk}")


@pytest.mark.parametrize("edit", [True, False])
def test_the_desk_leads_from_each_end_to_the_others(client, edit):
    plan = make.complete(make.draft())
    action = tied(plan)
    bottleneck, target = action.bottleneck, action.targets.get()
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    def page(number):
        return reverse("desk:plan-section", args=[plan.pk, number]) if edit else ""

    def text(number):
        return client.get(page(number) or plan.get_absolute_url()).text

    there = f'<a href="{page(6)}#intervention-{action.pk}">'
    assert there in row(text(4), f"bottleneck-{bottleneck.pk}")
    assert there in row(text(7), f"target-{target.pk}")
    at_action = row(text(6), f"intervention-{action.pk}")
    assert f'<a href="{page(4)}#bottleneck-{bottleneck.pk}">' in at_action
    assert f'<a href="{page(7)}#target-{target.pk}">' in at_action


def test_the_answer_about_a_goal_is_published_beside_it(client):
    plan = make.complete(make.draft())
    target = plan.targets.first()
    target.explanation = "Two buyers have signed for <all> of it."
    target.save()
    published(plan)

    for name in ("plan", "district"):
        said = row(public(client, plan, name), f"target-{target.pk}")
        assert "On the goal: Two buyers have signed for &lt;all&gt; of it." in said


def test_a_moved_date_shows_once_from_where_and_why_in_public_and_at_the_desk(client):
    old = make.plan(Status.PUBLISHED)
    plan = make.draft(old.district, like=old)
    for kind in ("targets", "interventions"):
        moved = getattr(plan, kind).first()
        moved.due_on = moved.due_on.replace(day=2)
        moved.due_moved = "The land came late."
        moved.save()
    target = plan.targets.first()
    target.goal = 60_00
    target.save()
    published(plan)
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    for text in (public(client, plan), client.get(plan.get_absolute_url()).text):
        for kind in ("target", "intervention"):
            first = getattr(plan, f"{kind}s").first()
            said = row(text, f"{kind}-{first.pk}")
            assert said.count("<s ") == 1
            assert "moved" not in said
            assert "The land came late." in said
        assert "Goal 50 until" in row(text, f"target-{target.pk}")


def test_a_severe_bottleneck_without_intervention_says_so_at_the_desk(client):
    plan = make.complete(make.draft())
    bottleneck = plan.bottlenecks.first()
    assert bottleneck.severity == Bottleneck.Severity.HIGH
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    page = client.get(reverse("desk:plan-section", args=[plan.pk, 4])).text

    said = row(page, f"bottleneck-{bottleneck.pk}")
    assert "no intervention yet" in said
    assert "It stops exports, and nothing is planned against it." in said
    add = reverse("desk:part-new", args=[plan.pk, "interventions"])
    assert f'href="{add}?product={bottleneck.plan_product_id}"' in said


def test_an_adopted_target_shows_its_own_working_at_the_desk(client):
    plan = make.plan(Status.PUBLISHED)
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    said = row(
        client.get(plan.get_absolute_url()).text, f"target-{plan.targets.first().pk}"
    )

    assert "How this figure is made" in said
    assert "No figure says yet how far the target has come." in said


@pytest.mark.parametrize("more", [0, 5])
def test_the_ties_of_a_whole_plan_take_a_fixed_number_of_queries(
    more, django_assert_num_queries
):
    plan = make.complete(make.draft())
    for _ in range(more):
        make.intervention(plan).targets.add(make.target(plan))
    ties = Ties(Plan.objects.whole().get(pk=plan.pk))

    with django_assert_num_queries(0):
        assert len(ties.serving) == more
        assert ties.against == {}
    with django_assert_num_queries(3):
        assert len(ties.moves) == 2 + more
        assert len(ties.pasts) == 4 + more
