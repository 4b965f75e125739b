"""What becomes of a version that headquarters annuls, and of the one before it."""

import pytest
from django.urls import reverse

from actionplans import workflow
from actionplans.blockers import Details
from actionplans.models import Seal
from actionplans.stages import Stage, standings
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
WHY = "The High Court set the <order> aside."


def annul(plan):
    workflow.take(
        plan,
        Action.ANNUL,
        by=make.holder_of(Role.HQ_OFFICER, plan.district),
        details=Details(note=WHY),
    )


def address(place, *number):
    name = "plan-version" if number else "plan"
    return reverse(name, args=[place.state.slug, place.slug, *number])


@pytest.fixture
def second():
    """The second version, in force."""
    first = make.plan(Status.PUBLISHED)
    plan = make.draft(first.district, like=first)
    plan.targets.filter(milestones=None).update(goal=99_999_00)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)
    return plan


def test_the_version_before_is_in_force_again(client, second):
    place = second.district
    annul(second)

    assert place.plans.in_force().get().number == 1
    text = client.get(address(place)).text
    assert "Version 1" in text
    assert "This version is not in force" not in text


def test_the_page_of_the_version_says_when_and_why(client, second):
    annul(second)

    answer = client.get(address(second.district, 2))

    assert answer.status_code == 200
    assert "Headquarters annulled this version on" in answer.text
    assert "The High Court set the &lt;order&gt; aside." in answer.text
    assert "99,999" not in answer.text


def test_its_seal_stays_readable(client, second):
    sealed = second.seal.sha256
    annul(second)

    assert Seal.objects.get(plan=second).sha256 == sealed
    assert sealed in client.get(address(second.district, 2)).text
    assert client.get(reverse("seal", args=[sealed])).status_code == 200


def test_the_district_still_names_the_version(client, second):
    annul(second)

    text = client.get(second.district.get_absolute_url()).text

    assert f'href="{address(second.district, 2)}"' in text
    assert "Annulled" in text


def test_what_was_never_published_stays_unknown(client):
    plan = make.plan(Status.ADOPTED)
    annul(plan)

    assert client.get(address(plan.district, 1)).status_code == 404
    text = client.get(plan.district.get_absolute_url()).text
    assert "Annulled" not in text


def test_an_annulled_version_is_compared_with_nothing(client, second):
    place = second.district
    annul(second)
    changes = [place.state.slug, place.slug]

    assert client.get(reverse("plan-changes", args=[*changes, 2])).status_code == 404
    one = reverse("plan-changes", args=[*changes, 1])
    assert client.get(one, {"from": 2}).status_code == 404
    third = make.draft(place, like=place.plans.in_force().get())
    client.force_login(make.holder_of(Role.CONVENER, place))
    text = client.get(reverse("desk:plan-changes", args=[third.pk])).text
    assert "What changed since version 1" in text


def test_a_draft_counts_no_changes_since_a_version_that_is_annulled(client, second):
    third = make.draft(second.district, like=second)
    annul(second)
    client.force_login(make.holder_of(Role.CONVENER, second.district))

    assert "since adoption" not in client.get(third.get_absolute_url()).text
    changes = client.get(reverse("desk:plan-changes", args=[third.pk])).text
    assert "What changed since version 1" in changes
    assert "99,999" in changes


def test_annulling_the_only_plan_undoes_its_stages():
    plan = make.plan(Status.PUBLISHED)
    assert Stage.PUBLISHED in standings()[plan.district_id].reached

    annul(plan)

    assert Stage.DRAFTED not in standings()[plan.district_id].reached


def test_the_next_version_gets_a_number_of_its_own(second):
    annul(second)
    place = second.district
    third = make.draft(place, like=place.plans.in_force().get())
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT):
        make.step(third, action)

    assert third.number == 3
