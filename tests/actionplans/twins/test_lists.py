"""The twins of lists say the same as their pages."""

import csv
import io
import json

import pytest
from django.urls import reverse

from actionplans.twins.catalogue import LISTS
from districts.models import (
    HSCode,
)
from portal.models import DataVersion
from portal.terms import Status
from tests import make
from tests.actionplans.twins.answers import dash, iso, lines, page, rows, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [one.name for one in LISTS])
def test_both_twins_of_a_list_say_the_same(client, plan, name):
    make.consultation(make.plan())
    section = HSCode.objects.create(code="II", description="Vegetables")
    HSCode.objects.create(code="09", description="Tea", parent=section)
    make.product("Yoga", kind="service", sector="services")
    query = {"q": plan.district.name} if name == "search" else {}

    found = rows(client, name, **query)

    assert found
    assert lines(client, name, **query) == [shown(row) for row in found]


ASKED = [
    {},
    {"stage": "reporting"},
    {"at": "none"},
    {"freshness": "fresh"},
    {"q": "district"},
    {"ra": "none"},
    {"committee": "yes"},
    {"sector": "marine"},
    {"hs": "0910"},
    {"family": "turmeric"},
    {"page": "2"},
    {"nonsense": "x"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_districts_are_those_of_the_page(client, plan, asked):
    turmeric = make.product("Turmeric", sector="marine")
    turmeric.hs_codes.add(HSCode.objects.create(code="091030", description="Turmeric"))
    make.district_product(make.district(ra=None), turmeric)
    DataVersion.rise()
    places = page(client, "districts", **asked).context["filterset"].places

    assert [
        (
            *(row["name"], row["name_hi"], row["state"], row["address"]),
            *(row["stage"], row["since"], row["holder"], row["freshness"]),
            *(row["filed_on"], row["regional_authority"], row["is_provisional"]),
        )
        for row in rows(client, "districts", **asked)
    ] == [
        (
            *(place.name, place.name_hi, place.state.name, place.href),
            *(place.standing.stage.slug, iso(place.standing.since)),
            *(place.standing.holder, place.standing.freshness),
            iso(place.standing.filed_on),
            place.jurisdiction and place.jurisdiction.ra.name,
            place.jurisdiction and place.jurisdiction.is_provisional,
        )
        for place in places
    ]


def test_a_list_is_never_cut_into_pages(client):
    state = make.state()
    for _ in range(101):
        make.district(state=state, ra=None)

    assert page(client, "districts").context["page"].end_index() == 100
    assert len(rows(client, "districts")) == len(lines(client, "districts")) == 101


def test_states_have_the_counts_of_the_page(client, plan):
    make.district()

    contents = page(client, "monitor").context["states"]
    found = rows(client, "states")

    assert len(found) == len(contents) > 1
    for row, (state, own) in zip(found, contents, strict=True):
        stages = ("identified", "drafted", "adopted", "published", "reporting")
        assert row["name"] == state.name
        assert row["districts"] == own.total.number
        assert [dash(row[name]) for name in stages] == [c.shown for c in own.reached]
        assert dash(row["fresh"]) == own.up_to_date.shown
        assert dash(row["drafts_waiting"]) == own.waiting.shown
        assert row["median_days"] == own.funnel.median_wait
        assert (row["figures_given"] or 0, row["figures_asked"] or 0) == (
            own.figures.given,
            own.figures.asked,
        )


def test_offices_have_the_counts_of_the_page(client, plan):
    offices = page(client, "regional-authorities").context["offices"]
    found = rows(client, "regional-authorities")

    assert [row["name"] for row in found] == [office.ra.name for office in offices]
    for row, office in zip(found, offices, strict=True):
        assert row["districts"] == office.overview.total.number
        assert dash(row["adopted"]) == office.overview.adopted.shown
        assert dash(row["reporting"]) == office.overview.reporting.shown
        assert row["filed_on"] == iso(office.overview.filed_on)


@pytest.mark.parametrize(
    "asked",
    [
        *({}, {"sector": "marine"}, {"state": "x"}, {"q": "haldi"}, {"hs": "09"}),
        *({"kind": "goods"}, {"gi": "true"}, {"scheme": "ODOP"}),
        {"scheme": "ODOP", "state": "x", "sector": "marine"},
    ],
    ids=str,
)
def test_products_are_those_of_the_page_with_its_counts(client, asked):
    here = make.state("X", slug="x")
    turmeric = make.product(
        "Turmeric", other_names="haldi", sector="marine", gi_number=1
    )
    turmeric.hs_codes.add(HSCode.objects.create(code="0910", description="Ginger"))
    make.product("Other")
    named = make.district_product(make.district(state=here), turmeric)
    named.namings.create(scheme="ODOP", wording="Haldi", confidence="high", source="X")
    make.district_product(make.district(), turmeric)

    listed = page(client, "products", **asked).context["page"].paginator.object_list

    found = rows(client, "products", **asked)
    assert [(row["name"], row["districts"]) for row in found] == [
        (product.name, product.district_count) for product in listed
    ]
    assert found[0]["hs_codes"] == ["0910"]
    assert found[0]["other_names"] == ["haldi"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("districts", {"stage": "nonsense"}),
        ("districts", {"state": "nowhere"}),
        ("districts", {"q": "x\0"}),
        ("products", {"sector": "nonsense"}),
        ("products", {"gi": "\0", "state": "😀"}),
        ("plans", {"period": "x", "status": "draft"}),
    ],
)
def test_what_the_page_cannot_read_is_refused_with_its_sentence(client, name, asked):
    for end in ("json", "csv"):
        answer = client.get(reverse(f"{name}-{end}"), asked)
        errors = page(client, name, **asked).context["filterset"].form.errors
        assert answer.status_code == 400
        told = {name: list(sentences) for name, sentences in errors.items()}
        assert (in_json(answer) if end == "json" else in_csv(answer)) == told


def in_json(answer):
    return json.loads(answer.content)["errors"]


def in_csv(answer):
    found = {}
    for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
        found.setdefault(row["filter"], []).append(row["error"])
    return found


PLANS = [
    {},
    {"status": "published"},
    {"state": "x"},
    {"adopted": "structured"},
    {"adopted": "document"},
    {"page": "2"},
]


@pytest.mark.parametrize("asked", PLANS, ids=str)
def test_adopted_plans_are_those_of_the_page(client, asked):
    here = make.state("X", slug="x")
    for status in (Status.ADOPTED, Status.PUBLISHED, Status.UNSTRUCTURED):
        make.plan(status, make.district(state=here))
    make.plan(Status.ANNULLED)
    contents = page(client, "plans", **asked).context

    found = rows(client, "plans", **asked)

    assert [
        (r["district"], r["number"], r["status"], r["adopted_on"], r["targets"])
        for r in found
    ] == [
        (
            *(row.plan.district.name, row.plan.number, row.plan.status),
            *(iso(row.adopted_on), row.targets),
        )
        for row in contents["rows"]
    ]
    assert [(r["sha256"] or "", r["address"]) for r in found] == [
        (row.sha256, row.href) for row in contents["rows"]
    ]
    assert len(found) == contents["page"].paginator.count > 0


def test_consultations_are_those_of_the_page_and_every_older_one(client, later):
    over = make.consultation(make.plan())
    later(40)
    now = make.consultation(make.plan())

    contents = page(client, "consultations").context
    listed = [*contents["page"], *contents["closed"]]

    found = rows(client, "consultations")
    assert [row["district"] for row in found] == [c.plan.district.name for c in listed]
    assert [row["phase"] for row in found] == ["open", "closed"]
    assert [row["closes_on"] for row in found] == [
        iso(now.closes_on),
        iso(over.closes_on),
    ]
    assert client.get(found[1]["address"]).context["consultation"] == over


def test_sources_are_those_of_the_page(client):
    listed = page(client, "sources").context["sources"]

    assert [row["title"] for row in rows(client, "sources")] == [
        source["title"] for source in listed
    ]
