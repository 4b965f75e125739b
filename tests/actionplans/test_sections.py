"""Writing a plan section by section."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import PlanSection, SectionCode
from portal.terms import Role, Status
from tests import make

pytestmark = pytest.mark.django_db
TEXT = "Sikar grows onions that keep for four months. " * 3


def section_page(plan, number=1):
    return reverse("desk:plan-section", args=[plan.pk, number])


def signed_in(client, plan, role=Role.CONVENER):
    person = make.holder_of(role, plan.district)
    client.force_login(person)
    return person


def test_a_section_is_written(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.post(section_page(plan), {"body": TEXT, "revision": 0})

    assertRedirects(response, section_page(plan))
    assert plan.sections.get(code=1).body == TEXT.strip()


def test_saving_a_section_raises_the_revision_of_the_plan(client):
    plan = make.draft()
    signed_in(client, plan)

    client.post(section_page(plan), {"body": TEXT, "revision": 0})

    plan.refresh_from_db()
    assert plan.revision == 1
    assert plan.sections.get().revision == 1


def test_a_section_may_say_why_it_does_not_apply(client):
    plan = make.draft()
    signed_in(client, plan)

    client.post(section_page(plan, 9), {"not_applicable": "No training is needed."})

    assert plan.sections.get(code=9).is_complete


def test_text_and_excuse_together_are_refused_and_kept(client):
    plan = make.draft()
    signed_in(client, plan)
    typed = {"body": TEXT, "not_applicable": "None is needed.", "revision": 0}

    response = client.post(section_page(plan), typed)

    assertContains(response, "Write the section, or say why it does not apply")
    assertContains(response, "Sikar grows onions")
    assertContains(response, "None is needed.")


def test_a_section_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    client,
):
    plan = make.draft()
    signed_in(client, plan)
    client.post(section_page(plan), {"body": "Theirs. " + TEXT, "revision": 0})

    response = client.post(section_page(plan), {"body": "Mine. " + TEXT, "revision": 0})

    assertContains(response, "Somebody else saved this meanwhile.")
    assertContains(response, "Mine. Sikar")
    assertContains(response, "Theirs. Sikar")
    assert plan.sections.get().body.startswith("Theirs.")


def test_sent_again_from_there_mine_wins(client):
    plan = make.draft()
    signed_in(client, plan)
    client.post(section_page(plan), {"body": "Theirs. " + TEXT, "revision": 0})
    conflict = client.post(section_page(plan), {"body": "Mine. " + TEXT, "revision": 0})
    shown = conflict.context["form"]["revision"].value()

    client.post(section_page(plan), {"body": "Mine. " + TEXT, "revision": shown})

    assert plan.sections.get().body.startswith("Mine.")


def test_text_typed_while_the_plan_was_submitted_is_given_back(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan)
    before = plan.sections.get(code=1).body

    response = client.post(section_page(plan), {"body": TEXT, "revision": 0})

    assertContains(response, "The plan has moved on", status_code=409)
    assertContains(response, "Sikar grows onions", status_code=409)
    assert plan.sections.get(code=1).body == before


def test_the_outline_tells_complete_from_lacking_and_empty(client):
    plan = make.complete(make.draft())
    plan.targets.first().delete()
    plan.sections.filter(code=11).update(body="")
    signed_in(client, plan)

    states = {
        entry.code: entry.state
        for entry in client.get(section_page(plan)).context["outline"].entries
    }

    assert states[SectionCode.DISTRICT] == "complete"
    assert states[SectionCode.TARGETS] == "lacking"
    assert states[SectionCode.STRATEGY] == "empty"


def test_what_a_section_lacks_links_to_its_text_and_its_list(client):
    plan = make.complete(make.draft())
    plan.sections.filter(code=11).update(body="")
    extra = plan.products.first()
    for order in (3, 4):
        place = make.district_product(plan.district)
        extra.pk, extra.line = None, make.new_line(plan, type(extra))
        extra.product, extra.order = place.product, order
        extra.save(force_insert=True)
    signed_in(client, plan)

    response = client.get(section_page(plan, 5))

    assertContains(response, f'href="{section_page(plan, 11)}#id_body"')
    assertContains(response, f'href="{section_page(plan, 3)}#products"')
    assertContains(client.get(section_page(plan, 11)), 'id="id_body"')
    assertContains(client.get(section_page(plan, 3)), 'id="products"')


def test_a_complete_draft_says_that_nothing_is_missing(client):
    plan = make.complete(make.draft())
    signed_in(client, plan)

    response = client.get(section_page(plan))

    assertContains(response, "Nothing is missing")
    assertContains(response, "11 of 11 sections complete")


def test_targets_stand_under_the_product_they_are_about(client):
    plan = make.complete(make.draft())
    make.target(plan)
    signed_in(client, plan)

    response = client.get(section_page(plan, 7))

    add = reverse("desk:part-new", args=[plan.pk, "targets"])
    for product in plan.products.all():
        assertContains(response, f"Add a target for {product.product}")
        assertContains(response, f"{add}?product={product.pk}")
    assertContains(response, "Add a target for the whole district")


def test_who_may_not_name_products_of_the_district_gets_no_link_to_it(client):
    plan = make.draft()
    client.force_login(make.official(Role.STAFF, plan.district))
    place = plan.district
    new = reverse("desk:product-new", args=[place.state.slug, place.slug])

    assertNotContains(client.get(section_page(plan, 3)), new)
    signed_in(client, plan)
    assertContains(client.get(section_page(plan, 3)), new)


@pytest.mark.parametrize("number", [0, 12, 99])
def test_there_are_eleven_sections(client, number):
    plan = make.draft()
    signed_in(client, plan)

    assert client.get(section_page(plan, number)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_writing_is_for_those_who_draft(client, method):
    plan = make.draft()
    visit = getattr(client, method)

    assert visit(section_page(plan)).status_code == 302
    client.force_login(make.official(Role.CONVENER, make.district()))
    assert visit(section_page(plan)).status_code == 404
    for role in (Role.MEMBER, Role.CHAIR, Role.STATE_OFFICER, Role.AUDITOR):
        client.force_login(make.official(role, plan.district))
        assert visit(section_page(plan)).status_code == 403
    assert not PlanSection.objects.exists()


def test_state_officers_write_where_their_state_lets_them(client):
    plan = make.draft(make.district(state=make.state(officers_edit_plans=True)))
    client.force_login(make.official(Role.STATE_OFFICER, plan.district))

    response = client.post(section_page(plan), {"body": TEXT, "revision": 0})

    assert response.status_code == 302


def test_a_plan_under_assessment_cannot_be_opened_for_writing(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan)

    assert client.get(section_page(plan)).status_code == 409
