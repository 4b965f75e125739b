"""Every public list and record has its twin, and only those."""

import json
from html import unescape

import pytest
from django.urls import reverse

from actionplans.product_parts import PRODUCT_PARTS
from actionplans.twins.catalogue import TABLES
from actionplans.twins.urls import urlpatterns
from districts.models import HSCode, Sector
from tests import make
from tests.actionplans.twins.answers import page, way
from tests.test_house import PUBLIC

pytestmark = pytest.mark.django_db

# Public addresses that are neither a list nor a record, and why.
NO_TWIN = {
    "about": "prose",
    "accessibility": "prose",
    "admin-login": "a form",
    "compare": "two to four records, each of which has its twin",
    "consultation-comment": "a form",
    "contact": "its offices are the Regional Authorities",
    "copyright": "prose",
    "data": "tells of the twins; datapackage.json is it for machines",
    "datapackage": "is for machines",
    "emblem": "a picture",
    "health": "is for machines",
    "help": "prose",
    "home": "its map and counts are those of the States",
    "method": "prose",
    "monitor": "its numbers are those of the States and of programme-counts",
    "plan-pdf": "the sealed plan as a file",
    "plan-print": "the sealed plan, which seal-bytes has for machines",
    "privacy": "prose",
    "public-document": "a file",
    "ready": "is for machines",
    "robots": "is for machines",
    "seal": "what is sealed is seal-bytes",
    "seal-bytes": "is for machines",
    "security": "is for machines",
    "sitemap": "sitemap.xml is it for machines",
    "sitemap-index": "is for machines",
    "sitemap-section": "is for machines",
    "suggestions": "the first rows of a search",
    "verify": "a form",
}


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
    args = {
        "state": "bihar",
        "district": "darbhanga",
        "number": 2,
        "slug": "x",
        "code": "0910",
        "sector": Sector.MARINE,
    }
    for pattern in urlpatterns:
        name, _dot, end = pattern.name.rpartition("-")
        if name not in PUBLIC:
            continue
        own = {key: args[key] for key in pattern.pattern.converters}
        own |= pattern.default_args
        here, there = reverse(name, kwargs=own), reverse(pattern.name, kwargs=own)
        assert f"{here.removesuffix('/')}.{end}" == there


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_is_marked_in_every_twin(client, plan, settings, demo):
    settings.DEMO = demo
    make.consultation(make.draft(plan.district, like=plan))
    HSCode.objects.create(code="0910", description="Ginger")
    product = plan.products.get(order=1).product
    slugs = {
        "states": plan.district.state.slug,
        "regional-authorities": plan.district.regional_authority().slug,
        "products": product.slug,
    }
    for pattern in urlpatterns:
        known = {
            **way(plan.district),
            "number": 1,
            "code": "0910",
            "sector": product.sector,
            **pattern.default_args,
            "slug": slugs.get(str(pattern.pattern).partition("/")[0]),
        }
        own = {*pattern.pattern.converters, *pattern.default_args}
        address = reverse(pattern.name, kwargs={key: known[key] for key in own})
        text = client.get(address).getvalue().decode("utf-8-sig")
        first = next(iter(json.loads(text))) if text[0] == "{" else text.split("\r")[0]
        assert (first == "demonstration") is demo, pattern.name


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("state", {"slug": "nowhere"}),
        ("regional-authority", {"slug": "nowhere"}),
        ("product", {"slug": "nothing"}),
        ("district", {"state": "no", "district": "where"}),
        ("plan", {"state": "no", "district": "where"}),
        ("hs-code", {"code": "9999"}),
        ("product-part", {"slug": "nothing", "part": PRODUCT_PARTS["targets"]}),
    ],
)
def test_what_has_no_page_has_no_twin(client, name, args):
    assert page(client, name, args).status_code == 404
    assert page(client, f"{name}-json", args).status_code == 404


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


def test_each_list_of_a_product_leads_to_its_own_twin(client, plan):
    product = plan.products.get(order=1).product
    args = {"slug": product.slug, "part": PRODUCT_PARTS["targets"]}

    assert (
        f'href="/products/{product.slug}/targets.csv"'
        in page(client, "product-part", args).text
    )
    assert 'id="product-part"' in page(client, "data").text


@pytest.mark.parametrize("address", ["/districts/no/where/", "/hs/9999/", "/"])
def test_what_does_not_open_leads_to_no_twin(client, address):
    assert ".json" not in client.get(address).text
