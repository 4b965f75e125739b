"""The real files, loaded whole."""

import datetime as dt

import pytest

from districts.models import (
    Agency,
    District,
    DistrictProduct,
    ExportFigure,
    GIRegistration,
    HSCode,
    Jurisdiction,
    Naming,
    Product,
    ProgrammeCount,
    ProgrammeTag,
    RegionalAuthority,
    ServiceCategory,
    State,
)
from portal.models import Change, DataVersion
from tests.districts.facts import everything, tallies
from tests.register import FIXTURES

pytestmark = pytest.mark.django_db
COUNTS = {
    State: 36,
    District: 801,
    RegionalAuthority: 35,
    Jurisdiction: 791,
    Agency: 43,
    ProgrammeTag: 4,
    HSCode: 6958,
    ServiceCategory: 83,
    Product: 679,
    DistrictProduct: 1927,
    Naming: 2141,
    GIRegistration: 696,
    ExportFigure: 108,
    ProgrammeCount: 17,
}


def test_real_files_fill_every_register(register):
    assert {model: model.objects.count() for model in COUNTS} == COUNTS

    assert District.objects.living(dt.date(2026, 11, 22)).count() == 791
    assert District.objects.exclude(until=None).count() == 10
    assert Jurisdiction.objects.filter(is_provisional=True).count() == 791
    assert Product.objects.filter(is_general=True).count() == 23
    assert Product.objects.exclude(variety_of=None).count() == 250
    assert not Product.objects.filter(kind="service", service_category=None).exists()
    assert GIRegistration.objects.filter(states=None).count() == 39


def test_second_load_of_the_real_files_changes_nothing(register):
    before, version = everything(), DataVersion.current().number

    told = tallies(FIXTURES).values()

    assert everything() == before
    assert {(t.added, t.changed, t.kept, t.besides) for t in told} == {(0, 0, 0, 0)}
    assert not Change.objects.exists()
    assert DataVersion.current().number == version


def test_real_districts_know_where_they_came_from_and_went(register):
    gangapur = District.objects.get(name="Gangapurcity")
    assert gangapur.until == dt.date(2025, 1, 31)
    assert gangapur.until_stated == "2024-12/2025-01"
    went = gangapur.successors.order_by("after__name")
    assert [str(s.after) for s in went] == ["Karauli", "Sawai Madhopur"]

    shahdara = District.objects.get(name="Shahdara")
    assert (shahdara.until, shahdara.until_stated) == (dt.date(2025, 12, 25), "")

    maihar = District.objects.get(name="Maihar")
    assert (maihar.since, maihar.since_stated) == (dt.date(2023, 10, 1), "2023-10")
    assert [str(s.before) for s in maihar.predecessors.all()] == ["Satna"]
