"""Every list and record has its twin, which says the same as its page."""

import csv
import datetime as dt
import io
import json
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import Reading
from actionplans.twins.catalogue import LISTS, RECORDS, TABLES
from actionplans.twins.plans import PLANS
from actionplans.twins.urls import urlpatterns
from districts.models import (
    ExportFigure,
    HSCode,
    Naming,
    PotentialFact,
    ProgrammeCount,
    Succession,
)
from portal.models import DataVersion
from portal.terms import PUBLIC as PUBLIC_STATUSES
from portal.terms import Role, Status
from tests import make
from tests.actionplans.quarters import Q2, filed, given, in_force
from tests.test_house import PUBLIC

pytestmark = pytest.mark.django_db

# Public addresses that are neither a list nor a record, and why.
NO_TWIN = {
    "about": "prose",
    "admin-login": "a form",
    "consultation-comment": "a form",
    "data": "tells of the twins; datapackage.json is it for machines",
    "datapackage": "is for machines",
    "health": "is for machines",
    "home": "its map and counts are those of the States",
    "method": "prose",
    "plan-pdf": "the sealed plan as a file",
    "plan-print": "the sealed plan, which seal-bytes has for machines",
    "public-document": "a file",
    "ready": "is for machines",
    "seal": "what is sealed is seal-bytes",
    "seal-bytes": "is for machines",
    "verify": "a form",
}


def fetched(client, name, end="json", args=None, **query):
    DataVersion.rise()
    response = client.get(reverse(f"{name}-{end}", kwargs=args, query=query))
    assert response.status_code == 200, response.content
    return response.getvalue().decode("utf-8-sig")


def record(client, name, args=None, **query):
    return json.loads(fetched(client, name, args=args, **query))


def rows(client, name, **query):
    return record(client, name, **query)["rows"]


def lines(client, name, **query):
    text = fetched(client, name, "csv", **query)
    return list(csv.DictReader(io.StringIO(text.split("\n", 1)[1])))


def way(place):
    return {"state": place.state.slug, "district": place.slug}


def page(client, name, args=None, **query):
    DataVersion.rise()
    return client.get(reverse(name, kwargs=args, query=query))


def shown(row):
    """A row as the cells of a CSV have it."""
    texts = {True: "true", False: "false", None: ""}
    return {
        name: "|".join(value)
        if isinstance(value, list)
        else texts.get(value, value)
        if isinstance(value, bool | None)
        else str(value)
        for name, value in row.items()
    }


@pytest.fixture
def plan(on_day):
    """In force since May, with a report that gives the first figure of two asked."""
    made = in_force(on_day)
    filed(made.district, Q2, [given(35_00, source="Register")], done="A lab opened.")
    return made


def test_every_public_list_and_record_has_a_twin():
    twins = {pattern.name for pattern in urlpatterns}
    pages = {name for name in PUBLIC if not name.startswith("account_")}

    assert {name for name in pages if f"{name}-json" not in twins} == NO_TWIN.keys()


def test_every_twin_belongs_to_a_page_or_is_a_table_of_open_data():
    pages = {p.name.rpartition("-")[0] for p in urlpatterns if p.name != "datapackage"}

    assert {name for name in pages if not name.startswith("data-")} <= PUBLIC
    assert {name for name in pages if name.startswith("data-")} == {
        f"data-{table.name}" for table in TABLES
    }


def test_the_address_is_that_of_the_page_with_another_ending():
    args = {"state": "bihar", "district": "darbhanga", "number": 2, "slug": "x"}
    for pattern in urlpatterns:
        name, _dot, end = pattern.name.rpartition("-")
        if name not in PUBLIC:
            continue
        own = {key: args[key] for key in pattern.pattern.converters}
        here, there = reverse(name, kwargs=own), reverse(pattern.name, kwargs=own)
        assert f"{here.removesuffix('/')}.{end}" == there


