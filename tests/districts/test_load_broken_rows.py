"""A broken row stops a load: file, line and reason are said, and nothing changes."""

import pytest

from districts.register.files import BrokenRows
from districts.register.load import load
from portal.models import Change
from tests.districts import facts
from tests.districts.facts import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return facts.write(tmp_path / "facts")


def broken(folder, file, rows):
    facts.write(folder, **{file: rows})
    with pytest.raises(BrokenRows) as caught:
        load(folder)
    return caught.value.problems


DARBHANGA, *OTHERS = facts.ROWS["districts.csv"]
BROKEN = [
    (
        "districts",
        [DARBHANGA.replace("Bihar", "Behar"), *OTHERS],
        2,
        "state: No State is called “Behar”. Is Bihar meant?",
    ),
    (
        "districts",
        [DARBHANGA.replace("191", "many"), *OTHERS],
        2,
        "lgd_code: Enter a whole number.",
    ),
    (
        "districts",
        [DARBHANGA, *OTHERS, "Bihar,,,,,,,,,,,,"],
        6,
        "name: This field is required.",
    ),
    (
        "districts",
        [*OTHERS, DARBHANGA.replace("1,1,,,", "9,9,2023-13,,")],
        5,
        "since: “2023-13” is no date such as 2023-10-31, 2023-10 or 2023.",
    ),
    (
        "districts",
        [DARBHANGA, *OTHERS, DARBHANGA],
        6,
        "It repeats facts/districts.csv line 2.",
    ),
    (
        "districts",
        [DARBHANGA + ",more", *OTHERS],
        2,
        "14 cells under 13 columns.",
    ),
    (
        "districts_former",
        ["Rajasthan,Dudu,दूदू,769,,Jeypore,2025-01"],
        2,
        "merged_into: Rajasthan has no district “Jeypore”.",
    ),
    (
        "jurisdictions_provisional",
        ["Bihar,Jaipur,Patna,nearest"],
        2,
        "district: No district of Bihar is called “Jaipur”.",
    ),
    (
        "products",
        ["makhana,Makhana,,,goods,nuts,,,,,no,"],
        2,
        "sector: Select a valid choice. nuts is not one of the available choices.",
    ),
    (
        "products",
        ["makhana,Makhana,,,goods,agriculture,9999,,,,no,"],
        2,
        "hs_codes: There is no HS code “9999”.",
    ),
    (
        "products",
        ["makhana,Makhana,,,goods,agriculture,,,seeds,,no,"],
        2,
        "There is no “seeds” that this could be part of.",
    ),
    (
        "district_products",
        ["Bihar,Patna,nuts,ODOP,Nuts,,,,UNDATED,high"],
        2,
        "source: The source “UNDATED” bears no date.",
    ),
    (
        "programme_counts",
        ["9/6/2022,draft_action_plans_prepared,557,A source"],
        2,
        "on: Enter a valid date.",
    ),
]


@pytest.mark.parametrize(("file", "rows", "line", "reason"), BROKEN)
def test_broken_row_is_named_and_nothing_is_loaded(tmp_path, file, rows, line, reason):
    problems = broken(tmp_path / "facts", file, rows)

    assert problems == [f"facts/{file}.csv line {line}: {reason}"]

    assert not any(everything().values())
    assert not Change.objects.exists()


def test_all_broken_rows_of_a_file_are_named_at_once(tmp_path):
    rows = [row.replace("Bihar", "Nowhere") for row in facts.ROWS["districts.csv"]]

    problems = broken(tmp_path / "facts", "districts", rows)

    assert [problem.split(":")[0] for problem in problems] == [
        "facts/districts.csv line 2",
        "facts/districts.csv line 3",
    ]


def test_broken_row_leaves_an_earlier_load_as_it_was(folder):
    load(folder)
    before = everything()

    broken(folder, "programme_counts", ["2022-06-09,how_many,557,A source"])

    assert everything() == before


def test_lines_are_counted_across_cells_with_several_lines(tmp_path):
    rows = [DARBHANGA + '"two\nlines"', OTHERS[0].replace("Bihar", "Nowhere")]

    problems = broken(tmp_path / "facts", "districts", rows)

    assert problems == [
        "facts/districts.csv line 4: state: No State is called “Nowhere”."
    ]


def test_missing_file_is_named(folder):
    (folder / "agencies.csv").unlink()

    with pytest.raises(
        BrokenRows, match=r"facts/agencies\.csv: There is no such file\."
    ):
        load(folder)


def test_file_in_another_encoding_is_named(folder):
    (folder / "states.csv").write_text("lgd_code\nबिहार\n", encoding="utf-16")

    with pytest.raises(BrokenRows, match=r"facts/states\.csv: .* UTF-8\."):
        load(folder)


def test_wrong_columns_are_named(folder):
    (folder / "agencies.csv").write_text("name,short_name\n")

    with pytest.raises(BrokenRows, match="columns must be name,name_hi,short_name"):
        load(folder)


def test_unended_quote_is_named(folder):
    (folder / "agencies.csv").write_text('name,name_hi,short_name\n"A,,\n')

    with pytest.raises(BrokenRows, match=r"facts/agencies\.csv line 2: "):
        load(folder)


def test_varieties_that_lead_round_in_a_circle_are_refused(tmp_path):
    one = "one,One,,,goods,agriculture,,,two,,no,"
    two = "two,Two,,,goods,agriculture,,,one,,no,"

    problems = broken(tmp_path / "facts", "products", [one, two])

    assert len(problems) == 2
