"""Districts and products side by side: choosing them, and what stands there."""

import datetime as dt

import pytest
from django.utils import timezone

from districts.models import GIRegistration, Naming, PotentialFact, Succession
from districts.outlines import neighbours
from portal.models import DataVersion
from portal.numbers import hundredths
from portal.terms import Action, Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list
from tests.actionplans.quarters import Q2, filed, given, in_force

pytestmark = pytest.mark.django_db


def page(client, **asked):
    return client.get("/compare/", asked)


def keys(found):
    return found.context["choice"].keys


def said(found):
    return [note.text for note in found.context["choice"].notes]


def offers(found):
    return {
        offer.label: offer.href
        for note in found.context["choice"].notes
        for offer in note.offers
    }


def fact(place, kind, **values):
    return PotentialFact.objects.create(
        place=place,
        kind=kind,
        **{"as_on": dt.date(2026, 3, 31), "source": "Survey of the DIC", **values},
    )


@pytest.fixture
def land():
    """Two districts that share a product, and one in another State."""
    bihar = make.state("Bihar")
    turmeric = make.product("Turmeric", other_names="haldi", name_hi="हल्दी")
    honey = make.product("Honey")
    for name, things in [
        ("Araria", [turmeric]),
        ("Banka", [turmeric, honey]),
    ]:
        place = make.district(name, state=bihar)
        for thing in things:
            make.district_product(place, thing)
    make.district("Goalpara", state=make.state("Assam"))
    DataVersion.rise()
    return bihar


TWO = ["bihar/araria", "bihar/banka"]


def published(place, indicator):
    """A plan in force with a target by this indicator beside its own four."""
    plan = make.complete(make.draft(place))
    make.target(plan, indicator=indicator, goal=40_00)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)
    return plan


@pytest.mark.parametrize("language", ["", "/hi"])
@pytest.mark.parametrize(
    "asked", [{}, {"district": TWO}, {"product": ["turmeric", "honey"]}]
)
def test_strangers_are_welcome_in_both_languages(client, land, language, asked):
    assert client.get(f"{language}/compare/", asked).status_code == 200


# Choosing


def test_districts_stand_in_the_order_asked_for(client, land):
    found = page(client, district=["bihar/banka", "assam/goalpara"])

    columns = found.context["districts"].columns
    assert [column.place.name for column in columns] == ["Banka", "Goalpara"]


@pytest.mark.parametrize("asked", ["Araria", "araria", "Arariya"])
def test_a_district_is_taken_by_its_name_however_it_is_written(client, land, asked):
    assert keys(page(client, name=asked)) == ["bihar/araria"]


def test_what_a_name_was_taken_as_is_said(client, land):
    assert said(page(client, name="Arariya")) == ["“Arariya” was taken as Araria."]
    assert said(page(client, name="araria")) == []


@pytest.mark.parametrize("asked", ["turmeric", "haldi", "हल्दी", "tumeric"])
def test_a_product_is_taken_by_any_of_its_names(client, land, asked):
    assert keys(page(client, name=[asked, "honey"])) == ["turmeric", "honey"]


def test_a_name_that_several_have_is_offered_and_not_taken(client, land):
    make.district("Araria", state=make.state("Punjab"))
    DataVersion.rise()

    found = page(client, district="bihar/banka", name="Araria")

    assert keys(found) == ["bihar/banka"]
    assert offers(found) == {
        "Araria, Bihar": "/compare/?district=bihar/banka&district=bihar/araria",
        "Araria, Punjab": "/compare/?district=bihar/banka&district=punjab/araria",
    }
    [href] = [h for label, h in offers(found).items() if "Punjab" in label]
    assert keys(client.get(href)) == ["bihar/banka", "punjab/araria"]


