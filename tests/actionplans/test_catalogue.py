"""The catalogues of headquarters: what they hold, who keeps them, what stays."""

import csv

import pytest
from django.conf import settings
from django.urls import reverse

from actionplans.models import FundSource, Indicator
from actionplans.progress import Direction, Kind
from portal.models import Change
from portal.terms import Role
from tests import make

pytestmark = pytest.mark.django_db
# What DOMAIN 3.3 asks for, and growth and money besides.
WANTED = {
    "district-exports",
    "product-exports",
    "production-tonnes",
    "first-time-exporters",
    "codes-issued",
    "facility-working",
    "money-spent",
    "units-upgraded",
    "people-trained",
    "gi-users",
    "groups-linked",
    "certified-units",
    "destinations",
    "buyer-seller-meets",
    "grievances-in-time",
    "people-employed",
}


def rows_of(name):
    path = settings.BASE_DIR / "fixtures" / name
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def address(thing, page="change"):
    name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{page}"
    return reverse(name, args=[] if page == "add" else [thing.pk])


def change(client, thing, **typed):
    form = client.get(address(thing)).context["adminform"].form
    stored = {name: form[name].value() or "" for name in form.fields}
    return client.post(address(thing), {**stored, **typed})


@pytest.fixture
def administrator(client, settings):
    settings.DEMO = True
    user = make.official(Role.HQ_ADMIN)
    client.force_login(user)
    return user


def test_the_catalogue_has_what_plans_count_in_both_languages():
    rows = rows_of("indicators.csv")

    assert {row["slug"] for row in rows} >= WANTED
    assert {row["kind"] for row in rows} == set(Kind.values)
    assert {row["direction"] for row in rows} == set(Direction.values)
    for row in rows:
        assert all(row[name] for name in row), row["slug"]
        Indicator(**row).full_clean()


def test_fund_sources_are_named_in_both_languages():
    for row in rows_of("fund_sources.csv"):
        assert all(row.values())
        FundSource(**row).full_clean()


def test_headquarters_keeps_the_indicators_with_a_history(client, administrator):
    row = make.indicator()

    change(client, row, usual_source="Shipping bills", reason="Order 12 of 2026")

    row.refresh_from_db()
    assert row.usual_source == "Shipping bills"
    kept = Change.objects.get(row=str(row.pk))
    assert (kept.field, kept.after, kept.reason) == (
        "usual_source",
        "Shipping bills",
        "Order 12 of 2026",
    )
    assert kept.changed_by == administrator


def test_what_a_figure_means_stays_once_a_target_uses_it(client, administrator):
    free, used = make.indicator(), make.indicator()
    make.target(make.draft(), indicator=used)

    change(client, free, unit="tonnes", kind="rate", reason="Told by the RA")
    change(client, used, unit="tonnes", kind="rate", reason="Told by the RA")

    free.refresh_from_db()
    used.refresh_from_db()
    assert (free.unit, free.kind) == ("tonnes", "rate")
    assert (used.unit, used.kind) == ("units", "stock")


def test_a_new_fund_source_is_offered_and_in_the_history(client, administrator):
    typed = {"name": "Gati Shakti", "name_hi": "गति शक्ति", "reason": "New scheme"}

    client.post(address(FundSource, "add"), typed)

    source = FundSource.objects.get()
    assert source.name_hi == "गति शक्ति"
    assert set(Change.objects.values_list("field", flat=True)) == {"name", "name_hi"}


@pytest.mark.parametrize("role", [Role.HQ_OFFICER, Role.RA_OFFICER, Role.AUDITOR])
def test_nobody_else_keeps_the_catalogues(client, settings, role):
    settings.DEMO = True
    row = make.indicator()
    client.force_login(make.official(role, make.district()))

    response = client.post(address(row), {"unit": "tonnes", "reason": "Mine"})

    assert response.status_code in (302, 403, 404)
    assert Indicator.objects.get().unit == "units"


def test_everybody_reads_the_catalogue(client):
    row = make.indicator(
        unit="tonnes",
        unit_hi="टन",
        usual_source="Returns of units",
        usual_source_hi="इकाइयों की विवरणियाँ",
    )

    english = client.get(reverse("method")).text
    hindi = client.get("/hi" + reverse("method")).text

    assert row.name in english
    assert "Returns of units" in english
    assert "इकाइयों की विवरणियाँ" in hindi
    assert "टन" in hindi


@pytest.mark.parametrize("rows", [0, 8])
def test_the_page_on_figures_takes_a_fixed_number_of_queries(
    client, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.indicator()

    # The indicators, and when anything public changed last.
    with django_assert_num_queries(2):
        client.get(reverse("method"))
