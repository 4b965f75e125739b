"""PDFs of every kind that an office may attach, made when they are needed."""

import io
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    TextStringObject,
)

from actionplans.demo import minutes


def plain(text="The export action plan of the district, as it was adopted.", pages=1):
    """So many pages with this text on each."""
    writer = _writer(minutes.pdf([text]))
    for _ in range(pages - 1):
        writer.add_page(writer.pages[0])
    return _bytes(writer)


def scan(mark="scan"):
    """A page on which there is no text; other marks make other files."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": mark})
    return _bytes(writer)


def locked():
    writer = _writer(plain())
    writer.encrypt("secret")
    return _bytes(writer)


def with_script():
    writer = _writer(plain())
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('hello');"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = action
    return _bytes(writer)


def with_hidden_script():
    """In an object that no page leads to."""
    return _with(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))


def with_launch():
    return _with(S=NameObject("/Launch"), F=TextStringObject("calc.exe"))


def with_attachment():
    writer = _writer(plain())
    writer.add_attachment("macro.xlsm", b"something else")
    return _bytes(writer)


def with_form():
    return _with(XFA=TextStringObject("<xdp/>"))


def bomb(size):
    """One stream that grows to so many bytes."""
    return _with_stream("/FlateDecode", zlib.compress(bytes(size), 9))


def bomb_in_bomb(size):
    return _with_stream(
        ["/FlateDecode", "/FlateDecode"], zlib.compress(zlib.compress(bytes(size), 9))
    )


def without_pages():
    writer = PdfWriter()
    writer.add_metadata({"/Title": "empty"})
    return _bytes(writer)


def _with(**entries):
    writer = _writer(plain())
    made = DictionaryObject({NameObject(f"/{k}"): v for k, v in entries.items()})
    writer._add_object(made)
    return _bytes(writer)


def _with_stream(filters, data):
    writer = _writer(plain())
    stream = EncodedStreamObject()
    stream._data = data
    names = [NameObject(name) for name in [filters]] if isinstance(filters, str) else []
    many = names or [NameObject(name) for name in filters]
    stream[NameObject("/Filter")] = many[0] if names else ArrayObject(many)
    writer._add_object(stream)
    return _bytes(writer)


def _writer(content):
    return PdfWriter(clone_from=PdfReader(io.BytesIO(content)))


def _bytes(writer):
    found = io.BytesIO()
    writer.write(found)
    return found.getvalue()
