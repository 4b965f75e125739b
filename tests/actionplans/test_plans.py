"""The list of adopted plans: what it has, what it keeps to itself, what narrows it."""

import pytest
from django.urls import reverse

from actionplans.adopted import AdoptedFilter, rows_of
from actionplans.models import DocumentRelease
from actionplans.views.overview import DASH
from portal.models import DataVersion
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.pages import rows

pytestmark = pytest.mark.django_db
SHOWN = [
    Status.ADOPTED,
    Status.PUBLISHED,
    Status.UNSTRUCTURED,
    Status.TRANSCRIBED,
    Status.ANNULLED,
]


def plans(client, **asked):
    page = client.get("/plans/", asked)
    return {(row.plan.district.name, row.plan.number) for row in page.context["rows"]}


def numbers(page):
    """The counts of the links by status, each with the list that it opens."""
    return {facet.href: facet.number for facet in page.context["facets"]}


@pytest.fixture
def land():
    """A plan in each status, each in a district named for it; a draft is none."""
    bihar = make.state("Bihar")
    for status in [*SHOWN, Status.SUPERSEDED, Status.DRAFT, Status.RECORDED]:
        make.plan(status, make.district(status.name.title(), state=bihar))
    return bihar


@pytest.mark.parametrize("language", ["", "/hi"])
def test_strangers_are_welcome_in_both_languages(client, land, language):
    assert client.get(f"{language}/plans/").status_code == 200


def test_every_version_that_was_adopted_is_there_and_no_draft(client, land):
    found = plans(client)

    assert found == {
        *((status.name.title(), 1) for status in SHOWN),
        ("Superseded", 1),
        ("Superseded", 2),
    }


def test_adoptions_and_their_districts_are_both_counted(client, land):
    words = " ".join(client.get("/plans/").text.split())

    assert "7 adoptions in 6 districts, older versions included" in words


def test_a_plan_that_is_not_published_says_so_once(client):
    make.plan(Status.ADOPTED)
    words = client.get("/plans/").text
    assert words.count("not published yet") == 1
    assert DASH not in words.split("<tbody>")[1].split("</tbody>")[0]

    make.plan(Status.PUBLISHED)
    assert client.get("/plans/").text.count("not published yet") == 1


def test_an_annulled_plan_that_nobody_could_read_is_not_there(client):
    plan = make.plan(Status.ADOPTED)
    make.step(plan, Action.ANNUL)

    assert plans(client) == set()


def test_the_newest_come_first(client, later):
    make.plan(Status.PUBLISHED, make.district("Araria"))
    later(3)
    make.plan(Status.PUBLISHED, make.district("Banka"))

    shown = client.get("/plans/").context["rows"]

    assert [row.plan.district.name for row in shown] == ["Banka", "Araria"]


def test_a_row_leads_to_the_plan_its_seal_and_its_paper(client):
    plan = make.plan(Status.PUBLISHED, make.district("Gaya", state=make.state("Bihar")))

    words = client.get("/plans/").text

    assert '<a href="/districts/bihar/gaya/plan/1/">Gaya</a>' in words
    assert f'href="/verify/{plan.seal.sha256}/">{plan.seal.sha256[:10]}…</a>' in words
    assert 'href="/districts/bihar/gaya/plan/1.pdf"' in words
    assert f'data-l="Targets">{plan.targets.count()}</td>' in words
    assert "meeting 1" in words


def test_of_a_plan_that_is_not_public_yet_there_is_only_that_it_was_adopted(client):
    plan = make.plan(Status.ADOPTED, make.district("Gaya", state=make.state("Bihar")))

    words = client.get("/plans/").text

    assert '<a href="/districts/bihar/gaya/">Gaya</a>' in words
    assert plan.seal.sha256[:10] not in words
    assert "plan/1" not in words
    assert "not published yet" in words


