"""What a page points to next, and what it does not compete with."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from actionplans import workflow
from actionplans.blockers import Details
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(client, plan, role=Role.CONVENER):
    client.force_login(make.holder_of(role, plan.district))


def section_page(plan, number):
    return reverse("desk:plan-section", args=[plan.pk, number])


def test_a_section_leads_to_the_next(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.get(section_page(plan, 1))

    assertContains(
        response,
        f'<p class="mt-4"><a href="{section_page(plan, 2)}">Next: 2. Industry profile'
        "</a></p>",
        html=True,
    )


def test_the_last_section_leads_to_no_other(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.get(section_page(plan, 11))

    assertNotContains(response, "Next:")


def test_a_section_has_one_button_that_stands_out(client):
    plan = make.draft()
    signed_in(client, plan)

    for address in [
        section_page(plan, 4),
        reverse("desk:part-new", args=[plan.pk, "bottlenecks"]),
    ]:
        assertContains(client.get(address), "btn-primary", count=1)


def test_a_step_that_no_meeting_can_unblock_does_not_lead_to_the_committee(client):
    plan = make.plan(Status.ADOPTED)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    why = Details(note="The sanction letter comes this month.")
    workflow.take(plan, Action.HOLD, by=officer, details=why)
    client.force_login(officer)

    response = client.get(reverse("desk:plan", args=[plan.pk]))

    assertContains(response, "is held only once")
    assertNotContains(response, "To the committee and its meetings")


def test_a_step_that_a_meeting_unblocks_leads_to_the_committee(client):
    plan = make.plan(Status.ASSESSED)
    signed_in(client, plan)

    response = client.get(reverse("desk:plan", args=[plan.pk]))

    assertContains(response, "To the committee and its meetings")


def test_one_district_is_no_map(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.get(reverse("desk:worklist"))

    assertContains(response, "Complete the draft")
    assertNotContains(response, "tilemap")


def test_a_consultation_without_a_comment_says_so_in_words(client):
    plan = make.draft()
    make.consultation(plan)
    place = plan.district

    response = client.get(reverse("consultation", args=[place.state.slug, place.slug]))

    assertContains(response, "No comment can be read here yet.")