def test_a_name_that_nobody_has_is_said(client, land):
    found = page(client, name="Qwzkx")

    assert said(found) == ["No district is called anything like “Qwzkx”."]
    assert found.context["chosen"] == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"district": "bihar/atlantis"}, "No district has the address"),
        ({"product": "moonstone"}, "No product has the address"),
        ({"district": "bihar"}, "No district has the address"),
        ({"product": "a\0b"}, "No product has the address"),
        ({"district": "🙂/" + "9" * 5000}, "No district has the address"),
        ({"name": "\0"}, "called anything like"),
        ({"name": "9" * 5000}, "called anything like"),
        ({"district": [*TWO, "bihar/araria"]}, "Araria is named twice"),
        ({"district": TWO, "product": "honey"}, "Honey is a product, and districts"),
        ({"product": "honey", "name": "Araria"}, "Araria is a district, and products"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(client, land, asked, sentence):
    found = page(client, **asked)

    assert found.status_code == 200
    assert sentence in found.text


def test_a_fifth_is_left_out(client, land):
    for number in range(3):
        make.district(f"Place {number}", state=land)
    five = [*TWO, *(f"bihar/place-{number}" for number in range(3))]

    found = page(client, district=five)

    assert keys(found) == five[:4]
    assert said(found) == ["Place 2 is left out: four at most stand side by side."]
    assert 'name="name"' not in found.text


def test_a_former_district_leads_to_those_it_went_into(client, land):
    old = make.district("Old Place", state=land, until=dt.date(2020, 1, 1))
    heir = make.district("New Place", state=land)
    Succession.objects.create(before=old, after=heir, on=dt.date(2020, 1, 1))
    DataVersion.rise()

    for asked in ({"district": "bihar/old-place"}, {"name": "Old Place"}):
        found = page(client, **asked)
        assert said(found) == ["Old Place is not a district today."]
        assert offers(found) == {"New Place": "/compare/?district=bihar/new-place"}


def test_fields_stay_for_as_many_as_may_be_added(client, land):
    assert page(client).text.count('name="name"') == 4
    words = page(client, district=TWO).text
    assert words.count('name="name"') == 2
    assert '<input type="hidden" name="district" value="bihar/banka">' in words


def test_each_can_be_taken_away(client, land):
    words = page(client, district=TWO).text

    assert (
        'href="/compare/?district=bihar/banka" aria-label="Take Araria away"' in words
    )


def test_the_address_names_what_was_found_by_name(client, land):
    words = page(client, name=["Araria", "Banka"]).text

    assert f'href="/compare/?district={TWO[0]}&amp;district={TWO[1]}"' in words


# One alone


def test_one_district_alone_is_offered_neighbours_and_peers(client, land):
    far = make.district("Far", state=land, column=4000, row=90)
    make.district_product(far, make.product("Jute"))

    found = page(client, district="bihar/araria")

    assert "One alone cannot be compared: add another." in found.text
    near = [other.thing.name for other in found.context["near"]]
    assert near[-1] == "Far"
    assert "Araria" not in near
    [peer] = found.context["akin"]
    assert (peer.thing.name, [p.name for p in peer.shared]) == ("Banka", ["Turmeric"])
    assert keys(client.get(peer.href)) == TWO


def test_a_district_without_a_tile_is_offered_others_of_its_state(client, land):
    make.district("New", state=land, column=None, row=None)

    found = page(client, district="bihar/new")

    assert [o.thing.name for o in found.context["near"]] == ["Araria", "Banka"]


def test_neighbours_are_those_that_share_a_border(client, land):
    code, across = next(
        (key, others[0])
        for key, others in neighbours().items()
        if isinstance(key, int) and others and isinstance(others[0], int)
    )
    make.district("Middle", state=land, lgd_code=code, column=1, row=0)
    make.district("Beyond", state=land, lgd_code=across, column=9000, row=0)

    found = page(client, district="bihar/middle")

    assert [o.thing.name for o in found.context["near"]] == ["Beyond"]


def test_peers_by_a_general_word_come_after_all_others(client, land):
    cloth = make.product("Cloth", is_general=True)
    fibre = make.product("Fibre", is_general=True)
    turmeric = land.districts.get(name="Banka").products.get(product__slug="turmeric")
    gaya, zira = (make.district(name, state=land) for name in ("Gaya", "Zira"))
    make.district_product(zira, turmeric.product)
    for thing in (cloth, fibre):
        make.district_product(gaya, thing)
    for thing in (cloth, fibre):
        make.district_product(land.districts.get(name="Araria"), thing)
    DataVersion.rise()

    akin = page(client, district="bihar/araria").context["akin"]

    assert [other.thing.name for other in akin] == ["Banka", "Zira", "Gaya"]


def test_one_product_alone_is_offered_others_of_its_sector(client, land):
    make.product("Steel", sector="engineering")

    found = page(client, product="honey")

    assert [other.thing.name for other in found.context["akin"]] == ["Turmeric"]


# Districts side by side


def test_products_in_common_stand_apart_from_those_of_one(client, land):
    side = page(client, district=TWO).context["districts"]

    [row] = side.shared
    assert row.product.name == "Turmeric"
    assert all(named for _column, named in row.beside)
    own = [[named.product.name for named in column.own] for column in side.columns]
    assert own == [[], ["Honey"]]


def test_a_product_that_a_district_names_no_longer_is_not_there(client, land):
    row = land.districts.get(name="Araria").products.get()
    row.until = timezone.localdate()
    row.save()

    assert page(client, district=TWO).context["districts"].shared == []


def test_each_fact_has_its_day_and_source_and_nothing_is_added_up(client, land):
    araria, banka = (
        land.districts.get(name=name).products.get(product__name="Turmeric")
        for name in ("Araria", "Banka")
    )
    fact(araria, "production", amount=1200_00, unit="tonnes", year=2025)
    fact(araria, "production", amount=900_00, as_on=dt.date(2025, 3, 31))
    fact(banka, "exports", amount=85_00_000_00, year=2024)

    words = page(client, district=TWO).text

    assert '<b>1,200 <span lang="en">tonnes</span></b>' in words
    for said in ("2025-26", "31 Mar 2026"):
        assert f'<span class="nw">{said}</span>' in words
    assert '<span lang="en">Survey of the DIC</span>' in words
    assert "900" not in words
    assert "₹ 85 lakh" in words
    assert "Total" not in words


def test_targets_by_the_same_indicator_stand_beside_each_other(client, on_day):
    meets = make.indicator(name="Buyer meets")
    names = []
    for name in ("Araria", "Banka"):
        on_day(2026, 5, 10)
        place = make.district(name, state=make.state(f"State of {name}"))
        plan = published(place, meets)
        on_day(2026, 11, 22)
        names.append(f"{place.state.slug}/{place.slug}")
    filed(plan.district, Q2, [given(20_00)] * 5)

    found = page(client, district=names)

    [row] = found.context["districts"].indicators
    assert row.indicator.name == "Buyer meets"
    assert [len(standings) for _column, standings in row.beside] == [1, 1]
    assert [column.others for column, _ in row.beside] == [4, 4]
    assert "10 → 40" in found.text
    assert "latest 20, 30 Sep 2026" in found.text
    expected = row.beside[1][1][0].result.expected_value
    assert f"Expected by now {hundredths(expected)}" in found.text
    assert "no figure yet" in found.text


def test_a_district_shows_its_reports_committee_office_and_interventions(
    client, on_day
):
    plan = in_force(on_day, make.district("Araria", state=make.state("Bihar")))
    filed(plan.district, Q2, [given(20_00)] * 4)
    make.district("Banka", state=plan.district.state, ra=None)
    plan.district.committee.months_between = 3
    plan.district.committee.save()

    words = page(client, district=TWO).text

    assert "1 filed, 2 fell due" in words
    assert "4 of 4 figures given in the newest" in words
    assert "Meets every 3 months." in words
    assert "last met on 10 May 2026" in words
    assert "Not started <b>2</b>" in words
    assert "no RA recorded" in words
    assert 'href="/districts/bihar/araria/plan/"' in words
    assert "none in force" in words


def test_a_total_counts_from_nought_as_on_the_page_of_the_plan(client, on_day):
    trained = make.indicator(name="People trained", kind="total")
    names = []
    for name in ("Araria", "Banka"):
        on_day(2026, 5, 10)
        place = make.district(name, state=make.state(f"State of {name}"))
        published(place, trained)
        on_day(2026, 11, 22)
        names.append(f"{place.state.slug}/{place.slug}")

    assert "0 → 40" in page(client, district=names).text


def test_targets_that_go_well_and_late_interventions_are_counted(client, on_day, land):
    plan = in_force(on_day, land.districts.get(name="Araria"))
    filed(plan.district, Q2, [given(55_00), given(11_00)])

    before = page(client, district=TWO)
    assert "overdue" not in before.text
    assert "1 of 4</a>" in before.text

    on_day(2027, 3, 1)
    after = page(client, district=TWO)
    assert after.context["districts"].columns[0].overdue == 2
    assert "2 overdue</a>" in after.text


def test_what_is_typed_of_an_old_plan_is_not_compared(client, land):
    plans = [make.plan(Status.TRANSCRIBED) for _ in range(2)]
    places = [plan.district for plan in plans]

    found = page(client, district=[f"{p.state.slug}/{p.slug}" for p in places])

    assert "as document" in found.text
    assert [column.others for column in found.context["districts"].columns] == [0, 0]
    assert all(not column.statuses for column in found.context["districts"].columns)


def test_no_person_and_no_draft_is_compared(client, land):
    draft = make.complete(make.draft(land.districts.get(name="Araria")))

    words = page(client, district=TWO).text

    assert draft.targets.first().indicator.name not in words
    assert "Official " not in words


# Products side by side


def test_every_count_of_districts_opens_its_list(client, land):
    assert_every_count_opens_its_list(
        client, "/compare/?product=turmeric&product=honey"
    )


def test_products_show_what_is_known_of_them(client, land):
    honey = land.districts.get(name="Banka").products.get(product__name="Honey")
    Naming.objects.create(
        place=honey, scheme="GI", wording="Forest honey", confidence="high", source="X"
    )
    honey.product.gi_number = 77
    honey.product.save()
    GIRegistration.objects.create(
        number=77, name="Forest Honey", goods_type="Food", source="GI"
    )

    found = page(client, product=["turmeric", "honey"])

    assert "registration no. 77" in found.text
    assert "Geographical indication <small" in found.text
    turmeric, honeys = found.context["products"].columns
    assert [len(column.places) for column in (turmeric, honeys)] == [2, 1]
    assert [place.name for place in found.context["products"].shared] == ["Banka"]
    assert [count for _office, count in turmeric.offices] == [1, 1]


def test_targets_of_products_are_those_of_plans_in_force(client):
    plan = make.plan(Status.PUBLISHED)
    one, two = (chosen.product for chosen in plan.products.all())
    make.plan(Status.ADOPTED)

    first, second = (
        page(client, product=[one.slug, two.slug]).context["products"].columns
    )

    assert (first.target_count, second.target_count) == (2, 2)
    assert {count for _indicator, count in first.targets} == {1}


def test_former_districts_do_not_count(client, land):
    old = make.district("Old Place", state=land, until=dt.date(2020, 1, 1))
    row = make.district_product(old, make.product("Silk"))
    Naming.objects.create(
        place=row, scheme="ODOP", wording="Silk", confidence="high", source="X"
    )

    silk = page(client, product=["silk", "honey"]).context["products"].columns[0]

    assert (silk.places, silk.schemes) == ([], [])


@pytest.mark.parametrize("size", [2, 4])
def test_the_number_of_queries_is_fixed(client, size, django_assert_num_queries):
    meets = make.indicator(name="Buyer meets")
    plans = [published(make.district(), meets) for _ in range(size)]
    for plan in plans:
        fact(plan.district.products.first(), "units", amount=3_00)
    asked = [plan.district for plan in plans]
    several = [f"{place.state.slug}/{place.slug}" for place in asked]
    products = [plan.products.first().product.slug for plan in plans]
    DataVersion.rise()
    page(client, district=several)

    with django_assert_num_queries(11):
        page(client, district=several)
    with django_assert_num_queries(8):
        page(client, product=products)
