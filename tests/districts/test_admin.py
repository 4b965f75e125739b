"""Headquarters keeps the registers: with a reason, in the history, without deleting."""

import datetime as dt

import pytest
from django.urls import reverse

from districts.admin import RegisterAdmin
from districts.models import Agency, Jurisdiction, Product, State
from portal.models import Change, DataVersion
from portal.terms import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, settings):
    settings.DEMO = True
    user = make.official(Role.HQ_ADMIN)
    client.force_login(user)
    return user


def address(thing, page="change"):
    """The page of a row, or of a model."""
    name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{page}"
    return reverse(name, args=[] if page in ("add", "changelist") else [thing.pk])


def form_of(client, url, **typed):
    """What the page would send, with some fields typed over."""
    form = client.get(url).context["adminform"].form
    sent = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, False)
    }
    return {**sent, **typed}


def test_change_is_saved_with_who_and_why(client, administrator):
    state = make.state(capital="Patna")
    make.district()
    version = DataVersion.current().number
    typed = form_of(
        client, address(state), quorum="7", capital="Gaya", reason="Order 12 of 2026"
    )

    client.post(address(state), typed)

    state.refresh_from_db()
    assert (state.quorum, state.capital) == (7, "Gaya")
    changes = Change.objects.order_by("field")
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("capital", "Patna", "Gaya"),
        ("quorum", "", "7"),
    ]
    assert {c.register for c in changes} == {"districts.state"}
    assert {c.row for c in changes} == {str(state.pk)}
    assert {c.changed_by for c in changes} == {administrator}
    assert {c.reason for c in changes} == {"Order 12 of 2026"}
    assert DataVersion.current().number != version


def test_change_without_a_reason_is_refused(client, administrator):
    state = make.state()

    response = client.post(address(state), form_of(client, address(state), quorum="7"))

    assert response.context["adminform"].form.errors == {
        "reason": ["This field is required."]
    }
    state.refresh_from_db()
    assert state.quorum is None


def test_saving_unchanged_writes_no_history(client, administrator):
    state = make.state()

    client.post(address(state), form_of(client, address(state), reason="None"))

    assert not Change.objects.exists()


def test_new_row_is_in_the_history(client, administrator):
    url = address(Agency, "add")

    client.post(url, {"name": "Jute Board", "reason": "New partner"})

    agency = Agency.objects.get(name="Jute Board")
    change = Change.objects.get()
    assert (change.row, change.field, change.before, change.after) == (
        str(agency.pk),
        "name",
        "",
        "Jute Board",
    )


def test_links_are_in_the_history(client, administrator):
    product = make.product("Makhana")
    nuts = make.product("Nuts")
    typed = form_of(client, address(product), variety_of=nuts.pk, reason="Told by RA")

    client.post(address(product), typed)

    assert Product.objects.get(pk=product.pk).variety_of == nuts
    change = Change.objects.get()
    assert (change.field, change.before, change.after) == ("variety_of", "", "Nuts")


def test_what_others_know_a_row_by_is_fixed(client, administrator):
    state = make.state()

    form = client.get(address(state)).context["adminform"].form

    assert not {"slug", "lgd_code", "iso_code"} & set(form.fields)


def test_jurisdictions_may_not_overlap(client, administrator):
    district = make.district()
    ended = dt.date(2026, 4, 1)
    held = district.jurisdictions.get()
    Jurisdiction.objects.filter(pk=held.pk).update(until=ended)
    url = address(Jurisdiction, "add")
    typed = {
        "ra": make.regional_authority().pk,
        "district": district.pk,
        "since": "2026-01-01",
        "reason": "Appendix 1A",
    }

    response = client.post(url, typed)
    said = f"{held.ra} holds this district at that time: end that first."
    assert response.context["adminform"].form.non_field_errors() == [said]

    client.post(url, {**typed, "since": "2026-04-01"})
    assert district.jurisdictions.count() == 2


@pytest.mark.parametrize("page", ["changelist", "add", "change", "history"])
def test_every_register_opens(client, administrator, page):
    for thing in (
        make.state(),
        make.district(),
        make.regional_authority(),
        make.product(),
        make.agency(),
        Jurisdiction.objects.first(),
    ):
        if page == "add" and isinstance(thing, State):
            continue
        assert client.get(address(thing, page)).status_code == 200


def test_nothing_is_deleted(client, administrator):
    agency = make.agency()

    assert client.get(address(agency, "delete")).status_code == 403
    assert RegisterAdmin.actions is None


@pytest.mark.parametrize("role", [Role.HQ_OFFICER, Role.AUDITOR])
def test_others_are_kept_out(client, settings, role):
    settings.DEMO = True
    client.force_login(make.official(role))

    response = client.get(reverse("admin:districts_state_changelist"))

    assert response.status_code == 302


def test_states_are_not_added(client, administrator):
    assert client.get(address(State, "add")).status_code == 403


def test_history_is_for_reading_only(client, administrator):
    change = Change.objects.create(register="districts.state", row="1", reason="Why")

    assert client.get(reverse("admin:portal_change_changelist")).status_code == 200
    response = client.get(address(change))
    assert response.status_code == 200
    assert not response.context["has_change_permission"]
    assert client.post(address(change), {"reason": "Other"}).status_code == 403
