"""Products, bottlenecks, interventions and targets of a draft, row by row."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import Bottleneck, FundSource, Line
from actionplans.progress import Direction, Frequency, Kind
from districts.models import DistrictProduct
from portal.models import Change
from portal.terms import Role, Status
from tests import make

pytestmark = pytest.mark.django_db
KINDS = ["products", "bottlenecks", "interventions", "targets"]


def new_page(plan, kind):
    return reverse("desk:part-new", args=[plan.pk, kind])


def edit_page(row, kind):
    return reverse("desk:part-edit", args=[row.plan_id, kind, row.pk])


def remove_page(row, kind):
    return reverse("desk:part-remove", args=[row.plan_id, kind, row.pk])


def section_page(plan, number):
    return reverse("desk:plan-section", args=[plan.pk, number])


def signed_in(client, plan, role=Role.CONVENER):
    client.force_login(make.holder_of(role, plan.district))


def bottleneck(**values):
    return {
        "category": "standards",
        "severity": 3,
        "text": "Samples travel for eleven days.",
        "unblock": "A laboratory in the district.",
        "revision": 0,
        **values,
    }


def target(plan, **values):
    measure = values.pop("indicator", None) or make.indicator()
    return {
        "indicator": measure.pk,
        "baseline": "1,200",
        "baseline_on": "2026-03-31",
        "baseline_source": "Return of the market committee",
        "goal": "4,000.5",
        "due_on": str(plan.first_day.replace(year=plan.year_from + 1, month=3)),
        "owner": make.agency().pk,
        "verification": "Register of the market committee",
        "revision": 0,
        **values,
    }


def test_a_product_is_chosen_from_those_of_the_district(client):
    plan = make.draft()
    own = make.district_product(plan.district)
    make.district_product(make.district())
    signed_in(client, plan)

    page = client.get(new_page(plan, "products"))
    offered = list(page.context["pane"].form.fields["product"].queryset)
    response = client.post(
        new_page(plan, "products"), {"product": own.product.pk, "order": 1}
    )

    assert offered == [own.product]
    row = plan.products.get()
    assertRedirects(response, f"{section_page(plan, 3)}#product-{row.pk}")
    assert row.line.kind == Line.Kind.PRODUCT
    assert row.line.district == plan.district


def test_a_product_that_the_district_does_not_name_is_refused(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.post(
        new_page(plan, "products"), {"product": make.product().pk, "order": 1}
    )

    assertContains(response, "Select a valid choice.")
    assert not plan.products.exists()


def test_the_next_product_gets_the_next_number(client):
    plan = make.complete(make.draft())
    signed_in(client, plan)

    page = client.get(new_page(plan, "products"))

    assertContains(page, 'value="3"')


def test_the_order_of_a_product_changes_and_the_product_stays(client):
    plan = make.complete(make.draft())
    row = plan.products.first()
    signed_in(client, plan)

    client.post(edit_page(row, "products"), {"product": make.product().pk, "order": 7})

    before = row.product
    row.refresh_from_db()
    assert (row.product, row.order) == (before, 7)


def test_a_bottleneck_is_added_under_its_product(client):
    plan = make.complete(make.draft())
    product = plan.products.first()
    signed_in(client, plan)

    page = client.get(f"{new_page(plan, 'bottlenecks')}?product={product.pk}")
    client.post(new_page(plan, "bottlenecks"), bottleneck(plan_product=product.pk))

    assertContains(page, f'<option value="{product.pk}" selected>')
    row = Bottleneck.objects.get(text="Samples travel for eleven days.")
    assert row.plan_product == product


def test_a_made_up_product_in_the_address_is_no_error(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.get(new_page(plan, "bottlenecks") + "?product=onion")

    assert response.status_code == 200


def test_a_row_without_what_it_needs_is_refused_and_kept(client):
    plan = make.draft()
    signed_in(client, plan)

    response = client.post(
        new_page(plan, "bottlenecks"), bottleneck(severity="", unblock="A laboratory.")
    )

    assertContains(response, "This field is required.")
    assertContains(response, "A laboratory.")
    assert not plan.bottlenecks.exists()


def test_products_of_another_plan_are_not_offered(client):
    plan, other = make.draft(), make.complete(make.draft())
    signed_in(client, plan)

    response = client.post(
        new_page(plan, "bottlenecks"),
        bottleneck(plan_product=other.products.first().pk),
    )

    assertContains(response, "Select a valid choice.")


def test_an_intervention_takes_money_in_lakh_and_several_agencies(client):
    plan = make.complete(make.draft())
    signed_in(client, plan)
    bank, source = make.agency("Lead bank"), FundSource.objects.create(name="State")

    client.post(
        new_page(plan, "interventions"),
        {
            "action": "Grading shed",
            "lead": make.agency().pk,
            "supporting": [bank.pk, make.agency().pk],
            "start_on": "2026-06-01",
            "due_on": "2027-01-31",
            "budget": "85 lakh",
            "fund_source": source.pk,
            "revision": 0,
        },
    )

    row = plan.interventions.get(action="Grading shed")
    assert row.budget == 85_00_000
    assert row.supporting.count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start_on": "2027-02-01"}, "It cannot be due before it starts."),
        ({"budget": "much"}, "is not an amount of money"),
        ({"budget": "-5 lakh"}, "A budget is not below zero."),
        ({"due_on": "31.2.2027"}, "Enter a valid date."),
    ],
)
def test_constraints_speak_in_sentences(client, values, sentence):
    plan = make.draft()
    signed_in(client, plan)
    typed = {"action": "Shed", "due_on": "2027-01-31", "revision": 0, **values}

    response = client.post(new_page(plan, "interventions"), typed)

    assertContains(response, sentence)
    assertContains(response, "Shed")


def test_a_target_takes_kind_direction_and_rhythm_of_its_indicator(client):
    plan = make.complete(make.draft())
    measure = make.indicator(Kind.YEARLY, frequency=Frequency.YEAR)
    signed_in(client, plan)

    client.post(new_page(plan, "targets"), target(plan, indicator=measure))

    row = plan.targets.get(indicator=measure)
    assert (row.kind, row.direction, row.frequency) == ("yearly", "up", "year")
    assert (row.baseline, row.goal) == (1200_00, 4000_50)


def test_a_longer_target_has_a_mark_for_each_year_between(client):
    plan = make.complete(make.draft())
    measure = make.indicator()
    signed_in(client, plan)
    marks = {f"mark_{plan.year_from + n}": f"{1500 + 500 * n}" for n in range(3)}
    typed = target(plan, indicator=measure, due_on=f"{plan.year_from + 4}-03-31")

    client.post(new_page(plan, "targets"), typed | marks)

    row = plan.targets.get(indicator=measure)
    stored = [(m.due_on.year - plan.year_from, m.value) for m in row.milestones.all()]
    assert stored == [(1, 1500_00), (2, 2000_00), (3, 2500_00)]


def test_marks_can_be_changed_and_cleared(client):
    plan = make.complete(make.draft())
    row = plan.targets.filter(milestones__isnull=False).first()
    signed_in(client, plan)
    typed = target(plan, indicator=row.indicator, due_on=str(row.due_on), baseline="10")
    marks = {f"mark_{plan.year_from}": "55"}

    client.post(edit_page(row, "targets"), typed | marks | {"goal": "90"})

    assert [m.value for m in row.milestones.all()] == [55_00]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"goal": "1,000"}, "The goal must lie beyond the baseline"),
        ({"baseline": "much"}, "is not a number"),
        ({"baseline_source": ""}, "This field is required."),
        ({"baseline_on": "2027-03-31"}, "due after the baseline"),
        ({"due_on": "2050-03-31"}, "Give a day by 31 Mar 2036 at the latest."),
        ({"mark_2027": "1,500"}, "Leave this year empty"),
    ],
)
def test_a_target_that_cannot_be_is_refused_in_a_sentence(client, values, sentence):
    plan = make.draft(years=(2026, 2030))
    signed_in(client, plan)

    response = client.post(new_page(plan, "targets"), target(plan) | values)

    assertContains(response, sentence)
    assert not plan.targets.exists()


def test_less_is_better_where_the_indicator_says_so(client):
    plan = make.draft()
    measure = make.indicator(Kind.RATE, direction=Direction.DOWN)
    signed_in(client, plan)

    client.post(
        new_page(plan, "targets"),
        target(plan, indicator=measure, baseline="12", goal="4"),
    )

    assert plan.targets.get().goal == 4_00


def test_the_indicator_of_an_adopted_target_stays(client):
    old = make.plan(Status.PUBLISHED)
    plan = make.draft(old.district, like=old)
    row = plan.targets.first()
    signed_in(client, plan)
    typed = target(plan, baseline="10", goal="60", due_on=str(row.due_on))

    response = client.post(edit_page(row, "targets"), typed)

    assert response.status_code == 302
    before = row.indicator
    row.refresh_from_db()
    assert (row.indicator, row.goal) == (before, 60_00)


def test_a_row_changed_meanwhile_keeps_what_i_typed_and_shows_theirs(client):
    plan = make.complete(make.draft())
    row = plan.targets.filter(milestones__isnull=False).first()
    signed_in(client, plan)
    typed = target(plan, indicator=row.indicator, due_on=str(row.due_on), baseline="10")
    mark = f"mark_{plan.year_from}"
    client.post(edit_page(row, "targets"), typed | {"goal": "70", mark: "30"})

    response = client.post(
        edit_page(row, "targets"), typed | {"goal": "80", mark: "40"}
    )

    assertContains(response, "Somebody else saved this meanwhile.")
    assertContains(response, 'value="80"')
    stored = dict(response.context["pane"].form.theirs)
    assert stored["Goal"] == "70"
    assert "30" in stored.values()


def test_agencies_chosen_meanwhile_by_somebody_else_are_named(client):
    plan = make.complete(make.draft())
    row, bank = plan.interventions.first(), make.agency("Lead bank")
    signed_in(client, plan)
    typed = {"action": row.action, "revision": 0, "budget": "85 lakh"}
    client.post(edit_page(row, "interventions"), typed | {"supporting": [bank.pk]})

    response = client.post(edit_page(row, "interventions"), typed)

    theirs = response.context["pane"].form.theirs
    assert theirs == [("Supporting agencies", "Lead bank")]


def test_each_saved_row_raises_the_revision_of_the_plan(client):
    plan = make.complete(make.draft())
    row = plan.bottlenecks.first()
    signed_in(client, plan)

    client.post(new_page(plan, "bottlenecks"), bottleneck())
    client.post(edit_page(row, "bottlenecks"), bottleneck(revision=0))
    client.post(remove_page(row, "bottlenecks"))

    plan.refresh_from_db()
    assert plan.revision == 3


def test_a_row_sent_twice_is_one_row(client):
    plan = make.draft()
    signed_in(client, plan)
    typed = bottleneck(line=str(uuid.uuid4()))
    client.post(new_page(plan, "bottlenecks"), typed)

    response = client.post(new_page(plan, "bottlenecks"), typed, follow=True)

    assertContains(response, "This is saved already.")
    assert plan.bottlenecks.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_row_can_be_opened_and_removed(client, kind):
    plan = make.complete(make.draft())
    row = getattr(plan, kind).last()
    if kind == "products":
        for rows in (plan.bottlenecks, plan.interventions):
            rows.filter(plan_product=row).delete()
        for one in plan.targets.filter(plan_product=row):
            one.milestones.all().delete()
            one.delete()
    signed_in(client, plan)

    assertContains(client.get(edit_page(row, kind)), "Save")
    assertContains(client.get(remove_page(row, kind)), "Keep it")
    response = client.post(remove_page(row, kind), follow=True)

    assertContains(response, "Removed.")
    assert not getattr(plan, kind).filter(pk=row.pk).exists()


def test_what_others_hang_on_cannot_be_removed(client):
    plan = make.complete(make.draft())
    row = plan.bottlenecks.first()
    shed = plan.interventions.first()
    shed.bottleneck = row
    shed.save()
    signed_in(client, plan)

    response = client.post(remove_page(row, "bottlenecks"), follow=True)

    assertContains(response, "It cannot be removed as long as these hang on it")
    assertContains(response, shed.action)
    assert plan.bottlenecks.contains(row)


def test_a_row_removed_twice_is_no_error(client):
    plan = make.complete(make.draft())
    row = plan.bottlenecks.first()
    signed_in(client, plan)
    client.post(remove_page(row, "bottlenecks"))

    response = client.post(remove_page(row, "bottlenecks"), follow=True)

    assertContains(response, "This was removed already.")


def test_a_row_of_another_plan_is_not_found(client):
    plan, other = make.draft(), make.complete(make.draft())
    signed_in(client, plan)
    row = other.bottlenecks.first()

    page = reverse("desk:part-edit", args=[plan.pk, "bottlenecks", row.pk])

    assert client.get(page).status_code == 404


def test_an_unknown_kind_of_row_is_not_found(client):
    plan = make.draft()
    signed_in(client, plan)

    assert client.get(f"/desk/plans/{plan.pk}/wishes/new/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_rows_are_written_by_those_who_draft(client, kind, method):
    plan = make.complete(make.draft())
    row = getattr(plan, kind).first()
    pages = [new_page(plan, kind), edit_page(row, kind), remove_page(row, kind)]

    def answers():
        return {getattr(client, method)(page).status_code for page in pages}

    assert answers() == {302}
    client.force_login(make.official(Role.CONVENER, make.district()))
    assert answers() == {404}
    client.force_login(make.official(Role.MEMBER, plan.district))
    assert answers() == {403}


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_changes_once_the_plan_is_submitted(client, kind):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    row = getattr(plan, kind).first()
    signed_in(client, plan)

    for page in [new_page(plan, kind), edit_page(row, kind), remove_page(row, kind)]:
        response = client.post(page, bottleneck())
        assertContains(response, "The plan has moved on", status_code=409)
    assert getattr(plan, kind).filter(pk=row.pk).exists()


@pytest.mark.parametrize("rows", [1, 15])
def test_a_form_takes_the_same_queries_however_much_there_is_to_choose(
    client, rows, django_assert_num_queries
):
    plan = make.complete(make.draft())
    for number in range(rows):
        make.agency(f"Agency {number}")
        plan.bottlenecks.create(
            line=plan.bottlenecks.first().line, category="skills", severity=1, text="?"
        )
    signed_in(client, plan)

    # The section with its rows; products, bottlenecks, targets, two lists of agencies,
    # fund sources for the form.
    with django_assert_num_queries(21):
        client.get(new_page(plan, "interventions"))


def test_a_product_of_the_catalogue_becomes_one_of_the_district(client):
    plan = make.draft()
    place, thing = plan.district, make.product("Onion")
    signed_in(client, plan)
    page = reverse("desk:product-new", args=[place.state.slug, place.slug])

    response = client.post(page, {"product": thing.pk, "since": "2026-11-01"})

    assertRedirects(response, section_page(plan, 3))
    row = DistrictProduct.objects.get(district=place, product=thing)
    change = Change.objects.get(row=str(row.pk))
    assert change.changed_by == make.holder_of(Role.CONVENER, place)


def test_without_a_draft_one_comes_back_to_the_products_of_the_district(client):
    place, thing = make.district(), make.product("Onion")
    client.force_login(make.official(Role.STATE_OFFICER, place))
    page = reverse("desk:product-new", args=[place.state.slug, place.slug])

    response = client.post(
        page, {"product": thing.pk, "since": "2026-11-01"}, follow=True
    )

    assertContains(response, "The district names Onion now.")
    assertContains(response, "Products of the district")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"product": ""}, "This field is required."),
        ({"since": "2099-01-01"}, "This day lies in the future."),
        ({"potential": "high"}, "Say why the potential is rated so."),
    ],
)
def test_a_product_that_cannot_be_named_so_is_refused(client, typed, sentence):
    place, thing = make.district(), make.product("Onion")
    client.force_login(make.official(Role.RA_OFFICER, place))
    page = reverse("desk:product-new", args=[place.state.slug, place.slug])

    response = client.post(page, {"product": thing.pk, **typed})

    assertContains(response, sentence)
    assert not place.products.exists()


def test_a_product_that_the_district_names_already_is_not_offered(client):
    row = make.district_product(make.district())
    place = row.district
    client.force_login(make.official(Role.RA_OFFICER, place))
    page = reverse("desk:product-new", args=[place.state.slug, place.slug])

    assertNotContains(client.get(page), f'value="{row.product.pk}"')


def test_products_of_a_district_are_kept_by_its_offices(client):
    place = make.district()
    seen = reverse("desk:products", args=[place.state.slug, place.slug])
    new = reverse("desk:product-new", args=[place.state.slug, place.slug])

    assert client.get(new).status_code == 302
    client.force_login(make.official(Role.RA_OFFICER, make.district()))
    assert client.get(seen).status_code == 404
    assert client.get(new).status_code == 404
    client.force_login(make.official(Role.MEMBER, place))
    assert client.get(seen).status_code == 200
    assert client.get(new).status_code == 403


def test_what_a_row_says_is_text_in_its_links(client):
    plan = make.complete(make.draft())
    plan.interventions.update(action="<b>100%</b> {key}")
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    response = client.get(reverse("desk:plan-section", args=[plan.pk, 6]))

    assertNotContains(response, "<b>100%</b>")
    assertContains(response, ": &lt;b&gt;100%&lt;/b&gt; {key}</span></a>")
