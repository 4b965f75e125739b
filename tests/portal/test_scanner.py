"""The virus scanner: what it lets pass, what it stops, and when it is not there.

It is a server process that speaks as ClamAV's does.
"""

from contextlib import contextmanager

import pytest
from django import forms

from portal import scanner
from portal.uploads import MEGABYTE, Unsafe, Upload, UploadField, take_in
from tests.files import EICAR, sent
from tests.processes import free_port, running

LARGEST = 2 * MEGABYTE


@contextmanager
def scanning(settings, address, manner="well"):
    """With a scanner that behaves in this manner behind a path or a port."""
    is_port = isinstance(address, int)
    settings.CLAMD = f"tcp://127.0.0.1:{address}" if is_port else str(address)
    with running("tests.clamd", address, manner, address=address):
        yield


class Form(forms.Form):
    file = UploadField(largest=LARGEST)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "clamd.sock"


def test_without_a_scanner_a_file_passes_and_says_that_it_is_not_scanned():
    assert take_in(sent(EICAR), LARGEST) == Upload(EICAR, is_scanned=False)


@pytest.mark.parametrize("kind", ["path", "port"])
def test_a_clean_file_passes_as_scanned_and_a_virus_is_named(settings, place, kind):
    with scanning(settings, place if kind == "path" else free_port()):
        assert take_in(sent(b"A page."), LARGEST) == Upload(b"A page.", is_scanned=True)
        with pytest.raises(Unsafe, match="found “Eicar-Test-Signature”"):
            take_in(sent(EICAR), LARGEST)


def test_a_virus_anywhere_in_a_file_of_many_pieces_is_found(settings, place):
    content = bytes(900_000) + EICAR + bytes(50_000)

    with scanning(settings, place), pytest.raises(Unsafe, match="found"):
        take_in(sent(content), LARGEST)


@pytest.mark.parametrize("kind", ["path", "port"])
@pytest.mark.parametrize("size", [MEGABYTE + 1, LARGEST])
def test_more_than_the_scanner_takes_is_refused_as_too_large(
    settings, place, kind, size
):
    address = place if kind == "path" else free_port()

    with scanning(settings, address), pytest.raises(Unsafe, match="of this size"):
        take_in(sent(bytes(size)), LARGEST)


@pytest.mark.parametrize("manner", ["silent", "babbling", "ill", "rude"])
def test_nothing_passes_unless_the_scanner_says_so(
    settings, place, monkeypatch, manner
):
    monkeypatch.setattr(scanner, "SECONDS", 1)

    with (
        scanning(settings, place, manner),
        pytest.raises(Unsafe, match="Try again in a few minutes"),
    ):
        take_in(sent(b"A page."), LARGEST)


@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "tcp://127.0.0.1:1"])
def test_nothing_passes_while_the_scanner_is_away(settings, address):
    settings.CLAMD = address

    with pytest.raises(Unsafe, match="does not answer"):
        take_in(sent(b"A page."), LARGEST)


def test_a_field_says_in_a_sentence_what_the_scanner_found(settings, place):
    with scanning(settings, place):
        form = Form({}, {"file": sent(EICAR)})

        assert not form.is_valid()
    assert "Eicar-Test-Signature" in form.errors["file"][0]


@pytest.mark.parametrize(
    ("size", "sentence"), [(0, "is empty"), (LARGEST + 1, "larger than 2 MB")]
)
def test_a_file_without_content_or_too_large_is_refused(size, sentence):
    form = Form({}, {"file": sent(bytes(size))})

    assert sentence in form.errors["file"][0]


def test_no_more_of_a_file_is_read_than_is_allowed():
    file = sent(bytes(LARGEST + 500))

    form = Form({}, {"file": file})

    assert not form.is_valid()
    assert file.tell() == LARGEST + 1
