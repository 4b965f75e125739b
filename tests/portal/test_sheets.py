"""Sheets that offices hand in: what is read of them, and what is refused."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from portal import sheets
from portal.sheets import Unreadable, read, write

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>
</worksheet>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_hindi_is_read_from_a_csv_however_it_is_encoded(encoding):
    content = "जिला,File\nगया,gaya.pdf\n".encode(encoding)

    assert read(content) == [["जिला", "File"], ["गया", "gaya.pdf"]]


def test_the_old_encoding_of_windows_is_read_too():
    assert read("Name\nCafé\n".encode("cp1252")) == [["Name"], ["Café"]]


def test_what_is_written_is_read_again():
    content = write(["District", "Year"], [["Gaya", 2025], ["Patna", None]])

    assert read(content) == [["District", "Year"], ["Gaya", 2025], ["Patna"]]
    assert load_workbook(io.BytesIO(content)).active.freeze_panes == "A2"


def test_no_text_becomes_a_formula():
    cell = load_workbook(io.BytesIO(write(["District"], [["=1+1"]]))).active["A2"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_rows_keep_their_numbers_though_some_are_empty():
    content = write(["District"], [[None], ["Gaya"]])

    assert read(content) == [["District"], [], ["Gaya"]]


def tampered(name, content):
    """A sheet with one of its parts replaced."""
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write(["A"], []))) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            same = old.read(entry)
            new.writestr(entry.filename, content if entry.filename == name else same)
    return found.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (tampered("xl/worksheets/sheet1.xml", ENTITIES), "no sheet that can be read"),
        (tampered("xl/worksheets/sheet1.xml", b"<broken"), "no sheet that can be read"),
        (tampered("xl/workbook.xml", b""), "no sheet that can be read"),
        (b"PK\3\4 nothing", "no sheet that can be read"),
        (b"\0\0\0", "no sheet that can be read"),
        (b"\xff\xfe\x00", "no sheet that can be read"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel file"),
        (b"a" * (sheets.LARGEST_SHEET + 1), "larger than 5 MB"),
        (b"a\n" * (sheets.MOST_ROWS + 1), "more than 2,000 rows"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(content)


def test_a_sheet_that_grows_out_of_all_measure_is_not_unpacked():
    content = tampered("xl/styles.xml", bytes(sheets.LARGEST_UNPACKED + 1))

    assert len(content) < sheets.LARGEST_SHEET
    with pytest.raises(Unreadable, match="out of all measure"):
        read(content)