@pytest.mark.parametrize("name", [one.name for one in LISTS])
def test_both_twins_of_a_list_say_the_same(client, plan, name):
    make.consultation(make.plan())
    query = {"q": plan.district.name} if name == "search" else {}

    found = rows(client, name, **query)

    assert found
    assert lines(client, name, **query) == [shown(row) for row in found]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_forms_of_a_table_say_the_same(client, plan, table):
    place = plan.district
    HSCode.objects.create(code="0910", description="=Ginger")
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


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_is_marked_in_every_twin(client, plan, settings, demo):
    settings.DEMO = demo
    for pattern in urlpatterns:
        own = {**way(plan.district), "number": 1, "slug": ""}
        kwargs = {key: own[key] for key in pattern.pattern.converters}
        if "slug" in kwargs or "consultation" in pattern.name:
            continue
        answer = client.get(reverse(pattern.name, kwargs=kwargs))
        text = answer.getvalue().decode("utf-8-sig")
        first = next(iter(json.loads(text))) if text[0] == "{" else text.split("\r")[0]
        assert (first == "demonstration") is demo, pattern.name


ASKED = [
    {},
    {"stage": "reporting"},
    {"at": "none"},
    {"freshness": "fresh"},
    {"q": "district"},
    {"ra": "none"},
    {"committee": "yes"},
    {"page": "2"},
    {"nonsense": "x"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_districts_are_those_of_the_page(client, plan, asked):
    make.district(ra=None)
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


def iso(day):
    return day and day.isoformat()


def test_a_list_is_never_cut_into_pages(client):
    state = make.state()
    for _ in range(101):
        make.district(state=state, ra=None)

    assert page(client, "districts").context["page"].end_index() == 100
    assert len(rows(client, "districts")) == len(lines(client, "districts")) == 101


def dash(number):
    """As pages show a count, for which they have a dash if there is none."""
    return "\N{EN DASH}" if number is None else str(number)


def test_states_have_the_counts_of_the_page(client, plan):
    make.district()

    contents = page(client, "states").context["states"]
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
    "asked", [{}, {"sector": "marine"}, {"state": "x"}, {"q": "haldi"}, {"hs": "09"}]
)
def test_products_are_those_of_the_page_with_its_counts(client, asked):
    here = make.state("X", slug="x")
    turmeric = make.product("Turmeric", other_names="haldi", sector="marine")
    turmeric.hs_codes.add(HSCode.objects.create(code="0910", description="Ginger"))
    make.product("Other")
    make.district_product(make.district(state=here), turmeric)
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
    ],
)
def test_what_the_page_cannot_read_is_refused_with_its_sentence(client, name, asked):
    for end in ("json", "csv"):
        answer = client.get(reverse(f"{name}-{end}"), asked)
        errors = page(client, name, **asked).context["filterset"].form.errors
        assert answer.status_code == 400
        for sentences in errors.values():
            assert sentences[0] in answer.content.decode()


@pytest.mark.parametrize("asked", ["", "x\0", "😀" * 200, "9" * 4000, "'--"])
def test_a_search_is_answered_whatever_is_asked(client, asked):
    assert isinstance(rows(client, "search", q=asked), list)


def test_a_search_finds_all_that_the_page_counts(client):
    for number in range(25):
        make.product(f"Turmeric {number}")
    place = make.district("Turmericpur")
    DataVersion.rise()

    answer = page(client, "search", q="turmeric").context["answer"]

    found = rows(client, "search", q="turmeric")
    assert len(found) == sum(answer.totals.values()) == 26
    first = next(row for row in found if row["kind"] == "district")
    assert (first["address"], first["stage"]) == (place.get_absolute_url(), "none")


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
        line.place.product.name for line in contents["products"]
    ]
    assert [(row["fact"], row["amount"]) for row in found["facts"]] == [
        ("units", "412")
    ]
    assert_same_targets(found["targets"], contents["targets"])
    assert_same_actions(found["interventions"], contents["actions"])
    assert [row["number"] for row in found["plans"]] == [
        version.number for version in contents["versions"]
    ]
    assert [row["done"] for row in found["reports"]] == ["A lab opened."]
    assert [row["office"] for row in found["seats"]] == [
        seat.office for seat in contents["board"].committee.seats.all()
    ]
    assert found["committee"]["last_met_on"] == iso(contents["board"].last.held_on)
    assert {row["step"] for row in found["steps"]} >= {"submit", "adopt", "publish"}


