"""The desk's list of plans, one plan, and starting one."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import Plan
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
PLANS = "/desk/plans/"


def page(plan):
    return reverse("desk:plan", args=[plan.pk])


def start_page(place):
    return reverse("desk:district-start", args=[place.state.slug, place.slug])


def signed_in(client, role, place=None):
    person = make.holder_of(role, place) if place else make.official(role)
    client.force_login(person)
    return person


def years(**values):
    return {"year_from": 2026, "year_to": 2030, "source": "blank", **values}


def test_the_list_shows_the_plans_in_my_charge_and_no_others(client):
    mine, theirs = make.draft(), make.plan(Status.PUBLISHED)
    signed_in(client, Role.CONVENER, mine.district)

    response = client.get(PLANS)

    assertContains(response, page(mine))
    assertNotContains(response, page(theirs))
    assertContains(response, "1 plan")


def test_the_list_asks_a_stranger_to_sign_in(client):
    response = client.get(PLANS)

    assertRedirects(response, f"/accounts/login/?next={PLANS}")


def test_the_list_of_somebody_without_a_post_is_empty(client):
    make.draft()
    client.force_login(make.user())

    response = client.get(PLANS)

    assertContains(response, "No plan matches.")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=draft", "Kullu"),
        ("?status=under_assessment", "Mandi"),
        ("?q=kul", "Kullu"),
        ("?state=hills", "Kullu"),
        ("?q=sahor", "Mandi"),
    ],
)
def test_the_list_is_narrowed_from_the_address_bar(client, query, found):
    make.draft(make.district("Kullu", state=make.state("Hills")))
    other = make.district("Mandi", state=make.state("Plains"), aliases="Sahor")
    make.plan(Status.UNDER_ASSESSMENT, other)
    signed_in(client, Role.HQ_OFFICER)

    response = client.get(PLANS + query)

    assert [row.district.name for row in response.context["page"]] == [found]


def test_a_filter_that_makes_no_sense_is_not_an_error(client):
    make.draft()
    signed_in(client, Role.HQ_OFFICER)

    response = client.get(PLANS + "?status=lost&state=nowhere&page=zwei")

    assert response.status_code == 200


@pytest.mark.parametrize("plans", [1, 12])
def test_the_list_takes_the_same_queries_however_long(
    client, plans, django_assert_num_queries
):
    for _ in range(plans):
        make.draft()
    signed_in(client, Role.HQ_OFFICER)

    # Session, user, appointments; States to choose from; count, page; the meter.
    with django_assert_num_queries(7):
        client.get(PLANS)


def test_a_plan_shows_its_text_events_and_what_can_be_done(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, Role.RA_OFFICER, plan.district)

    response = client.get(page(plan))

    assertContains(response, "Plain words.")
    assertContains(response, "Samples travel eleven days to be tested.")
    assertContains(response, "Submit for assessment")
    assertContains(response, reverse("desk:plan-step", args=[plan.pk, Action.ASSESS]))
    assertNotContains(response, reverse("desk:plan-step", args=[plan.pk, Action.ADOPT]))


def test_events_name_the_office_and_never_the_person(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    convener = make.holder_of(Role.CONVENER, plan.district)
    signed_in(client, Role.RA_OFFICER, plan.district)

    response = client.get(page(plan))

    assertContains(response, "Convener of the DEPC")
    assertNotContains(response, convener.name)


def test_a_step_that_headquarters_took_names_the_vacant_post(client):
    place = make.district()
    officer = make.official(Role.HQ_OFFICER)
    plan = make.draft(place, by=officer)
    client.force_login(officer)

    response = client.get(page(plan))

    assertContains(response, "acting for: Convener of the DEPC")


def test_a_draft_says_what_is_missing_with_links_to_the_fields(client):
    plan = make.draft()
    signed_in(client, Role.CONVENER, plan.district)

    response = client.get(page(plan))

    where = reverse("desk:plan-section", args=[plan.pk, 1])
    assertContains(response, f'href="{where}#id_body"')
    assertContains(response, "12 things before it can be submitted")
    assertNotContains(
        response, reverse("desk:plan-step", args=[plan.pk, Action.SUBMIT])
    )


def test_a_published_plan_of_another_district_is_not_on_my_desk(client):
    plan = make.plan(Status.PUBLISHED)
    signed_in(client, Role.CONVENER, make.district())

    assert client.get(page(plan)).status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r != Role.HQ_ADMIN])
def test_everybody_with_a_post_there_may_read_a_draft(client, role):
    plan = make.draft()
    client.force_login(make.official(role, plan.district))

    assert client.get(page(plan)).status_code == 200


def test_a_member_reads_a_draft_but_cannot_write_it(client):
    plan = make.draft()
    client.force_login(make.official(Role.MEMBER, plan.district))

    response = client.get(page(plan))

    assertNotContains(response, reverse("desk:plan-section", args=[plan.pk, 2]))


def test_a_plan_page_refuses_to_be_posted_to(client):
    plan = make.draft()
    signed_in(client, Role.CONVENER, plan.district)

    assert client.post(page(plan)).status_code == 405


def test_a_sealed_plan_shows_its_seal(client):
    plan = make.plan(Status.ADOPTED)
    signed_in(client, Role.RA_OFFICER, plan.district)

    response = client.get(page(plan))

    assertContains(response, plan.seal.sha256)


@pytest.mark.parametrize("more", [0, 6])
def test_a_plan_takes_the_same_queries_however_long_it_is(
    client, more, django_assert_num_queries
):
    plan = make.complete(make.draft())
    product = plan.products.first()
    for _ in range(more):
        make.target(plan, product)
        make.intervention(plan, product).supporting.add(make.agency("Lead bank"))
    signed_in(client, Role.CONVENER, plan.district)

    # Session, user, appointments; the plan with its parts; events, corrections,
    # consultation; rights; what ties its rows together.
    with django_assert_num_queries(21):
        client.get(page(plan))


def test_a_convener_starts_a_blank_plan(client):
    place = make.district()
    client.force_login(make.official(Role.CONVENER, place))

    response = client.post(start_page(place), years())

    plan = place.plans.get()
    assertRedirects(response, reverse("desk:plan-section", args=[plan.pk, 1]))
    assert (plan.year_from, plan.year_to) == (2026, 2030)
    assert plan.events.get().action == Action.START


def test_a_plan_in_force_is_amended(client):
    old = make.plan(Status.PUBLISHED)
    signed_in(client, Role.CONVENER, old.district)

    client.post(start_page(old.district), years(source="amend"))

    new = old.district.plans.get(status=Status.DRAFT)
    assert new.amends == old
    assert new.targets.count() == old.targets.count()


def test_a_plan_begins_with_that_of_a_peer(client):
    state = make.state()
    peer = make.plan(Status.PUBLISHED, make.district(state=state))
    place = make.district(state=state)
    client.force_login(make.official(Role.CONVENER, place))

    client.post(start_page(place), years(source="peer", peer=peer.pk))

    new = place.plans.get()
    assert new.amends is None
    assert new.interventions.count() == peer.interventions.count()


def test_districts_that_share_a_product_are_peers(client):
    peer = make.plan(Status.PUBLISHED)
    stranger = make.plan(Status.PUBLISHED)
    place = make.district()
    make.district_product(place, peer.products.first().product)
    client.force_login(make.official(Role.CONVENER, place))

    response = client.get(start_page(place))

    offered = response.context["form"].fields["peer"].queryset
    assert list(offered) == [peer]
    assert stranger not in offered


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (years(year_to=2031), "A plan covers one to five financial years"),
        (years(year_from=2027, year_to=2026), "A plan covers one to five financial"),
        (years(source="peer"), "Choose the plan to begin with."),
        (years(source="amend"), "Select a valid choice."),
        (years(year_from="soon"), "Select a valid choice."),
    ],
)
def test_a_start_that_cannot_be_is_refused_in_a_sentence(client, typed, sentence):
    place = make.district()
    client.force_login(make.official(Role.CONVENER, place))

    response = client.post(start_page(place), typed)

    assertContains(response, sentence)
    assert not Plan.objects.exists()


def test_the_second_click_comes_to_the_plan_of_the_first(client):
    place = make.district()
    client.force_login(make.official(Role.CONVENER, place))
    client.post(start_page(place), years())

    response = client.post(start_page(place), years(), follow=True)

    assertRedirects(response, page(place.plans.get()))
    assertContains(response, "A plan of this district is already being prepared.")


def test_starting_is_for_those_who_draft(client):
    place = make.district()
    former = make.district(until=dt.date(2025, 1, 1))

    assert client.get(start_page(place)).status_code == 302
    client.force_login(make.official(Role.MEMBER, place))
    assert client.get(start_page(place)).status_code == 403
    assert client.post(start_page(place), years()).status_code == 403
    client.force_login(make.official(Role.CONVENER, make.district()))
    assert client.get(start_page(place)).status_code == 404
    client.force_login(make.official(Role.CONVENER, former))
    assert client.get(start_page(former)).status_code == 403


def test_nothing_is_started_beside_a_plan_in_preparation(client):
    plan = make.draft()
    signed_in(client, Role.CONVENER, plan.district)

    assert client.get(start_page(plan.district)).status_code == 403


def test_years_and_author_of_a_draft_can_be_changed(client):
    plan = make.draft()
    signed_in(client, Role.CONVENER, plan.district)
    edit = reverse("desk:plan-edit", args=[plan.pk])
    typed = {
        "year_from": plan.year_from,
        "year_to": plan.year_from,
        "prepared_by": "consultant",
        "products_reason": "Nothing else is made here.",
        "revision": plan.revision,
    }

    response = client.post(edit, typed)

    assertRedirects(response, reverse("desk:plan-section", args=[plan.pk, 3]))
    plan.refresh_from_db()
    assert plan.year_to == plan.year_from
    assert plan.prepared_by == "consultant"
    assert plan.products_reason == "Nothing else is made here."


def test_years_in_the_wrong_order_are_refused(client):
    plan = make.draft()
    signed_in(client, Role.CONVENER, plan.district)
    edit = reverse("desk:plan-edit", args=[plan.pk])

    response = client.post(
        edit, {"year_from": 2027, "year_to": 2026, "prepared_by": "dic", "revision": 0}
    )

    assertContains(response, "A plan covers one to five financial years")
