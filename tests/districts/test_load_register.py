"""A small folder of facts: what rows become, and broken, changed, vanished rows."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from districts.models import (
    Agency,
    District,
    DistrictProduct,
    GIRegistration,
    Jurisdiction,
    Product,
    RegionalAuthority,
    State,
    Succession,
)
from districts.register.load import load
from portal import history
from portal.models import Change, DataVersion
from tests import make
from tests.districts import facts
from tests.districts.facts import everything, tallies

pytestmark = pytest.mark.django_db
DARBHANGA, *OTHERS = facts.ROWS["districts.csv"]


@pytest.fixture
def folder(tmp_path):
    return facts.write(tmp_path / "facts")


# --- What rows become


def test_small_folder_loads_with_a_summary_for_each_register(folder):
    told = tallies(folder)

    assert told["States"].added == 2
    added = Change.objects.get(register="districts.district")
    assert (added.row, added.field, added.after) == ("", "", "5 added")
    assert added.reason == "load_register"
    assert added.changed_by is None
    assert DataVersion.current().number == 2


def test_product_is_identified_on_the_day_of_the_earliest_list(folder):
    load(folder)

    makhana = DistrictProduct.objects.get(product__slug="makhana")
    assert makhana.since == dt.date(2022, 1, 1)
    assert makhana.namings.count() == 2


def test_product_is_not_identified_before_its_district_lives(folder):
    load(folder)

    nuts = DistrictProduct.objects.get(product__slug="nuts")
    assert nuts.since == nuts.district.since == dt.date(2023, 8, 1)


def test_links_lead_to_codes_parents_and_districts(folder):
    load(folder)

    makhana = Product.objects.get(slug="makhana")
    assert makhana.variety_of.slug == "nuts"
    assert [code.parent.code for code in makhana.hs_codes.all()] == ["08"]
    mithila = GIRegistration.objects.get(number=552)
    assert [d.name for d in mithila.districts.all()] == ["Darbhanga"]


def test_successions_skip_names_that_no_district_bears(folder):
    load(folder)

    pairs = {(str(s.before), str(s.after), s.on) for s in Succession.objects.all()}
    assert pairs == {
        ("Dudu", "Jaipur", dt.date(2025, 1, 31)),
        ("Jaipur", "Kotputli", dt.date(2023, 8, 1)),
    }


# --- A second load


def test_changed_row_is_reported_and_recorded(folder):
    load(folder)
    version = DataVersion.current().number
    facts.write(folder, states=[facts.ROWS["states.csv"][0].replace("Patna", "Gaya")])

    told = tallies(folder)["States"]

    assert (told.read, told.changed, told.unchanged, told.besides) == (1, 1, 0, 1)
    assert told.such_as == ["Rajasthan"]
    bihar = State.objects.get(slug="bihar")
    change = Change.objects.get(field="capital")
    assert (change.register, change.row) == ("districts.state", str(bihar.pk))
    assert (change.before, change.after) == ("Patna", "Gaya")
    assert DataVersion.current().number == version + 1


def test_changed_links_and_parents_are_recorded(folder):
    load(folder)
    _, *others = facts.ROWS["products.csv"]
    makhana = "makhana,Makhana,मखाना,,goods,agriculture,080119,,,,no,"
    facts.write(folder, products=[makhana, *others])

    assert tallies(folder)["products"].changed == 1

    changes = Change.objects.exclude(field="").order_by("field")
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("hs_codes", "0801", "080119"),
        ("other_names", "fox nut|phool makhana", ""),
        ("variety_of", "Nuts", ""),
    ]
    product = Product.objects.get(slug="makhana")
    assert [code.code for code in product.hs_codes.all()] == ["080119"]
    assert product.variety_of is None


def test_what_somebody_changed_in_the_portal_is_kept(folder):
    load(folder)
    patna = District.objects.get(name="Patna")
    patna.name_hi = "पाटलिपुत्र"
    patna.save()
    change = history.change(patna, "name_hi", "पटना", patna.name_hi, reason="Asked for")
    history.record([change], by=make.user())

    told = tallies(folder)["districts"]

    assert (told.kept, told.changed) == (1, 0)
    patna.refresh_from_db()
    assert patna.name_hi == "पाटलिपुत्र"


def test_what_files_have_no_column_for_is_never_touched(folder):
    load(folder)
    State.objects.update(quorum=7, officers_edit_plans=True)
    RegionalAuthority.objects.update(email="office@portal.example")
    DistrictProduct.objects.update(is_thrust=True, until=dt.date(2026, 1, 1))
    before = everything()

    load(folder)

    assert everything() == before


def test_renamed_district_keeps_its_row_and_its_address(folder):
    load(folder)
    patna = District.objects.get(name="Patna")
    renamed = [r.replace("Patna,पटना", "Pataliputra,पटना") for r in OTHERS]
    facts.write(folder, districts=[DARBHANGA, *renamed], export_figures=[])

    load(folder)

    patna.refresh_from_db()
    assert (patna.name, patna.slug) == ("Pataliputra", "patna")
    assert District.objects.count() == 5


def test_district_that_was_abolished_keeps_its_row_and_its_point(folder):
    load(folder)
    patna = District.objects.get(name="Patna")
    former = [
        *facts.ROWS["districts_former.csv"],
        "Bihar,Patna,पटना,212,,Darbhanga,2026",
    ]
    facts.write(
        folder,
        districts=[row for row in (DARBHANGA, *OTHERS) if "Patna" not in row],
        districts_former=former,
        export_figures=[],
    )

    load(folder)

    patna.refresh_from_db()
    assert (patna.until, patna.until_stated) == (dt.date(2026, 12, 31), "2026")
    assert patna.latitude == 25.6


def test_districts_may_change_tiles(folder):
    load(folder)
    patna, *others = OTHERS
    facts.write(
        folder,
        districts=[
            DARBHANGA.replace("1,1", "2,1"),
            patna.replace("2,1", "1,1"),
            *others,
        ],
    )

    assert tallies(folder)["districts"].changed == 2
    assert tallies(folder)["districts"].changed == 0


def test_new_district_may_take_the_tile_of_a_former_one(folder):
    load(folder)
    patna, *others = OTHERS
    former = patna.replace("Patna,पटना,212", "Pataliputra,पटना,")
    facts.write(
        folder,
        districts=[DARBHANGA, former, *others],
        districts_former=["Bihar,Patna,पटना,212,,Pataliputra,2026-01-01"],
        export_figures=[],
    )

    load(folder)

    assert District.objects.get(name="Pataliputra").column == 2
    assert District.objects.get(name="Patna").column is None


def test_jurisdiction_that_headquarters_recorded_stands(folder):
    load(folder)
    held = Jurisdiction.objects.get(district__name="Darbhanga")
    held.ra = RegionalAuthority.objects.get(name="Jaipur")
    held.is_provisional = False
    held.save()

    told = tallies(folder)["jurisdictions"]

    assert (told.read, told.added, told.changed) == (1, 0, 0)
    assert Jurisdiction.objects.get(district__name="Darbhanga").ra.name == "Jaipur"


def test_row_that_vanished_from_the_file_is_named_and_stays(folder):
    load(folder)
    facts.write(folder, agencies=[])

    told = tallies(folder)["agencies"]

    assert (told.besides, told.such_as) == (1, ["District Industries Centre"])
    assert Agency.objects.count() == 1


# --- The command


def test_command_prints_what_became_of_each_register(folder):
    out = StringIO()
    call_command("load_register", folder=folder, stdout=out)
    facts.write(folder, agencies=[])
    call_command("load_register", folder=folder, stdout=out)

    printed = out.getvalue()
    assert "States: 2 read, 2 added, 0 changed, 0 unchanged\n" in printed
    assert "States: 2 read, 0 added, 0 changed, 2 unchanged\n" in printed
    assert "  1 in the database only: District Industries Centre\n" in printed


def test_command_says_what_is_broken(tmp_path):
    folder = facts.write(tmp_path / "facts", agencies=[",,"])

    with pytest.raises(CommandError) as caught:
        call_command("load_register", folder=folder, stdout=StringIO())

    said = (
        "Nothing is loaded.\nfacts/agencies.csv line 2: name: This field is required."
    )
    assert str(caught.value) == said
