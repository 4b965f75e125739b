"""What a PDF is judged by: its content, its size, and what it would grow to."""

import hashlib

import pytest

from actionplans import pdfs
from actionplans.pdfs import examine
from portal.uploads import MEGABYTE, Unfit
from tests import pdfs as made

LARGEST = 10 * MEGABYTE


@pytest.mark.parametrize("pages", [1, 3, 20])
def test_a_plain_pdf_is_taken_with_what_is_known_of_it(pages):
    content = made.plain(pages=pages)

    found = examine(content, LARGEST)

    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert (found.size, found.pages, found.has_text) == (len(content), pages, True)


def test_a_scan_is_known_by_its_lack_of_text():
    found = examine(made.scan(), LARGEST)

    assert (found.pages, found.has_text) == (1, False)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty"),
        (b"Just some text.", "This is no PDF, whatever its name says"),
        (b"%PD", "This is no PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "This is no PDF"),
        (b"<html>%PDF-1.7</html>", "This is no PDF"),
        (b"MZ" + bytes(99), "This is no PDF"),
        (b"%PDF-1.7\nnothing follows", "This PDF cannot be opened"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "This PDF cannot be opened"),
        (made.plain()[:300], "This PDF cannot be opened"),
        (made.without_pages(), "This PDF cannot be opened"),
        (made.locked(), "locked with a password"),
        (made.with_script(), "carries a script"),
        (made.with_hidden_script(), "carries a script"),
        (made.with_launch(), "carries a script"),
        (made.with_attachment(), "another file"),
        (made.with_form(), "carries a script, a form"),
        (made.bomb_in_bomb(1000), "grow out of all measure"),
    ],
)
def test_what_is_unfit_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(Unfit, match=sentence):
        examine(content, LARGEST)


def test_a_stream_that_grows_beyond_measure_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "LARGEST_STREAM", 3 * MEGABYTE)

    assert examine(made.bomb(2 * MEGABYTE), LARGEST).pages == 1
    with pytest.raises(Unfit, match="grow out of all measure"):
        examine(made.bomb(4 * MEGABYTE), LARGEST)


def test_many_streams_that_grow_together_are_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "LARGEST_WHOLE", MEGABYTE)

    with pytest.raises(Unfit, match="grow out of all measure"):
        examine(made.bomb(2 * MEGABYTE), LARGEST)


def test_so_many_objects_are_not_looked_through(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 4)

    with pytest.raises(Unfit, match="grow out of all measure"):
        examine(made.plain(pages=9), LARGEST)


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_PAGES", 2)

    assert examine(made.plain(pages=2), LARGEST).pages == 2
    with pytest.raises(Unfit, match="more than 2,000 pages"):
        examine(made.plain(pages=3), LARGEST)


def test_the_largest_size_is_just_taken():
    content = made.plain()

    assert examine(content, len(content)).size == len(content)
    with pytest.raises(Unfit, match="larger than"):
        examine(content, len(content) - 1)


def test_the_limits_are_those_that_were_promised():
    assert pdfs.MOST_PAGES == 2000
    assert pdfs.LARGEST_STREAM == 100 * MEGABYTE
    assert pdfs.LARGEST_WHOLE == 1024 * MEGABYTE
