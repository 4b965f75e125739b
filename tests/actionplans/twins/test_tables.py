"""The whole tables, from which nothing private leaks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import Reading
from actionplans.twins.catalogue import TABLES
from actionplans.twins.plans import PLANS
from districts.models import (
    ExportFigure,
    HSCode,
    PotentialFact,
    ProgrammeCount,
    ServiceCategory,
    Succession,
)
from portal.models import DataVersion
from portal.terms import PUBLIC as PUBLIC_STATUSES
from portal.terms import Role, Status
from tests import make
from tests.actionplans.twins.answers import (
    fetched,
    lines,
    page,
    record,
    rows,
    shown,
    way,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_forms_of_a_table_say_the_same(client, plan, table):
    place = plan.district
    HSCode.objects.create(code="0910", description="=Ginger")
    ServiceCategory.objects.create(code="A", name="Tourism", scheme="Champions")
    Succession.objects.create(before=make.district(), after=place)
    ExportFigure.objects.create(
        state=place.state, value="1,234", unit="USD", source="X"
    )
    ProgrammeCount.objects.create(
        on="2025-07-01", measure="districts_in_scope", value=590, source="Y"
    )
    PotentialFact.objects.create(
        place=place.products.first(),
        kind="exports",
        amount=12_345_67,
        unit="₹",
        as_on="2026-01-01",
        source="Survey",
    )

    found = rows(client, f"data-{table.name}")

    assert found
    cells = lines(client, f"data-{table.name}")
    if table.name == "hs-codes":
        assert cells[0].pop("description") == "'=Ginger"
        assert found[0].pop("description") == "=Ginger"
    assert cells == [shown(row) for row in found]


def test_whole_tables_say_what_the_plans_say(client, plan):
    args = way(plan.district)
    found = record(client, "plan", args)

    for table in ("targets", "interventions", "readings"):
        named = [set(row) for row in found[table]]
        whole = rows(client, f"data-{table}")
        assert [
            {key: row[key] for key in names}
            for row, names in zip(in_order(whole), named, strict=True)
        ] == in_order(found[table])
        assert {row["district"] for row in whole} == {plan.district.name}


def in_order(rows):
    return sorted(rows, key=lambda row: row["line"])


@pytest.mark.parametrize(
    "status", sorted(set(Status) - {*PUBLIC_STATUSES, Status.ANNULLED})
)
def test_a_plan_that_nobody_may_read_is_in_no_twin(client, status):
    plan = make.plan(status)
    args = way(plan.district)

    assert page(client, "plan-json", args).status_code == 404
    assert page(client, "consultation-json", args).status_code == 404
    secrets = [
        plan.targets.first().indicator.name,
        plan.bottlenecks.first().text,
        plan.interventions.first().action,
        "Because the committee asked for it.",
    ]
    whole = fetched(client, "district", args=args)
    whole += "".join(fetched(client, f"data-{table.name}") for table in TABLES)
    assert [secret for secret in secrets if secret in whole] == []
    assert rows(client, "data-plan-versions") == []


def test_no_person_is_in_any_twin(client, plan):
    names = {
        name
        for event in plan.events.select_related("appointment__user")
        if event.appointment
        for name in (event.appointment.user.name, event.appointment.user.email)
    }
    args = way(plan.district)
    whole = fetched(client, "district", args=args) + fetched(client, "plan", args=args)
    whole += "".join(fetched(client, f"data-{table.name}") for table in TABLES)

    assert names
    assert [name for name in names if name in whole] == []


def test_a_corrected_figure_says_why_and_whether_it_was_verified(client, plan):
    place = plan.district
    first = Reading.objects.get()
    convener = make.holder_of(Role.CONVENER, place)
    Reading.objects.create(
        line=first.line,
        quarter=first.quarter,
        state="value",
        value=53_00,
        note="Digits swapped.",
        report=first.report,
        entered_by=convener.current_appointments[0],
        supersedes=first,
    )

    (row,) = rows(client, "data-readings")

    assert (row["value"], row["correction"]) == ("53", "Digits swapped.")
    assert row["is_verified"] is False
    assert row["line"] == str(first.line_id)


def test_readings_of_a_line_stand_once_however_many_versions_it_has(client, plan):
    following = make.draft(plan.district, like=plan)
    for action, _role in (
        *make.WALK[Status.UNDER_ASSESSMENT],
        *make.WALK[Status.ASSESSED],
        *make.WALK[Status.ADOPTED],
        *make.WALK[Status.PUBLISHED],
    ):
        make.step(following, action)

    assert [row["value"] for row in rows(client, "data-readings")] == ["35"]
    assert len(rows(client, "data-targets")) == following.targets.count()
    assert [row["status"] for row in PLANS.among(district=plan.district)] == [
        "superseded",
        "published",
    ]


@pytest.mark.parametrize("districts", [1, 4])
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("districts-csv", 3),
        ("states-csv", 2),
        ("products-csv", 3),
        ("data-targets-csv", 11),
        ("data-readings-csv", 3),
        ("data-interventions-csv", 12),
        ("data-events-csv", 2),
    ],
)
def test_a_twin_takes_a_fixed_number_of_queries(client, name, count, districts):
    for _ in range(districts):
        make.plan(Status.PUBLISHED)
    DataVersion.rise()
    client.get("/states/")

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(name)).getvalue()

    assert len(queries) == count


def test_the_page_of_a_district_is_told_as_it_is_addressed(client, plan):
    address = plan.district.get_absolute_url()

    for table in ("targets", "interventions", "readings", "plan-versions"):
        told = {row["district_address"] for row in rows(client, f"data-{table}")}
        assert told == {address}
