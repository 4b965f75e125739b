"""The catalogue, as every process keeps it."""

import pytest

from districts.catalogue import Catalogue
from districts.models import Naming
from portal.models import DataVersion
from tests import make

pytestmark = pytest.mark.django_db


def current():
    DataVersion.rise()
    return Catalogue.current()


def naming(row, scheme, wording):
    return Naming.objects.create(
        place=row, scheme=scheme, wording=wording, confidence="high", source="LIST"
    )


def test_a_product_of_a_district_comes_with_the_words_of_its_sources():
    thing = make.product("Turmeric")
    row = make.district_product(make.district(), thing, exported="exported")
    for scheme in ("PMFME", "ODOP"):
        naming(row, scheme, "Turmeric (whole)")

    (made,) = current().makings[thing.pk]

    assert (made.district, made.exported) == (row.district_id, "exported")
    assert made.wordings == {"Turmeric (whole)": ["ODOP", "PMFME"]}
    assert made.schemes == ["ODOP", "PMFME"]


def test_what_a_district_no_longer_names_is_not_made():
    thing = make.product()
    make.district_product(make.district(), thing, until="2026-01-31")

    assert thing.pk not in current().makings


def test_a_family_has_varieties_of_varieties():
    mango = make.product("Mango")
    alphonso = make.product("Alphonso", variety_of=mango)
    devgad = make.product("Devgad Alphonso", variety_of=alphonso)
    make.product("Turmeric")

    catalogue = current()
    family = catalogue.family(catalogue.products["mango"])

    assert [product.pk for product in family] == [mango.pk, alphonso.pk, devgad.pk]


def test_varieties_of_each_other_end():
    first = make.product("First")
    second = make.product("Second", variety_of=first)
    first.variety_of = second
    first.save()

    catalogue = current()

    assert len(catalogue.family(catalogue.products["first"])) == 2


def test_it_is_renewed_when_the_data_version_rises(django_assert_num_queries):
    thing = make.product()
    before = current()

    make.district_product(make.district(), thing)
    with django_assert_num_queries(1):
        assert Catalogue.current() is before
    DataVersion.rise()

    assert len(Catalogue.current().makings[thing.pk]) == 1
