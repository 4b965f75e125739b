"""Files that are no filled workbook of one's own: each is told why, nothing is kept."""

import io
import zipfile

import pytest

from actionplans.models import FilledWorkbook
from actionplans.workbook import read
from portal.terms import Role
from tests import make
from tests.actionplans import workbook_quirks as quirks
from tests.actionplans.quarters import Q1, Q2
from tests.actionplans.workbooks import (
    FIGURES,
    WORDS,
    other_book,
    sent,
)

pytestmark = pytest.mark.django_db


def refusal(client, content, quarter=Q2):
    page = sent(client, content, quarter)
    assert not FilledWorkbook.objects.exists()
    return " ".join(page.context["form"].errors["file"])


def zipped(**parts):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return found.getvalue()


def with_file(content, name, inside):
    """A workbook that carries one more part."""
    found = io.BytesIO(content)
    with zipfile.ZipFile(found, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, inside)
    return found.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"District,Figure\nBaksa,12\n", "no workbook that can be opened"),
        (b"%PDF-1.4", "no workbook that can be opened"),
        (b"PK\x03\x04 broken", "no workbook that can be opened"),
        (zipped(mimetype="spreadsheet", content_xml="<x/>"), "can be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked with a password"),
        (other_book(), "no workbook that the portal handed out"),
        (b"\0" * (read.LARGEST_WORKBOOK + 1), "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.usefixtures("book")
def test_another_file_is_refused_in_a_sentence(client, content, sentence):
    assert sentence in refusal(client, content)


def test_macros_are_refused(client, book):
    content = with_file(book.saved(), "xl/vbaProject.bin", b"Sub Auto_Open()")

    assert "has macros" in refusal(client, content)


def test_what_would_swell_is_refused(client, book):
    content = with_file(book.saved(), "xl/media/image1.png", bytes(150 * 1024 * 1024))

    assert len(content) < read.LARGEST_WORKBOOK
    assert "out of all measure" in refusal(client, content)


def test_more_cells_than_anybody_was_handed_out_are_refused(client, book, monkeypatch):
    monkeypatch.setattr(read, "MOST_CELLS", 20)

    assert "far more than was handed out" in refusal(client, book)


def test_a_broken_sheet_is_refused(client, book):
    broken = quirks.rewritten(book.saved(), lambda text: text.replace("</row>", "", 1))

    assert "cannot be opened" in refusal(client, broken)


def test_the_workbook_of_another_quarter_is_refused(client, book):
    assert "not for Q1 2026-27" in refusal(client, book, Q1)


def test_the_workbook_of_other_districts_is_refused(client, book):
    client.force_login(make.official(Role.RA_OFFICER, make.district()))

    assert "None of the districts in this workbook" in refusal(client, book)


def test_the_same_sheet_twice_is_refused(client, book):
    book.book.copy_worksheet(book.page(FIGURES)).title = "Figures (2)"

    assert "“Figures” and “Figures (2)” are the same sheet" in refusal(client, book)


def test_a_workbook_without_rows_is_refused(client, book):
    for tab in (FIGURES, "interventions", WORDS):
        book.page(tab).delete_rows(3, 100)

    assert "has no row left" in refusal(client, book)


def test_a_workbook_without_its_hidden_row_is_refused(client, book):
    for tab in (FIGURES, "interventions", WORDS):
        book.page(tab).delete_rows(1)

    assert "no workbook that the portal handed out" in refusal(client, book)


def test_no_file_is_asked_for(client, book):
    page = client.post(f"/desk/reports/{Q2.code}/workbooks/", {"file": ""})

    assert "Choose the workbook." in page.text


def test_links_to_a_workbook_of_ones_own_do_no_harm(client, made, book):
    """They are never followed: only the values that were saved count."""
    book.words(made.place, done="x")
    link = "xl/externalLinks/externalLink1.xml"
    content = with_file(book.saved(), link, b"<externalLink/>")

    assert sent(client, content).context["trial"].items


def test_sheets_beside_ours_do_no_harm(client, made, book):
    book.book.create_sheet("Mine").append(["=1/0", 12])
    book.words(made.place, done="x")

    assert sent(client, book).context["trial"].items
