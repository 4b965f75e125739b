"""The twins of products, codes, sectors and services."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.product_parts import PRODUCT_PARTS
from districts.models import HSCode, Sector, ServiceCategory
from portal.models import DataVersion
from tests import make
from tests.actionplans.about import about
from tests.actionplans.twins.answers import (
    assert_same_actions,
    decimal,
    lines,
    page,
    record,
    rows,
    shown,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(plan):
    """In a plan in force, with a fact on record, a variety, a code and a neighbour."""
    found = plan.products.get(order=1).product
    row = found.places.first()
    row.namings.create(scheme="ODOP", wording="Brass", confidence="high", source="X")
    row.facts.create(
        kind="units", amount=412_00, unit="units", as_on="2026-01-01", source="Survey"
    )
    make.product("Variety", variety_of=found)
    heading = HSCode.objects.create(code="7419", description="Articles of copper")
    found.hs_codes.add(heading)
    make.product("Neighbour").hs_codes.add(heading)
    return found


def test_a_product_has_all_that_its_page_counts(client, plan, product):
    contents = page(client, "product", {"slug": product.slug}).context

    found = record(client, "product", {"slug": product.slug})

    assert [(row["district"], row["stage"]) for row in found["districts"]] == [
        (maker.place.name, maker.place.standing.stage.slug)
        for maker in contents["makers"]
    ]
    assert len(found["districts"]) == len(contents["places"]) == 1
    assert found["districts"][0]["wordings"] == ["Brass (ODOP)"]
    assert len({row["district"] for row in found["record"]}) == contents["known"] == 1
    assert len(found["targets"]) == contents["target_count"] == 2
    assert [(r["goal"], r["actual"], r["progress"]) for r in found["targets"]] == [
        (
            decimal(row.target.goal),
            decimal(row.result.actual),
            row.result.verdict,
        )
        for row in contents["targets"]
    ]
    assert len(found["interventions"]) == contents["action_count"] == 1
    assert_same_actions(found["interventions"], contents["actions"])
    assert len(found["bottlenecks"]) == contents["bottleneck_count"] == 1
    assert [(r["regional_authority"], r["districts"]) for r in found["contacts"]] == [
        (contact.ra.name, len(contact.places)) for contact in contents["contacts"]
    ]
    assert [row["name"] for row in found["varieties"]] == ["Variety"]
    assert [(r["code"], r["product"]) for r in found["neighbours"]] == [
        ("7419", "Neighbour")
    ]


@pytest.mark.parametrize("name", PRODUCT_PARTS)
def test_each_list_of_a_product_is_that_of_its_page_and_record(client, product, name):
    args = {"slug": product.slug, "part": PRODUCT_PARTS[name]}
    contents = page(client, "product-part", args).context

    found = rows(client, "product-part", args=args)

    assert found == record(client, "product", {"slug": product.slug})[name]
    assert len(found) == contents["page"].paginator.count > 0
    cells = lines(client, "product-part", args=args)
    assert cells == [shown(row) for row in found]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("districts", 5),
        ("record", 6),
        ("targets", 12),
        ("interventions", 13),
        ("bottlenecks", 9),
    ],
)
def test_a_list_of_a_product_takes_a_fixed_number_of_queries(
    client, count, name, queries
):
    product = make.product()
    for _ in range(count):
        row = about(product).district.products.get(product=product)
        row.facts.create(kind="markets", text="Oman", as_on="2026-01-01", source="X")
    DataVersion.rise()
    client.get("/states/")

    with CaptureQueriesContext(connection) as captured:
        written = client.get(f"/products/{product.slug}/{name}.csv").getvalue()

    assert len(captured) == queries
    assert written.count(b"\n") >= 2 + count


@pytest.fixture
def spices():
    """A section with a chapter of two headings, one of them with two products."""
    section = HSCode.objects.create(code="II", description="Vegetable products")
    chapter = HSCode.objects.create(code="09", description="Tea", parent=section)
    heading = HSCode.objects.create(code="0910", description="Ginger", parent=chapter)
    tea = HSCode.objects.create(code="0902", description="Tea", parent=chapter)
    turmeric = HSCode.objects.create(
        code="091030", description="Turmeric", parent=heading
    )
    place = make.district()
    for name, code in [
        ("Turmeric", turmeric),
        ("Ginger", heading),
        ("Green tea", tea),
        ("Spices", chapter),
    ]:
        product = make.product(name)
        product.hs_codes.add(code)
        make.district_product(place, product)
    make.district_product(make.district(), make.product("Brassware"))
    return place


def test_the_tree_has_the_counts_of_its_page(client, spices):
    contents = page(client, "hs").context["sections"]

    found = rows(client, "hs")

    assert [
        (r["section"], r["code"], r["products"], r["districts"]) for r in found
    ] == [
        row
        for section, chapters in contents
        for row in [
            (None, section.code.code, section.products, section.districts),
            *(
                (section.code.code, c.code.code, c.products, c.districts)
                for c in chapters
            ),
        ]
    ]
    assert [row["products"] for row in found] == [4, 4]


@pytest.mark.parametrize("code", ["II", "09", "0910", "091030"])
def test_a_code_has_what_its_page_shows(client, spices, code):
    shown = page(client, "hs-code", {"code": code}).context

    found = record(client, "hs-code", {"code": code})

    own = shown["page"]
    assert (found["code"]["products"], found["code"]["districts"]) == (
        own.branch.products,
        own.branch.districts,
    )
    assert [row["code"] for row in found["above"]] == [c.code for c in own.above]
    for side in ("below", "beside"):
        assert [(r["code"], r["products"]) for r in found[side]] == [
            (branch.code.code, branch.products) for branch in getattr(own, side)
        ]
    assert [(r["product"], r["districts"]) for r in found["products"]] == [
        (made.product.name, len(made.places)) for made in own.made
    ]
    assert [(row["code"], row["product"]) for row in found["wider"]] == [
        (shelf.code.code, made.product.name)
        for shelf in own.wider
        for made in shelf.made
    ]
    assert [row["district"] for row in found["districts"]] == [spices.name]
    assert shown["map"].count == 1


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("910", "0910"), ("09103020", "091030"), ("0910.30", "091030"), ("ii", "II")],
)
def test_another_way_to_write_a_code_leads_to_ours(client, spices, asked, leads_to):
    answer = client.get(f"/hs/{asked}.json")

    assert (answer.status_code, answer["Location"]) == (301, f"/hs/{leads_to}.json")
    assert client.get(f"/hs/{asked}/")["Location"] == f"/hs/{leads_to}/"


@pytest.mark.parametrize("asked", ["9999", "099930", "XXII"])
def test_a_code_that_is_not_in_the_tree_has_no_twin(client, spices, asked):
    assert client.get(f"/hs/{asked}/").status_code == 404
    assert client.get(f"/hs/{asked}.json").status_code == 404


@pytest.fixture
def sea():
    """Fish in two districts, prawns in one of them, crabs in none."""
    fish, prawns, _crabs = (
        make.product(name, sector="marine") for name in ("Fish", "Prawns", "Crabs")
    )
    first, second = make.district(), make.district(ra=None)
    make.district_product(first, fish)
    make.district_product(second, fish)
    make.district_product(second, prawns)
    make.district_product(make.district(until="2026-01-31"), fish)


def test_sectors_have_the_counts_of_their_page(client, sea):
    contents = page(client, "sectors").context["lines"]

    found = rows(client, "sectors")

    assert [
        (r["sector"], r["products"], r["districts"], r["states"]) for r in found
    ] == [
        (line.sector, len(line.made), len(line.places), len(line.states))
        for line in contents
    ]
    assert found[0]["sector"] == "marine"
    assert found[0]["address"] == "/sectors/marine/"


@pytest.mark.parametrize("sector", [Sector.MARINE, Sector.HANDICRAFT])
def test_a_sector_has_what_its_page_shows(client, sea, plan, sector):
    contents = page(client, "sector", {"sector": sector}).context

    found = record(client, "sector", {"sector": sector})

    line = contents["line"]
    assert [
        (r["product"], r["districts"], r["targets"] or 0) for r in found["products"]
    ] == [
        (one.product.name, len(one.places), targets)
        for one, targets in contents["products_of"]
    ]
    targets = sum(row["targets"] or 0 for row in found["products"])
    assert targets == contents["targets"]
    assert bool(targets) is (sector == Sector.HANDICRAFT)
    assert [row["district"] for row in found["districts"]] == [
        place.name for place in line.places
    ]
    assert found["plans"]["districts"] == contents["overview"].total.number
    assert (found["plans"]["reporting"] or 0) == contents["overview"].reporting.number
    assert [(r["regional_authority"], r["districts"]) for r in found["contacts"]] == [
        (contact.ra and contact.ra.name, len(contact.places))
        for contact in contents["contacts"]
    ]


def test_another_word_is_no_sector(client):
    assert client.get("/sectors/nonsense.json").status_code == 404


def test_services_are_those_of_the_page_with_their_class(client):
    tourism = ServiceCategory.objects.create(
        code="CSS-02", name="Tourism", scheme="Champion"
    )
    yoga = make.product(
        "Yoga", kind="service", sector="services", service_category=tourism
    )
    make.product("Nursing", kind="service", sector="services")
    make.district_product(make.district(), yoga)
    contents = page(client, "services").context["made"]

    found = rows(client, "services")

    assert [(row["product"], row["districts"]) for row in found] == [
        (one.product.name, len(one.places)) for one in contents
    ]
    assert [(row["class"], row["class_name"]) for row in found] == [
        ("CSS-02", "Tourism"),
        (None, None),
    ]
    assert rows(client, "data-service-classes")[0]["code"] == "CSS-02"


@pytest.mark.parametrize("many", [1, 4])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/hs.csv", 3),
        ("/hs/09.json", 7),
        ("/sectors.csv", 2),
        ("/sectors/marine.json", 5),
        ("/services.csv", 2),
    ],
)
def test_a_twin_of_goods_takes_a_fixed_number_of_queries(
    client, spices, many, address, queries
):
    chapter = HSCode.objects.get(code="09")
    for number in range(many):
        kind = {"kind": "service", "sector": "marine"}
        product = make.product(**kind)
        product.hs_codes.add(
            HSCode.objects.create(code=f"09{number}9", description="X", parent=chapter)
        )
        make.district_product(make.district(), product)
    DataVersion.rise()
    client.get("/sectors/")

    with CaptureQueriesContext(connection) as captured:
        client.get(address).getvalue()

    assert len(captured) == queries