def assert_same_targets(found, targets):
    assert [
        (row["indicator"], row["goal"], row["actual"], row["expected"], row["progress"])
        for row in found
    ] == [
        (
            line.standing.target.indicator.name,
            decimal(line.standing.target.goal),
            decimal(line.standing.result.actual),
            decimal(line.standing.result.expected_value),
            line.standing.result.verdict,
        )
        for line in targets.lines
    ]


def decimal(hundredths):
    return hundredths if hundredths is None else f"{hundredths / 100:g}"


def assert_same_actions(found, actions):
    assert [(r["action"], r["due_on"], r["budget"], r["status"]) for r in found] == [
        (
            line.intervention.action,
            iso(line.moves.due_on),
            line.intervention.budget,
            line.status,
        )
        for line in actions
    ]


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


def test_a_product_has_the_makers_and_targets_of_its_page(client, plan):
    target = plan.targets.first()
    product = target.plan_product.product
    make.product("Variety", variety_of=product)

    contents = page(client, "product", {"slug": product.slug}).context
    found = record(client, "product", {"slug": product.slug})

    assert [(row["district"], row["stage"]) for row in found["districts"]] == [
        (maker.place.name, maker.place.standing.stage.slug)
        for maker in contents["makers"]
    ]
    assert [(row["indicator"], row["goal"]) for row in found["targets"]] == [
        (target.indicator.name, decimal(target.goal)) for target in contents["targets"]
    ]
    assert [row["name"] for row in found["varieties"]] == ["Variety"]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("state", {"slug": "nowhere"}),
        ("regional-authority", {"slug": "nowhere"}),
        ("product", {"slug": "nothing"}),
        ("district", {"state": "no", "district": "where"}),
        ("plan", {"state": "no", "district": "where"}),
    ],
)
def test_what_has_no_page_has_no_twin(client, name, args):
    assert page(client, name, args).status_code == 404
    assert page(client, f"{name}-json", args).status_code == 404


@pytest.mark.parametrize("status", set(Status) - {*PUBLIC_STATUSES, Status.ANNULLED})
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
    assert rows(client, "data-plans") == []


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
        ("districts-csv", 4),
        ("states-csv", 2),
        ("products-csv", 3),
        ("data-targets-csv", 11),
        ("data-readings-csv", 2),
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


def test_the_page_of_open_data_tells_every_column(client):
    text = unescape(page(client, "data").text)

    for dataset in (*LISTS, *TABLES):
        assert f'id="{dataset.name}"' in text
        for column in dataset.columns:
            assert f">{column.name}</th>" in text
            assert str(column.meaning) in text
    for one in RECORDS:
        for part in one.parts:
            assert f"<code>{part}</code>" in text


def test_the_page_of_open_data_speaks_hindi(client):
    assert "खुला डेटा" in client.get("/hi/data/").text


def test_the_data_package_describes_every_table(client, settings):
    settings.DEMO = True
    package = json.loads(client.get(reverse("datapackage")).content)

    assert next(iter(package)) == "demonstration"
    resources = {one["name"]: one for one in package["resources"]}
    assert set(resources) == {one.name for one in (*LISTS, *TABLES)}
    readings = resources["readings"]
    assert readings["path"] == "http://testserver/data/readings.csv"
    assert readings["dialect"] == {"headerRows": [2]}
    types = {field["name"]: field["type"] for field in readings["schema"]["fields"]}
    assert types["value"] == "number"
    assert (types["quarter"], types["is_verified"]) == ("string", "boolean")
    for resource in resources.values():
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(names) == len(set(names))
        assert resource["licenses"]


def test_pages_lead_to_their_twins_with_their_filters(client, plan):
    text = unescape(page(client, "districts", stage="adopted", page=1).text)
    assert 'href="/districts.csv?stage=adopted"' in text
    assert (
        '<link rel="alternate" type="application/json"'
        ' href="/districts.json?stage=adopted">'
    ) in text

    address = plan.district.get_absolute_url()
    hindi = client.get(f"/hi{address}").text
    assert f'href="{address.removesuffix("/")}.json"' in hindi


def test_what_does_not_open_leads_to_no_twin(client):
    text = client.get("/districts/no/where/").text

    assert ".json" not in text
    assert ".json" not in client.get("/").text
