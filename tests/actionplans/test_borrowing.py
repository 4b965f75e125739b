"""Rows copied from other districts' plans in force."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.copies import copy_parts
from actionplans.models import Line, Plan, PlanProduct
from districts.models import HSCode
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
WALK = [Status.UNDER_ASSESSMENT, Status.ASSESSED, Status.ADOPTED, Status.PUBLISHED]
PARTS = ["bottlenecks", "interventions", "targets"]


def page(plan, kind="interventions", **query):
    return reverse("desk:part-copy", args=[plan.pk, kind], query=query or None)


def section(plan, number):
    return reverse("desk:plan-section", args=[plan.pk, number])


def draft_on(*things, place=None):
    """A draft about these products, its convener at no desk yet."""
    plan = make.draft(place)
    for order, thing in enumerate(things, start=1):
        row = make.district_product(plan.district, thing)
        line = make.new_line(plan, PlanProduct)
        plan.products.create(line=line, product=row.product, order=order)
    return plan


def peer_of(thing=None, place=None):
    """A plan in force whose first product is this one."""
    plan = make.complete(make.draft(place))
    if thing:
        plan.products.filter(order=1).update(product=thing)
    for action, _role in [step for one in WALK for step in make.WALK[one]]:
        make.step(plan, action)
    return plan


def signed_in(client, plan):
    client.force_login(make.holder_of(Role.CONVENER, plan.district))


@pytest.mark.parametrize("kind", PARTS)
def test_rows_about_the_same_product_are_offered(client, kind):
    onion = make.product("Onion")
    peer, plan = peer_of(onion), draft_on(onion)
    signed_in(client, plan)

    response = client.get(page(plan, kind))

    offered = {row.pk for row in response.context["page"]}
    rows = getattr(peer, kind)
    own = rows.filter(plan_product__product=onion)
    assert offered == set(own.values_list("pk", flat=True))
    assertContains(response, peer.district.name)


def test_same_heading_and_same_state_come_after_the_same_product(client):
    state = make.state()
    codes = [HSCode.objects.create(code=c, description=c) for c in ("070310", "070320")]
    onion, garlic = make.product("Onion"), make.product("Garlic")
    onion.hs_codes.add(codes[0])
    garlic.hs_codes.add(codes[1])
    near = peer_of(place=make.district("A neighbour", state=state))
    alike, same = peer_of(garlic), peer_of(onion)
    peer_of()
    plan = draft_on(onion, place=make.district(state=state))
    signed_in(client, plan)

    found = client.get(page(plan)).context["page"]

    districts = list(dict.fromkeys(row.plan.district for row in found))
    assert districts == [same.district, alike.district, near.district]


def test_only_plans_in_force_of_other_districts_are_read(client):
    onion = make.product("Onion")
    own = peer_of(onion)
    draft_on(onion)
    plan = make.draft(own.district, like=own)
    signed_in(client, plan)

    assertContains(client.get(page(plan)), "No plan in force says anything like it.")


def test_a_search_looks_through_text_product_and_district(client):
    onion = make.product("Onion")
    peer, plan = peer_of(onion, make.district("Nagaur")), draft_on(onion)
    signed_in(client, plan)
    row = peer.interventions.first()

    for words in (row.action.split()[-1], "onion", "nagaur", "Nagaur onion"):
        assertContains(client.get(page(plan, q=words)), row.action)
    assertNotContains(client.get(page(plan, q="marble")), row.action)


@pytest.mark.parametrize(
    ("kind", "number"), [("bottlenecks", 4), ("interventions", 6), ("targets", 7)]
)
def test_a_copy_remembers_where_it_comes_from(client, kind, number):
    onion = make.product("Onion")
    state = make.state("Rajasthan")
    peer = peer_of(onion, make.district("Nagaur", state=state))
    plan = draft_on(onion)
    product = plan.products.get()
    row = getattr(peer, kind).filter(plan_product__product=onion).first()
    signed_in(client, plan)
    address = page(plan, kind, product=product.pk)

    response = client.post(address, {"row": row.pk, "product": product.pk})

    assertRedirects(response, address)
    copy = getattr(plan, kind).get()
    assert copy.line.copied_from == row.line
    assert copy.line.district == plan.district
    assert (copy.plan_product, copy.order) == (product, 1)
    assertContains(client.get(section(plan, number)), "Copied from Nagaur, Rajasthan")
    plan.refresh_from_db()
    assert (plan.revision, plan.saved_section) == (1, number)


def test_what_holds_for_the_other_district_only_stays_behind(client):
    onion = make.product("Onion")
    peer, plan = peer_of(onion), draft_on(onion)
    target = peer.targets.filter(milestones__isnull=False).first()
    action = peer.interventions.first()
    signed_in(client, plan)

    client.post(page(plan, "targets"), {"row": target.pk, "product": ""})
    client.post(page(plan), {"row": action.pk, "product": ""})

    copy = plan.targets.get()
    assert (copy.goal, copy.indicator) == (target.goal, target.indicator)
    assert copy.baseline_source == ""
    assert not copy.milestones.exists()
    assert plan.interventions.get().lead == action.lead
    assert plan.interventions.get().bottleneck is None


def test_days_outside_the_plan_are_moved_into_it_or_left_out(client):
    onion = make.product("Onion")
    peer = peer_of(onion)
    year = peer.year_from
    plan = draft_on(onion)
    Plan.objects.filter(pk=plan.pk).update(year_from=year + 1, year_to=year + 2)
    plan.refresh_from_db()
    signed_in(client, plan)
    target, action = peer.targets.first(), peer.interventions.first()

    client.post(page(plan, "targets"), {"row": target.pk, "product": ""})
    client.post(page(plan), {"row": action.pk, "product": ""})

    assert plan.targets.get().due_on == plan.last_day
    assert plan.interventions.get().due_on is None


def test_a_row_is_copied_once(client):
    onion = make.product("Onion")
    peer, plan = peer_of(onion), draft_on(onion)
    sent = {"row": peer.interventions.first().pk, "product": ""}
    signed_in(client, plan)
    client.post(page(plan), sent)

    again = client.post(page(plan), sent, follow=True)

    assertContains(again, "This is copied already.")
    assertContains(again, "Copied already")
    assert plan.interventions.count() == 1


@pytest.mark.parametrize("sent", ["", "x", "999999"])
def test_a_row_that_is_not_offered_cannot_be_copied(client, sent):
    plan = draft_on(make.product("Onion"))
    hidden = make.complete(make.draft()).interventions.first()
    signed_in(client, plan)

    for row in (sent, hidden.pk):
        assert client.post(page(plan), {"row": row}).status_code == 404
    assert client.get(page(plan, "products")).status_code == 404


def test_a_row_whose_plan_was_annulled_meanwhile_is_not_copied_and_that_is_said(client):
    onion = make.product("Onion")
    peer, plan = peer_of(onion), draft_on(onion)
    signed_in(client, plan)
    make.step(peer, Action.ANNUL)

    sent = {"row": peer.interventions.first().pk}
    response = client.post(page(plan), sent, follow=True)

    assertContains(response, "This row is no longer in a plan in force.")
    assert not plan.interventions.exists()


def test_a_plan_begun_from_a_peers_remembers_each_row(client):
    peer = peer_of()
    plan = make.draft()

    copy_parts(Plan.objects.whole().get(pk=peer.pk), plan, keep_lines=False)

    for kind in ("products", *PARTS):
        own, theirs = (list(getattr(one, kind).all()) for one in (plan, peer))
        assert [row.line.copied_from_id for row in own] == [r.line_id for r in theirs]
    assert Line.objects.filter(district=plan.district, copied_from=None).count() == 0


@pytest.mark.parametrize("peers", [1, 4])
def test_the_list_takes_the_same_queries_however_long(
    client, peers, django_assert_num_queries
):
    onion = make.product("Onion")
    for _ in range(peers):
        peer_of(onion)
    plan = draft_on(onion)
    signed_in(client, plan)

    # Session, user, appointments, plan; its products, their headings; count, page.
    with django_assert_num_queries(9):
        client.get(page(plan))
