"""The twins of records say the same as their pages."""

import datetime as dt
import json

import pytest

from districts.models import (
    Naming,
    PotentialFact,
    Succession,
)
from portal.terms import Status
from tests import make
from tests.actionplans.twins.answers import (
    assert_same_actions,
    assert_same_targets,
    decimal,
    fetched,
    iso,
    page,
    record,
    rows,
    way,
)

pytestmark = pytest.mark.django_db


def test_a_district_is_told_whole(client, plan):
    place = plan.district
    first = place.products.first()
    PotentialFact.objects.create(
        place=first,
        kind="units",
        amount=412_00,
        unit="units",
        as_on="2026-01-01",
        source="Survey",
    )
    first.namings.create(
        scheme=Naming.Scheme.ODOP, wording="Brass", confidence="high", source="X"
    )

    contents = page(client, "district", way(place)).context
    found = record(client, "district", way(place))

    assert found["district"]["name_hi"] == place.name_hi
    assert found["standing"]["stage"] == contents["standing"].stage.slug == "reporting"
    assert found["standing"]["freshness"] == contents["standing"].freshness
    assert found["standing"]["reports_filed"] == contents["standing"].quarters[0] == 1
    assert found["contact"]["office"] == contents["jurisdiction"].ra.name
    assert [row["product"] for row in found["products"]] == [
        line.place.product.name for line in contents["shown"].products
    ]
    assert [(row["fact"], row["amount"]) for row in found["facts"]] == [
        ("units", "412")
    ]
    assert_same_targets(found["targets"], contents["shown"].in_force.targets)
    assert_same_actions(found["interventions"], contents["shown"].in_force.actions)
    assert sorted(row["number"] for row in found["plans"]) == sorted(
        past.plan.number for past in contents["shown"].chronicle.history
    )
    assert [row["done"] for row in found["reports"]] == ["A lab opened."]
    assert [row["office"] for row in found["seats"]] == [
        seat.office for seat in contents["shown"].board.committee.seats.all()
    ]
    assert found["committee"]["last_met_on"] == iso(contents["shown"].board.last_on)
    assert {row["step"] for row in found["steps"]} >= {"submit", "adopt", "publish"}


def test_a_former_district_says_where_it_went(client):
    gone, heir = make.district(until="2026-01-31"), make.district()
    Succession.objects.create(before=gone, after=heir, on="2026-01-31")

    found = record(client, "district", way(gone))

    assert found["standing"] is found["contact"] is None
    assert found["district"]["ended_on"] == "2026-01-31"
    assert [(row["relation"], row["district"]) for row in found["family"]] == [
        ("went_into", heir.name)
    ]


def test_a_plan_is_told_as_on_its_page(client, plan):
    args = way(plan.district)
    contents = page(client, "plan", args).context

    found = record(client, "plan", args)

    assert found["plan"]["sha256"] == plan.seal.sha256
    assert found["adoption"]["seats_present"] == contents["record"].present == 12
    assert_same_targets(found["targets"], contents["targets"])
    assert_same_actions(found["interventions"], contents["actions"])
    assert [row["text"] for row in found["bottlenecks"]] == [
        line.bottleneck.text for line in contents["bottlenecks"]
    ]
    assert [row["text"] for row in found["sections"]] == [
        section.body for section in contents["plan"].sections.all()
    ]
    assert [(row["quarter"], row["value"]) for row in found["readings"]] == [
        ("2026-27 Q2", "35")
    ]
    version = record(client, "plan-version", {**args, "number": 1})
    assert version["targets"] == found["targets"]


def test_of_a_plan_that_is_a_document_nothing_typed_is_told(client):
    plan = make.plan(Status.TRANSCRIBED)

    found = record(client, "plan", way(plan.district))

    assert found["plan"]["is_structured"] is False
    assert found["adoption"]["order_number"] == "12/2025"
    assert found["document"] is found["targets"] is found["sections"] is None
    text = fetched(client, "district", args=way(plan.district))
    assert plan.targets.first().indicator.name not in text
    for table in ("targets", "readings", "interventions"):
        assert rows(client, f"data-{table}") == []


def test_of_an_annulled_plan_the_reason_and_the_seal_are_told(client):
    plan = make.plan(Status.ANNULLED)

    found = record(client, "plan-version", {**way(plan.district), "number": 1})

    assert found["annulment"]["reason"] == "Because the committee asked for it."
    assert found["plan"]["sha256"] == plan.seal.sha256
    assert found["targets"] is found["sections"] is None


def test_what_a_version_changed_is_told_field_by_field(client):
    old = make.plan(Status.SUPERSEDED)
    new = old.district.plans.get(status=Status.PUBLISHED)
    args = {**way(old.district), "number": new.number}

    contents = page(client, "plan-changes", args).context
    found = record(client, "plan-changes", args)

    assert found["compared_with"]["number"] == contents["other"].number == 1
    fields = [
        field
        for section in contents["diff"].sections
        for row in section.rows
        for field in row.fields
    ]
    assert len(found["changes"]) >= len(fields)
    back = record(client, "plan-changes", args, to=1)
    assert (back["plan"]["number"], back["changes"]) == (1, [])


def test_a_consultation_is_told_from_its_first_day_on(client, later):
    plan = make.plan()
    today = later(0)
    opening = {
        "opens_on": today + dt.timedelta(days=3),
        "closes_on": today + dt.timedelta(days=20),
    }
    chosen = make.consultation(plan, **opening)
    make.comment(chosen, status="shown", text="Mend the road.")
    make.comment(chosen, text="Not read yet.")
    args = way(plan.district)

    before = record(client, "consultation", args)
    later(4)
    during = record(client, "consultation", args)
    later(30)
    after = record(client, "consultation", args)

    assert before["sections"] is before["targets"] is before["comments"] is None
    assert [row["text"] for row in during["comments"]] == ["Mend the road."]
    assert during["tally"] is None
    assert after["tally"]["waiting"] == 1
    first = plan.targets.order_by("pk").first()
    goals = {row["line"]: row["goal"] for row in during["targets"]}
    assert goals[str(first.line_id)] == decimal(first.goal)
    assert "Not read yet." not in json.dumps([before, during, after])


def test_a_state_and_an_office_have_the_districts_of_their_pages(client, plan):
    state, ra = plan.district.state, plan.district.regional_authority()
    make.district(state=state)

    for name, thing in (("state", state), ("regional-authority", ra)):
        contents = page(client, name, {"slug": thing.slug}).context
        found = record(client, name, {"slug": thing.slug})
        assert [row["name"] for row in found["districts"]] == [
            place.name for place in contents["places"]
        ]
        head = found[name.replace("-", "_")]
        assert head["districts"] == contents["overview"].total.number
        assert head["reporting"] == contents["overview"].reporting.number == 1
