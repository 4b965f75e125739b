"""The page of a product for a buyer: what is on record, planned, in the way."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import ActionStatus
from actionplans.product_parts import PRODUCT_PARTS
from districts.models import HSCode, ServiceCategory
from portal.models import DataVersion
from portal.terms import Status
from tests import make
from tests.actionplans.about import about
from tests.actionplans.quarters import Q2, file, filed, in_force, typed

pytestmark = pytest.mark.django_db


def page(client, product, prefix=""):
    DataVersion.rise()
    return client.get(prefix + product.get_absolute_url())


def part(client, product, name, prefix="", **asked):
    DataVersion.rise()
    return client.get(f"{prefix}/products/{product.slug}/{name}/", asked)


def words(answer):
    """The text of the page, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def product_of(plan):
    return plan.products.get(order=1).product


@pytest.fixture
def saffron():
    return make.product("Saffron")


def know(row, kind, **values):
    defaults = {"as_on": dt.date(2026, 3, 31), "source": "District Industries Centre"}
    return row.facts.create(kind=kind, **{**defaults, **values})


def test_those_that_export_come_first_then_thrust_then_potential(client, saffron):
    for name, values in [
        ("Unknown", {}),
        ("Could", {"exported": "potential"}),
        ("Medium", {"exported": "exported", "potential": "medium"}),
        ("High", {"exported": "exported", "potential": "high"}),
        ("Thrust", {"exported": "exported", "is_thrust": True}),
    ]:
        if "potential" in values:
            values["potential_reason"] = "Buyers ask for it."
        make.district_product(make.district(name), saffron, **values)

    shown = page(client, saffron)

    names = [maker.place.name for maker in shown.context["makers"]]
    assert names == ["Thrust", "High", "Medium", "Could", "Unknown"]
    text = words(shown)
    assert "Exported already Thrust product" in text
    assert "Export potential: High Buyers ask for it." in text
    assert "status not recorded" in text


def test_every_fact_stands_with_its_year_its_day_and_its_source(client, saffron):
    row = make.district_product(make.district(), saffron)
    know(row, "production", amount=1234_50, unit="tonnes", year=2025)
    know(row, "exports", amount=12_00_000_00, unit="₹", year=2024)
    know(row, "markets", text="Oman and Nepal")

    text = words(page(client, saffron))

    day = "as on 31 Mar 2026, District Industries Centre"
    assert f"1,234.5 tonnes 2025-26, {day}" in text
    assert f"₹ 12 lakh 2024-25, {day}" in text
    assert f"Main markets: Oman and Nepal {day}" in text


def test_facts_of_several_districts_and_years_are_never_added_up(client, saffron):
    for amount in (100_00, 200_00):
        row = make.district_product(make.district(), saffron)
        know(row, "production", amount=amount, unit="tonnes", year=2025)
    know(row, "production", amount=150_00, unit="tonnes", year=2024)

    text = words(page(client, saffron))

    for shown in ("100 tonnes", "200 tonnes", "150 tonnes 2024-25"):
        assert shown in text
    assert "300" not in text
    assert "450" not in text


def test_nothing_on_record_is_said_not_shown_as_nought(client, saffron):
    make.district_product(make.district(), saffron)

    text = page(client, saffron).text

    assert "No district has put its production, exports or units on record yet." in text


def test_targets_stand_with_what_they_reached_and_their_verdict(client, on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2, [35_00])

    text = words(page(client, product_of(plan)))

    name = plan.targets.first().indicator.name
    assert f"{name} {plan.district.name}" in text
    assert "35 50 units 31 Mar 2027 At risk" in text


def test_a_target_leads_to_its_row_in_the_plan(client):
    plan = make.plan(Status.PUBLISHED)
    target = plan.targets.first()

    text = page(client, product_of(plan)).text

    address = f"{plan.district.get_absolute_url()}plan/"
    assert f'href="{address}#target-{target.pk}"' in text
    assert f'id="target-{target.pk}"' in client.get(address).text


def test_interventions_stand_with_status_due_day_and_how_late_they_are(client, on_day):
    plan = in_force(on_day)
    change = {"status": ActionStatus.IN_PROGRESS, "percent": 40}
    change |= {"released": None, "spent": None}
    change |= {"due_on": dt.date(2026, 11, 12), "reason": "Land was late."}
    typed(plan.district, Q2, [], changes=[change], done="The land was bought.")
    file(plan.district)

    text = words(page(client, product_of(plan)))

    assert f"{plan.interventions.first().action} {plan.district.name}" in text
    assert "12 Nov 2026 first due 26 Jan 2027" in text
    assert "In progress 10 days overdue 40 % done, Q2 2026-27" in text


def test_bottlenecks_stand_by_category_with_what_would_unblock_them(client):
    words_of_it = {"unblock": "A laboratory nearby.", "unblocker": make.agency("BIS")}
    plan = about(make.product("Saffron"), **words_of_it)

    text = words(page(client, product_of(plan)))

    assert "Standards and testing 1 Samples travel eleven days to be tested." in text
    assert "What would unblock it: A laboratory nearby. (BIS)" in text
    assert f"Stops exports · {plan.district.name}" in text


@pytest.mark.parametrize(
    "status",
    [Status.DRAFT, Status.ASSESSED, Status.ADOPTED, Status.ANNULLED, Status.SUPERSEDED],
)
def test_nothing_of_a_plan_that_is_not_in_force_is_shown(client, status):
    plan = make.plan(status)
    target = plan.targets.first()
    product = target.plan_product.product
    gone = [
        f"#target-{target.pk}",
        f"#intervention-{plan.interventions.first().pk}",
        f"#bottleneck-{plan.bottlenecks.first().pk}",
    ]

    for answer in (
        page(client, product),
        *(part(client, product, name) for name in PRODUCT_PARTS),
    ):
        assert answer.status_code == 200
        assert not [anchor for anchor in gone if anchor in answer.text]


