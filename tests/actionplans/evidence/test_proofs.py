"""What may stand as evidence: a file is known by its content, never by its name."""

import hashlib

import pytest

from actionplans.evidence.proofs import LARGEST, Proof, examined
from portal.sheets import XLSX
from portal.uploads import MEGABYTE, Unfit, Upload
from tests import files, pdfs

HINDI = "माह,खेप\nजुलाई,14\n"


def taken(content):
    return examined(Upload(content, is_scanned=False))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (pdfs.plain(), "application/pdf"),
        (files.workbook(), XLSX),
        (files.TABLE, "text/csv"),
        (HINDI.encode(), "text/csv"),
        (HINDI.encode("utf-16"), "text/csv"),
        ("Naïve;1\r\nCafé;2".encode("cp1252"), "text/csv"),
    ],
    ids=["pdf", "xlsx", "csv", "hindi", "utf-16", "cp1252"],
)
def test_papers_and_tables_are_kept_as_they_came(content, content_type):
    found = taken(content)

    assert found == Proof(content, content_type, is_scanned=False)
    assert found.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
)
def test_a_picture_is_kept_without_what_travelled_in_it(kind, content_type):
    content = files.photo(kind)

    found = taken(content)

    assert found.content_type == content_type
    assert b"Asha" in content
    assert b"Asha" not in found.content


def test_the_same_picture_is_the_same_file_again():
    assert taken(files.photo()).sha256 == taken(files.photo()).sha256


@pytest.mark.parametrize(
    "content",
    [
        files.SVG,
        b"\xef\xbb\xbf  " + files.SVG,
        files.HTML,
        b"{\\rtf1\\ansi;words}",
        b"#!/bin/sh\nrm a,b\n",
        b"%!PS, a drawing\n",
        b"Only words, on one line".replace(b",", b""),
        b"a,b\0c,d",
        b"GIF89a" + bytes(40),
        b"MZ" + bytes(40),
        b"\x00\x00\x00\x18ftypheic" + bytes(40),
        bytes(range(256)) * 4,
        b"RIFF1234WAVEfmt ",
        b'"' + b"a" * 200_000,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_everything_else_is_refused_in_a_sentence(content):
    with pytest.raises(Unfit, match="no picture"):
        taken(content)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (pdfs.with_script(), "carries a script"),
        (pdfs.locked(), "locked with a password"),
        (files.picture()[:200], "broken"),
        (files.workbook(**{"xl/vbaProject.bin": b"x"}), "has macros"),
        (files.repacked(files.workbook(), {"xl/workbook.xml": None}), "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Excel"),
        (b"PK\x03\x04" + bytes(99), "no workbook"),
    ],
    ids=["script", "locked", "half", "macros", "docx", "xls", "no zip"],
)
def test_a_file_of_a_kind_that_is_taken_may_be_unfit_all_the_same(content, match):
    with pytest.raises(Unfit, match=match):
        taken(content)


def test_the_limit_is_ten_megabytes():
    assert LARGEST == 10 * MEGABYTE