def test_the_document_of_an_old_plan_is_named_once_it_is_released(client):
    plan = make.plan(Status.UNSTRUCTURED)
    [row] = rows_of(AdoptedFilter({}).found)
    assert (row.sha256, row.has_pdf, row.targets) == ("", False, None)

    by = make.holder_of(Role.RA_OFFICER, plan.district).current_appointments[0]
    DocumentRelease.objects.create(document=plan.document, released_by=by)

    [row] = rows_of(AdoptedFilter({}).found)
    assert (row.sha256, row.has_pdf) == (plan.document.sha256, False)
    assert client.get(reverse("seal", args=[row.sha256])).status_code == 200


def test_every_count_by_status_opens_its_list(client, land):
    found = numbers(client.get("/plans/?state=bihar"))

    assert sum(found.values()) == 2 * len(plans(client))
    assert {href: rows(client.get(href)) for href in found} == found


def test_what_narrows_the_list_narrows_the_counts(client, land):
    make.plan(Status.PUBLISHED, make.district("Goalpara", state=make.state("Assam")))

    page = client.get("/plans/", {"state": "assam", "status": "superseded"})

    assert numbers(page) == {
        "/plans/?state=assam": 1,
        "/plans/?state=assam&status=published": 1,
    }
    assert "No adopted plan fits." in page.text
    assert plans(client, state="assam") == {("Goalpara", 1)}


def test_by_office(client):
    office = make.regional_authority("Patna")
    make.plan(Status.PUBLISHED, make.district("Gaya", ra=office))
    make.plan(Status.PUBLISHED, make.district("Saran"))

    assert plans(client, ra="patna") == {("Gaya", 1)}


def test_by_years(client):
    plan = make.plan(Status.PUBLISHED, make.district("Gaya"))
    old = make.plan(Status.UNSTRUCTURED, make.district("Saran"))

    assert plans(client, period=f"{plan.year_from}-{plan.year_to}") == {("Gaya", 1)}
    assert plans(client, period=f"{old.year_from}-{old.year_to}") == {("Saran", 1)}


def test_the_newest_by_structure_or_as_document(client, land):
    assert plans(client, adopted="structured") == {
        ("Published", 1),
        ("Adopted", 1),
        ("Superseded", 2),
    }
    assert plans(client, adopted="document") == {
        ("Unstructured", 1),
        ("Transcribed", 1),
    }


def test_by_a_product_of_plans_that_can_be_read(client):
    plan = make.plan(Status.PUBLISHED, make.district("Gaya"))
    product = plan.products.first().product
    hidden = make.plan(Status.ADOPTED)

    page = client.get("/plans/", {"product": product.slug})

    assert rows(page) == 1
    assert "Those with this product:" in page.text
    assert plans(client, product=hidden.products.first().product.slug) == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "draft"},
        {"state": "atlantis"},
        {"ra": "a\0b"},
        {"period": "9" * 300},
        {"product": "🙂"},
        {"adopted": "maybe"},
    ],
)
def test_a_filter_that_cannot_be_read_is_named(client, land, asked):
    page = client.get("/plans/", asked)

    assert page.status_code == 200
    assert rows(page) == 0
    [said] = page.context["filterset"].errors.values()
    assert said[0] in page.text


def test_an_unknown_page_is_the_first_or_the_last(client, land):
    for number in ("abc", "99999", "-1"):
        assert client.get("/plans/", {"page": number}).context["rows"]


def test_links_keep_only_filters(client, land):
    page = client.get("/plans/", {"page": "1", "utm": "x", "state": "bihar"})

    assert all("utm" not in href and "page" not in href for href in numbers(page))


@pytest.mark.parametrize("size", [1, 4])
def test_the_number_of_queries_is_fixed(client, size, django_assert_num_queries):
    for _ in range(size):
        make.plan(Status.PUBLISHED)
    DataVersion.rise()
    client.get("/plans/")

    with django_assert_num_queries(9):
        client.get("/plans/")
