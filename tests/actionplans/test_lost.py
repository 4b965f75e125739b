"""The page for what does not exist offers what may have been meant."""

import re

import pytest

from actionplans.views import lost
from districts.models import HSCode, ServiceCategory
from portal.models import DataVersion
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers():
    bihar = make.state("Bihar")
    make.district("Darbhanga", state=bihar)
    make.district("Aurangabad", state=bihar)
    make.district("Aurangabad", state=make.state("Maharashtra"))
    make.product("Turmeric")
    HSCode.objects.create(code="0910", description="Ginger and other spices")
    ServiceCategory.objects.create(code="SDB", name="Personal travel", scheme="EBOPS")
    make.regional_authority("Jaipur")
    DataVersion.rise()


def offered(client, address):
    """What the page offers, before its search box."""
    answer = client.get(address)
    assert answer.status_code == 404
    main = answer.text[answer.text.index("<main") :]
    return re.findall(r'href="(.+?)"', main[: main.index('role="search"')])


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/districts/bihar/darbanga/", "/districts/bihar/darbhanga/"),
        ("/district/bihar/darbhanga/", "/districts/bihar/darbhanga/"),
        ("/districts/bihar/darbhangha/plan/3/", "/districts/bihar/darbhanga/"),
        ("/darbhanga.html", "/districts/bihar/darbhanga/"),
        ("/hi/districts/bihar/darbanga/", "/hi/districts/bihar/darbhanga/"),
        ("/states/behar/", "/states/bihar/"),
        ("/products/tumeric/", "/products/turmeric/"),
        ("/product/turmeric/", "/products/turmeric/"),
        ("/regional-authority/jaipur/", "/regional-authorities/jaipur/"),
        ("/hs/0910.html/", "/hs/0910/"),
        ("/hs-codes/0910/", "/hs/0910/"),
        ("/hi/hs/0910/districts/", "/hi/hs/0910/"),
        ("/sectors/handicrafts/", "/sectors/handicraft/"),
        ("/sector/plantation-spice/", "/sectors/plantation-spices/"),
        ("/hi/sectors/handicaft/", "/hi/sectors/handicraft/"),
        ("/service/personal-travel/", "/services/#class-SDB"),
        ("/abot/", "/about/"),
        ("/sectrs/", "/sectors/"),
        ("/hi/privcy/", "/hi/privacy/"),
    ],
)
def test_a_slip_in_an_address_is_understood(client, address, meant):
    assert offered(client, address) == [meant]


def test_of_two_places_of_one_name_that_of_the_state_is_meant(client):
    wanted = "/districts/maharashtra/aurangabad/"

    assert offered(client, "/district/maharashtra/aurangabd/") == [wanted]
    assert set(offered(client, "/districts/aurangabad/")) == {
        wanted,
        "/districts/bihar/aurangabad/",
    }


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/nowhere/tu/", "/123/", "/hi/comment/"]
)
def test_nothing_is_offered_where_nothing_may_be_meant(client, address):
    assert offered(client, address) == []


@pytest.mark.parametrize(
    "address",
    [
        "/no/such/page/",
        "/districts/",
        "/%00/",
        "/😀/",
        f"/{'9' * 3000}/",
        "/....//",
        "/<script>/",
        "/desk/no/",
    ],
)
def test_whatever_is_asked_for_nothing_fails(client, address):
    answer = client.get(f"{address}nowhere-at-all-of-this-kind/")

    assert answer.status_code in {302, 404}


def test_a_guess_that_fails_leaves_the_page_without_a_guess(
    client, monkeypatch, caplog
):
    def fails(question, limit):
        raise RuntimeError

    monkeypatch.setattr(lost, "search", fails)

    assert offered(client, "/districts/bihar/darbanga/") == []
    assert "no guess for a missing page" in caplog.text


def test_an_official_learns_that_it_may_lie_outside_the_districts(client):
    client.force_login(make.user())

    page = client.get("/desk/plans/999999/").text

    assert "outside your districts" in page
    assert "outside your districts" not in client.get("/no/").text


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_the_page_leads_on_in_its_own_language(client, prefix):
    page = client.get(f"{prefix}/no/").text

    for name in ("", "states/", "products/", "sitemap/", "help/", "contact/"):
        assert f'href="{prefix}/{name}"' in page