def test_a_plan_of_a_former_district_is_no_longer_in_force_for_a_buyer(client):
    plan = make.plan(Status.PUBLISHED)
    product = product_of(plan)
    type(plan.district).objects.filter(pk=plan.district_id).update(until="2026-01-31")

    shown = page(client, product)

    assert shown.context["target_count"] == 0
    assert shown.context["places"] == []


def test_the_offices_to_ask_are_counted_and_lead_to_their_districts(client, saffron):
    kochi = make.regional_authority("Kochi", email="kochi@ra.example")
    for ra in (kochi, kochi, make.regional_authority("Bhopal"), None):
        make.district_product(make.district(ra=ra), saffron)

    shown = page(client, saffron)

    contacts = shown.context["contacts"]
    assert [(str(c.ra), len(c.places)) for c in contacts] == [
        ("RA Kochi", 2),
        ("RA Bhopal", 1),
        ("None", 1),
    ]
    assert "mailto:kochi@ra.example" in shown.text
    assert shown.text.count("e-mail not recorded") == 1
    for contact in contacts:
        listed = client.get(contact.href).context["page"].paginator.count
        assert listed == len(contact.places)


def test_the_industries_centre_of_each_district_is_a_link_away(client, saffron):
    place = make.district()
    make.district_product(place, saffron)

    assert f'href="{place.get_absolute_url()}#contacts"' in page(client, saffron).text


def test_neighbours_under_the_heading_are_named(client, saffron):
    heading = HSCode.objects.create(code="0910", description="Ginger and others")
    turmeric = HSCode.objects.create(
        code="091030", description="Turmeric", parent=heading
    )
    saffron.hs_codes.add(heading)
    make.product("Tejpat").hs_codes.add(heading)
    make.product("Turmeric").hs_codes.add(turmeric)
    make.product("Brassware")

    near = page(client, saffron).context["headings"]

    assert [one.heading.code for one in near] == ["0910"]
    assert [made.product.name for made in near[0].whole] == ["Tejpat"]
    found = [(s.code.code, [m.product.name for m in s.made]) for s in near[0].below]
    assert found == [("091030", ["Turmeric"])]


def test_a_product_that_no_district_names_offers_a_way_on(client):
    general = make.product("Turmeric")
    variety = make.product("Erode turmeric", variety_of=general)

    assert 'href="/sectors/handicraft/"' in page(client, general).text
    text = words(page(client, variety))
    assert "Districts may name the general product instead: Turmeric" in text


def test_a_long_list_shows_its_beginning_and_leads_to_the_whole(client, saffron):
    for _ in range(14):
        know(make.district_product(make.district(), saffron), "units", amount=1_00)

    shown = page(client, saffron)

    for name, shown_of in (("districts", "12"), ("record", "8")):
        address = f"/products/saffron/{name}/"
        assert f'<a href="{address}">All 14</a>' in shown.text
        assert f"the first {shown_of} stand here" in shown.text
        assert client.get(address).context["page"].paginator.count == 14


@pytest.mark.parametrize("name", PRODUCT_PARTS)
def test_the_whole_lists_have_what_the_page_begins_with(client, name):
    plan = make.plan(Status.PUBLISHED)
    know(plan.district.products.first(), "units", amount=1_00)

    shown = part(client, product_of(plan), name)

    assert shown.status_code == 200
    assert len(shown.context["rows"]) == {"targets": 2}.get(name, 1)
    assert plan.district.name in shown.text


@pytest.mark.parametrize("name", PRODUCT_PARTS)
def test_an_empty_list_says_so_in_both_languages(client, saffron, name):
    assert "Nothing is on record." in part(client, saffron, name).text
    assert part(client, saffron, name, "/hi").status_code == 200


@pytest.mark.parametrize("asked", ["abc", "0", "-1", "9" * 5000, "\x00", "😀"])
def test_any_page_number_of_a_list_is_answered(client, saffron, asked):
    assert part(client, saffron, "districts", page=asked).status_code == 200


@pytest.mark.parametrize("address", ["nothing/targets", "saffron/secrets"])
def test_what_does_not_exist_is_not_found(client, saffron, address):
    assert client.get(f"/products/{address}/").status_code == 404


def test_a_service_has_its_class_and_its_districts(client):
    category = ServiceCategory.objects.create(code="T", name="Travel", scheme="Public")
    service = make.product(
        "Tourism", kind="service", sector="services", service_category=category
    )
    make.district_product(make.district(), service)

    text = page(client, service).text

    assert "Service · " in text
    assert "Travel" in text
    assert "Public" in text
    assert 'href="/sectors/services/"' in text
    assert "Beside it in the Harmonized System" not in text


@pytest.mark.parametrize("plans", [1, 4])
def test_page_and_lists_take_a_fixed_number_of_queries(client, on_day, saffron, plans):
    on_day(2026, 5, 10)
    for _ in range(plans):
        about(saffron)
    on_day(2026, 11, 22)
    for row in saffron.places.all():
        know(row, "units", amount=1_00)
        filed(row.district, Q2, [35_00])
    page(client, saffron)

    expected = {"": 21, "districts/": 5, "record/": 6, "targets/": 9}
    expected |= {"interventions/": 9, "bottlenecks/": 7}
    taken = {}
    for name in expected:
        with CaptureQueriesContext(connection) as queries:
            client.get(saffron.get_absolute_url() + name)
        taken[name] = len(queries)
    assert taken == expected
