"""Workbooks that people send: tables and links to pages, nothing that acts."""

import io
import zipfile

import pytest

from portal import xlsx
from portal.uploads import Unfit
from tests import files

RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
OUTSIDE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{}" Target="https://elsewhere.example/x"'
    ' TargetMode="External"/></Relationships>'
)
MACRO_TYPES = (
    '<Types><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)


def refused(content, match):
    with pytest.raises(Unfit, match=match):
        xlsx.look_through(content)


def test_a_table_with_a_link_to_a_page_passes():
    xlsx.look_through(files.workbook())
    xlsx.look_through(files.workbook(**{RELATIONS: OUTSIDE.format("hyperlink")}))


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/vbaProject.bin": b"x"},
        {"xl/macrosheets/sheet1.xml": "<x/>"},
        {"[Content_Types].xml": MACRO_TYPES},
    ],
    ids=["vba", "old macros", "xlsm"],
)
def test_macros_are_refused(parts):
    refused(files.workbook(**parts), "has macros")


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/externalLinks/externalLink1.xml": "<x/>"},
        {"xl/embeddings/oleObject1.bin": b"x"},
        {"xl/activeX/activeX1.xml": "<x/>"},
        {"xl/connections.xml": "<x/>"},
        {"customUI/customUI14.xml": "<x/>"},
        {RELATIONS: OUTSIDE.format("image")},
        {RELATIONS: OUTSIDE.format("attachedTemplate")},
        {RELATIONS: OUTSIDE.format("image").replace("/x", "/a>b")},
        {"xl/_rels/Other.RELS": OUTSIDE.format("oleObject")},
    ],
    ids=[
        "links",
        "object",
        "control",
        "query",
        "ribbon",
        "image",
        "template",
        "arrow",
        "capitals",
    ],
)
def test_what_reaches_out_or_carries_something_is_refused(parts):
    refused(files.workbook(**parts), "is linked to other files")


def test_what_only_its_sender_opens_again_may_be_linked_to_other_files():
    linked = files.workbook(**{"xl/externalLinks/externalLink1.xml": "<x/>"})

    xlsx.check_sound(linked)


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": None, "word/document.xml": "<x/>"},
        {"[Content_Types].xml": None},
        {"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'},
        {RELATIONS: OUTSIDE.format("image").encode("utf-16")},
        {RELATIONS: OUTSIDE.format("image").encode("utf-16-le")},
        {RELATIONS: '<?xml version="1.0" encoding="utf-7"?><x/>'},
        {RELATIONS: "<x"},
    ],
    ids=["document", "no types", "entities", "16", "16-le", "7", "broken"],
)
def test_what_is_no_workbook_is_refused(parts):
    refused(files.workbook(**parts), "no workbook that can be opened")


def test_an_old_or_locked_workbook_is_refused_with_the_way_out():
    refused(xlsx.OLD_STARTS_WITH + bytes(500), "without a password first")


def test_a_bomb_is_never_unpacked(monkeypatch):
    swollen = files.workbook(**{"xl/media/image1.bin": bytes(3 * 1024 * 1024)})
    monkeypatch.setattr(xlsx, "LARGEST_UNPACKED", 2 * 1024 * 1024)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))

    refused(swollen, "out of all measure")


def test_a_part_that_is_larger_than_it_says_is_refused():
    content = bytearray(files.workbook(**{"xl/media/image1.bin": bytes(100_000)}))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entry = packed.getinfo("xl/media/image1.bin")
    size = entry.file_size.to_bytes(4, "little")
    at = content.rfind(size)
    content[at : at + 4] = (10).to_bytes(4, "little")

    refused(bytes(content), "no workbook")


def test_parts_of_one_name_are_refused():
    packed = io.BytesIO(files.workbook())
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(packed, "a") as zipped,
    ):
        zipped.writestr("xl/workbook.xml", "<x/>")

    refused(packed.getvalue(), "no workbook")


@pytest.mark.parametrize("cut", [30, 400, 2000])
def test_half_a_workbook_is_refused(cut):
    refused(files.workbook()[:-cut], "no workbook")
