"""Writing a plan quickly, together, and without losing anything."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.desk.parts import PARTS
from actionplans.models import Plan
from portal.models import ParkedPost
from portal.parking import form_id
from portal.terms import Role, Status
from tests import make

pytestmark = pytest.mark.django_db
TEXT = "Sikar grows onions that keep for four months. " * 3
SCRIPT = {"HTTP_HX_REQUEST": "true"}


def section_page(plan, number=1):
    return reverse("desk:plan-section", args=[plan.pk, number])


def state_page(plan, number=1, revision=""):
    query = {"revision": revision}
    return reverse("desk:plan-state", args=[plan.pk, number], query=query)


def new_page(plan, kind, product=None):
    query = {"product": product.pk} if product else None
    return reverse("desk:part-new", args=[plan.pk, kind], query=query)


def edit_page(row, kind):
    return reverse("desk:part-edit", args=[row.plan_id, kind, row.pk])


def signed_in(client, plan, role=Role.CONVENER):
    person = make.holder_of(role, plan.district)
    client.force_login(person)
    return person


def bottleneck(**values):
    return {
        "category": "standards",
        "severity": 3,
        "text": "Samples travel for eleven days.",
        "revision": 0,
        **values,
    }


# --- The form of a row opens in its section


@pytest.mark.parametrize("kind", PARTS)
def test_the_form_of_a_row_opens_beneath_the_rows_of_its_product(client, kind):
    plan = make.complete(make.draft())
    row = getattr(plan, kind).last()
    signed_in(client, plan)

    response = client.get(edit_page(row, kind))

    text = response.text
    product = row if kind == "products" else row.plan_product
    table = text.index(f'id="{kind[:-1]}-{row.pk}"')
    assert table < text.index('<form class="pane') < text.index('id="gate"')
    assertContains(response, "Sections of the plan")
    assertNotContains(response, f'id="add-{product.pk}"')
    assertContains(response, 'form="row"')


def test_the_text_of_the_section_stands_still_while_a_row_is_written(client):
    """Without a script only one of two forms could be saved."""
    plan = make.complete(make.draft())
    signed_in(client, plan)

    response = client.get(new_page(plan, "targets"))

    assertNotContains(response, 'name="body"')
    assertContains(response, "Plain words.")


def test_the_cursor_waits_at_the_first_field_or_at_the_first_mistake(client):
    plan = make.complete(make.draft())
    signed_in(client, plan)

    opened = client.get(new_page(plan, "bottlenecks"))
    refused = client.post(new_page(plan, "bottlenecks"), bottleneck(text=""))

    assert opened.context["pane"].form["category"].field.widget.attrs["autofocus"]
    assert refused.context["pane"].form["text"].field.widget.attrs["autofocus"]
    assert refused.text.count("autofocus") == 1


def test_after_a_row_one_may_go_on_with_the_next_of_the_same_product(client):
    plan = make.complete(make.draft())
    product = plan.products.last()
    signed_in(client, plan)

    response = client.post(
        new_page(plan, "bottlenecks"),
        bottleneck(plan_product=product.pk, another="1"),
        follow=True,
    )

    assertRedirects(response, new_page(plan, "bottlenecks", product))
    assertContains(response, "is saved")
    assert response.context["pane"].group == product.pk


def test_a_new_row_begins_with_what_the_last_one_said(client):
    plan = make.complete(make.draft())
    bank = make.agency("Lead bank")
    make.target(plan, owner=bank)
    make.intervention(plan, lead=bank)
    signed_in(client, plan)

    target = client.get(new_page(plan, "targets")).context["pane"].form
    action = client.get(new_page(plan, "interventions")).context["pane"].form

    assert (target["owner"].value(), action["lead"].value()) == (bank.pk, bank.pk)
    assert target["due_on"].value() == action["due_on"].value() == plan.last_day
    assert (plan.first_day - target["baseline_on"].value()).days == 1


@pytest.mark.parametrize(
    ("part", "name"), [("interventions", "lead"), ("targets", "baseline_source")]
)
def test_the_gate_leads_into_the_form_of_the_row_to_the_very_field(client, part, name):
    plan = make.complete(make.draft())
    row = getattr(plan, part).last()
    type(row).objects.filter(pk=row.pk).update(**{name: None if name == "lead" else ""})
    signed_in(client, plan)

    response = client.get(section_page(plan))

    assertContains(response, f'href="{edit_page(row, part)}#id_{name}"')
    assertContains(client.get(edit_page(row, part)), f'id="id_{name}"')


def test_the_gate_leads_to_a_new_row_under_the_product_that_lacks_one(client):
    plan = make.complete(make.draft())
    product = plan.products.first()
    product.interventions.all().delete()
    signed_in(client, plan)

    response = client.get(section_page(plan))

    assertContains(response, f'href="{new_page(plan, "interventions", product)}"')


# --- The order of rows


def order_of(plan, kind):
    """Of the rows about the first product, or of the products."""
    rows = getattr(plan, kind).all()
    if kind != "products":
        rows = rows.filter(plan_product=plan.products.earliest("pk"))
    return [row.pk for row in rows]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(3, "products"), (4, "bottlenecks"), (6, "interventions"), (7, "targets")],
)
def test_rows_move_up_and_down_among_those_of_the_same_product(client, number, kind):
    plan = make.complete(make.draft())
    product = plan.products.first()
    if kind in ("bottlenecks", "interventions"):
        row = getattr(plan, kind).filter(plan_product=product).get()
        row.pk, row.line = None, make.new_line(plan, type(row))
        row.save(force_insert=True)
    first, second = before = order_of(plan, kind)
    signed_in(client, plan)

    response = client.post(section_page(plan, number), {"up": second})

    assert response.url == f"{section_page(plan, number)}#up-{second}"
    assert order_of(plan, kind) == [second, first]
    client.post(section_page(plan, number), {"down": second})
    assert order_of(plan, kind) == before


def test_the_first_row_stays_where_it_is(client):
    plan = make.complete(make.draft())
    before = order_of(plan, "targets")
    signed_in(client, plan)

    client.post(section_page(plan, 7), {"up": before[0]})

    assert order_of(plan, "targets") == before
    assert Plan.objects.get(pk=plan.pk).revision == 0


def test_a_new_row_comes_last_even_after_others_were_moved(client):
    plan = make.complete(make.draft())
    product = plan.products.first()
    signed_in(client, plan)
    for text in ("Second.", "Third."):
        client.post(
            new_page(plan, "bottlenecks"),
            bottleneck(text=text, plan_product=product.pk),
        )

    assert [row.text for row in product.bottlenecks.all()][1:] == ["Second.", "Third."]


@pytest.mark.parametrize(
    ("number", "sent"), [(7, "x"), (7, "0"), (7, "99999999"), (1, "1")]
)
def test_what_is_no_row_of_the_section_cannot_be_moved(client, number, sent):
    plan = make.complete(make.draft())
    signed_in(client, plan)

    assert client.post(section_page(plan, number), {"up": sent}).status_code == 404


# --- Saved while it is typed


def test_a_script_saves_and_gets_the_state_of_the_plan_only(client):
    plan = make.draft()
    signed_in(client, plan)
    typed = {"body": TEXT, "revision": 0}

    response = client.post(section_page(plan), typed, **SCRIPT)

    assert plan.sections.get().body == TEXT.strip()
    assertContains(response, 'data-text-revision="1"')
    assertContains(response, "1 of 11 sections complete")
    assertContains(response, "by you")
    assertNotContains(response, "<html")


@pytest.mark.parametrize(
    "typed", [{"body": "Mine.", "revision": 7}, {"body": "x", "not_applicable": "y"}]
)
def test_a_script_is_told_when_a_text_was_not_saved(client, typed):
    plan = make.draft()
    plan.sections.create(code=1, body="Theirs.")
    signed_in(client, plan)

    response = client.post(section_page(plan), typed, **SCRIPT)

    assertContains(response, 'id="sent"')
    assertNotContains(response, "data-text-revision")
    assert plan.sections.get().body == "Theirs."


def test_a_text_that_a_script_could_not_save_is_parked_with_the_session_gone(client):
    plan = make.draft()
    person = make.holder_of(Role.CONVENER, plan.district)
    sent = {"body": TEXT, "form_id": form_id(person.pk, section_page(plan))}

    client.post(section_page(plan), sent, **SCRIPT)

    assert ParkedPost.objects.get(user=person).fields["body"] == [TEXT]


def test_a_row_typed_with_the_session_gone_is_parked_too(client):
    plan = make.complete(make.draft())
    person = signed_in(client, plan)
    address = new_page(plan, "bottlenecks")
    page = client.get(address)
    assertContains(page, form_id(person.pk, address).split(":")[0])
    client.logout()

    client.post(address, bottleneck(form_id=form_id(person.pk, address)))

    parked = ParkedPost.objects.get(user=person)
    assert parked.path == address
    assert parked.fields["text"] == ["Samples travel for eleven days."]


# --- Two people in one plan


def test_the_page_says_when_and_by_which_office_the_plan_was_saved(client):
    plan = make.draft()
    signed_in(client, plan, Role.RA_OFFICER)
    client.post(section_page(plan, 4), {"body": TEXT, "revision": 0})

    plan.refresh_from_db()
    assert (timezone.now() - plan.saved_at).seconds < 60
    assert plan.saved_section == 4
    assertContains(client.get(section_page(plan)), "by you")
    signed_in(client, plan)
    assertContains(client.get(section_page(plan)), f"by {plan.saved_by}")


@pytest.mark.parametrize("kind", ["bottlenecks", "remove", "move", "years"])
def test_whatever_is_changed_the_plan_remembers_by_whom(client, kind):
    plan = make.complete(make.draft())
    person = signed_in(client, plan)
    row = plan.bottlenecks.first()
    years = {"year_from": plan.year_from, "year_to": plan.year_to}
    address, sent = {
        "bottlenecks": (new_page(plan, "bottlenecks"), bottleneck()),
        "remove": (
            reverse("desk:part-remove", args=[plan.pk, "bottlenecks", row.pk]),
            {},
        ),
        "move": (section_page(plan, 3), {"down": plan.products.first().pk}),
        "years": (
            reverse("desk:plan-edit", args=[plan.pk]),
            {**years, "prepared_by": "ra", "revision": 0},
        ),
    }[kind]

    client.post(address, sent)

    plan.refresh_from_db()
    assert plan.saved_by.user == person
    assert plan.saved_section == (4 if kind in ("bottlenecks", "remove") else 3)


def test_a_page_learns_that_somebody_else_changed_the_plan(client):
    plan = make.draft()
    signed_in(client, plan, Role.RA_OFFICER)
    client.post(section_page(plan, 4), {"body": TEXT, "revision": 0})
    post = Plan.objects.get(pk=plan.pk).saved_by
    signed_in(client, plan)

    response = client.get(state_page(plan, revision=0))

    assertContains(response, f"{post} changed section 4 at")
    assertContains(response, "Load the page again")
    assertContains(response, 'data-revision="0"')
    assertNotContains(client.get(state_page(plan, revision=1)), "changed section")


def test_a_change_in_my_other_window_is_called_mine(client):
    plan = make.draft()
    signed_in(client, plan)
    client.post(section_page(plan, 4), {"body": TEXT, "revision": 0})

    response = client.get(state_page(plan, revision=0))

    assertContains(response, "You changed section 4 in another window")


def test_what_i_save_does_not_hide_what_somebody_else_saved(client):
    plan = make.draft()
    signed_in(client, plan, Role.RA_OFFICER)
    client.post(section_page(plan, 4), {"body": TEXT, "revision": 0})
    signed_in(client, plan)

    response = client.post(
        section_page(plan) + "?revision=0", {"body": TEXT, "revision": 0}, **SCRIPT
    )

    assertContains(response, "Somebody else changed the plan meanwhile.")


def test_a_page_that_is_up_to_date_costs_little_to_ask(
    client, django_assert_num_queries
):
    plan = make.complete(make.draft())
    signed_in(client, plan)

    # Session, user, appointments, plan.
    with django_assert_num_queries(4):
        response = client.get(state_page(plan, revision=0))

    assertNotContains(response, "sections complete")
    assertContains(client.get(state_page(plan, revision=7)), "sections complete")


def test_the_state_of_a_plan_that_moved_on_is_a_page_of_its_own(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan)

    assert client.get(state_page(plan)).status_code == 409
    assert client.get(state_page(plan, number=12)).status_code == 404


@pytest.mark.parametrize("name", ["part-paste", "part-copy"])
def test_nothing_is_pasted_or_copied_once_the_plan_is_submitted(client, name):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    signed_in(client, plan)
    address = reverse(f"desk:{name}", args=[plan.pk, "targets"])

    for response in (client.get(address), client.post(address, {"sheet": TEXT})):
        assertContains(response, "The plan has moved on", status_code=409)


def test_an_old_plan_is_typed_on_the_same_pages(client):
    plan = make.recorded()
    signed_in(client, plan)

    client.post(section_page(plan), {"body": TEXT, "revision": 0})
    client.post(new_page(plan, "bottlenecks"), bottleneck())

    assert plan.sections.get().body == TEXT.strip()
    assert plan.bottlenecks.count() == 1


@pytest.mark.parametrize("kind", PARTS)
def test_the_editor_speaks_hindi_and_stays_there(client, kind):
    plan = make.complete(make.draft())
    signed_in(client, plan)
    with override("hi"):
        address = new_page(plan, kind)

    response = client.get(address)

    assert address.startswith("/hi/")
    assertContains(response, f'action="{address}"')


# --- Fixed numbers of queries


@pytest.mark.parametrize("more", [0, 40])
@pytest.mark.parametrize(("address", "queries"), [("section", 18), ("new", 24)])
def test_queries_do_not_grow_with_the_rows(
    client, more, address, queries, django_assert_max_num_queries
):
    plan = make.complete(make.draft())
    for _ in range(more):
        make.target(
            plan, plan.products.first(), indicator=plan.targets.first().indicator
        )
    signed_in(client, plan)
    page = section_page(plan, 7) if address == "section" else new_page(plan, "targets")

    with django_assert_max_num_queries(queries):
        client.get(page)
