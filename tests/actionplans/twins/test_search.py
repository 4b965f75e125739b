"""The twin of a search has all that its page counts, narrowed as it is."""

import pytest
from django.urls import reverse

from portal.models import DataVersion
from portal.terms import Status
from tests import make
from tests.actionplans.twins.answers import lines, page, rows, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def turmeric():
    """Made in two districts of two States; one has a plan in force, one a variety."""
    spices = {"sector": "plantation-spices"}
    general = make.product("Turmeric", gi_number=1, **spices)
    variety = make.product("Lakadong Turmeric", variety_of=general, **spices)
    first = make.district("Nizamabad", state=make.state("Telangana", slug="ts"))
    named = make.district_product(first, general, exported="exported")
    named.namings.create(scheme="ODOP", wording="Haldi", confidence="high", source="X")
    make.district_product(make.plan(Status.PUBLISHED).district, variety)
    for number in range(25):
        make.product(f"Turmeric {number}", sector="food-processing")
    make.district("Turmericpur")
    DataVersion.rise()
    return general


@pytest.mark.parametrize("asked", ["", "x\0", "😀" * 200, "9" * 4000, "'--"])
def test_a_search_is_answered_whatever_is_asked(client, asked):
    assert isinstance(rows(client, "search", q=asked), list)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"state": "ts"},
        {"scheme": "ODOP"},
        {"gi": "yes"},
        {"export": "exported"},
        {"stage": "published"},
        {"sector": "food-processing"},
        {"sector": "food-processing", "show": "product"},
        {"show": "makers", "order": "state"},
        {"show": "district"},
        {"stage": "none", "state": "ts", "page": "2"},
    ],
    ids=str,
)
def test_a_search_finds_all_that_its_page_counts(client, turmeric, asked):
    asked = {"q": "turmeric", **asked}
    found = page(client, "search", **asked).context["found"]

    told = rows(client, "search", **asked)

    show = asked.get("show")
    makers = [] if show not in (None, "makers") else found.makers
    groups = [group for group in found.groups if show in (None, group.kind)]
    assert [(row["kind"], row["name"]) for row in told] == [
        *(("makers", maker.place.name) for maker in makers),
        *((g.kind, find.hit.entry.title) for g in groups for find in g.rows),
    ]
    counts = {value.label: value.count for value in found.shows.links}
    assert len(told) == (
        sum(counts.values())
        if show is None
        else next(value.count for value in found.shows.links if value.is_chosen)
    )
    assert lines(client, "search", **asked) == [shown(row) for row in told]


def test_a_maker_says_what_it_makes_where_and_in_whose_words(client, turmeric):
    told = rows(client, "search", q="turmeric", state="ts")

    first = told[0]
    assert (first["kind"], first["name"]) == ("makers", "Nizamabad")
    assert (first["detail"], first["stage"]) == ("Telangana", "identified")
    assert (first["found_as"], first["schemes"]) == (["Haldi"], ["ODOP"])
    assert first["products"] == [turmeric.slug]
    assert first["address"] == "/districts/ts/nizamabad/"


def test_a_product_says_how_many_districts_name_it_and_a_district_its_stage(
    client, turmeric
):
    told = {row["name"]: row for row in rows(client, "search", q="turmeric")}

    assert told["Turmeric"]["districts"] == 1
    assert told["Turmericpur"]["stage"] == "none"
    assert told["Turmericpur"]["districts"] is None


def test_a_slip_is_mended_and_said(client, turmeric):
    told = rows(client, "search", q="tumeric")

    assert told[0]["searched"] == "Turmeric"
    rightly = rows(client, "search", q="turmeric")
    assert [row["name"] for row in told] == [row["name"] for row in rightly]
    exactly = rows(client, "search", q="tumeric", exactly="yes")
    assert [row for row in exactly if row["searched"] != "tumeric"] == []


@pytest.mark.parametrize(
    "odd", [{"stage": "nonsense"}, {"show": "😀"}, {"state": "x\0"}, {"gi": "9" * 900}]
)
def test_a_search_narrowed_by_what_is_not_known_is_refused(client, turmeric, odd):
    for end in ("json", "csv"):
        answer = client.get(reverse(f"search-{end}"), {"q": "turmeric", **odd})

        assert answer.status_code == 400
        assert "is not known here" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_takes_a_fixed_number_of_queries(
    client, django_assert_num_queries, count
):
    product = make.product("Turmeric")
    for _ in range(count):
        make.district_product(make.district(), product)
    DataVersion.rise()
    client.get("/search/", {"q": "turmeric"})

    with django_assert_num_queries(3):
        answer = client.get("/search.csv", {"q": "turmeric"})
        assert answer.getvalue().count(b"\n") == count + 3
