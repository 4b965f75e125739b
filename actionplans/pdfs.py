"""What is in a PDF that somebody attaches; nothing of it is ever executed.

A file is judged by its content. What a reader of PDFs could run or unpack is refused,
and so is what would grow beyond measure: whoever opens the file later trusts the
portal that it is paper.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)

from portal.uploads import MEGABYTE, Unfit, check_size

PDF = "application/pdf"
STARTS_WITH = b"%PDF-"
MOST_PAGES = 2000
MOST_OBJECTS = 200_000
# How far one stream, and all of them together, may grow when they are unpacked.
LARGEST_STREAM = 100 * MEGABYTE
LARGEST_WHOLE = 1024 * MEGABYTE
CHUNK = MEGABYTE
DEEPEST = 40
# What makes a reader run or open something.
ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
CARRIES = {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMedia"}
UNPACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
DEFLATED = {"/FlateDecode", "/Fl"}
# So many pages are tried for text; a page has some if it has so many letters.
PAGES_TRIED = 8
LETTERS = 30


@dataclass(frozen=True, slots=True)
class Pdf:
    """What is known of a file that was taken."""

    sha256: str
    size: int
    pages: int
    has_text: bool


def examine(content: bytes, largest: int) -> Pdf:
    """What the file is; `Unfit` if it is not to be taken."""
    _look_at(content, largest)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise Unfit(
                _("This PDF is locked with a password. Save it without one first.")
            )
        _refuse_what_acts(reader)
        pages = len(reader.pages)
    except Unfit:
        raise
    except (PyPdfError, ArithmeticError, AttributeError, LookupError) as error:
        raise Unfit(_unreadable()) from error
    except (TypeError, ValueError, RecursionError, OSError) as error:
        raise Unfit(_unreadable()) from error
    if not pages:
        raise Unfit(_unreadable())
    if pages > MOST_PAGES:
        raise Unfit(_("This PDF has more than 2,000 pages. Attach the plan alone."))
    digest = hashlib.sha256(content).hexdigest()
    return Pdf(digest, len(content), pages, _has_text(reader, pages))


def _look_at(content: bytes, largest: int) -> None:
    check_size(content, largest)
    if not content.startswith(STARTS_WITH):
        raise Unfit(_("This is no PDF, whatever its name says. Save it as PDF first."))


def _unreadable() -> str:
    return _("This PDF cannot be opened. Print it as PDF again, and attach that.")


def _refuse_what_acts(reader: PdfReader) -> None:
    whole = 0
    for thing in _objects(reader):
        if any(_acts(part) for part in _dictionaries(thing)):
            raise Unfit(
                _(
                    "This PDF carries a script, a form that sends itself, or another"
                    " file. Print it as PDF again, and attach that."
                )
            )
        if isinstance(thing, StreamObject):
            whole += _unpacked(thing)
        if whole > LARGEST_WHOLE:
            raise Unfit(_grows())


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, whether a page leads to it or not."""
    keys = [(n, at) for at, numbers in reader.xref.items() for n in numbers]
    keys += [(number, 0) for number in reader.xref_objStm]
    if len(keys) > MOST_OBJECTS:
        raise Unfit(_grows())
    yield reader.trailer
    for number, generation in keys:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[DictionaryObject]:
    """The dictionaries in an object; what it only refers to comes by itself."""
    if depth > DEEPEST:
        raise Unfit(_unreadable())
    if isinstance(thing, DictionaryObject):
        yield thing
        inner = [thing.raw_get(key) for key in thing]
    else:
        inner = list(thing) if isinstance(thing, ArrayObject) else []
    for part in inner:
        if isinstance(part, DictionaryObject | ArrayObject):
            yield from _dictionaries(part, depth + 1)


def _acts(part: DictionaryObject) -> bool:
    does = str(part.raw_get("/S")) in ACTS if "/S" in part else False
    is_file = "/Type" in part and str(part.raw_get("/Type")) == "/EmbeddedFile"
    return does or is_file or not CARRIES.isdisjoint(part)


def _unpacked(stream: StreamObject) -> int:
    """How large the stream grows; never more of it is unpacked than is allowed."""
    named = stream.get("/Filter")
    filters = [str(f) for f in named] if isinstance(named, list) else [str(named)]
    if sum(name in UNPACKED for name in filters) > 1:
        raise Unfit(_grows())
    packed: bytes = stream._data
    if filters[0] not in DEFLATED:
        return len(packed)
    size, unpack = 0, zlib.decompressobj()
    try:
        while packed and not unpack.eof:
            size += len(unpack.decompress(packed, CHUNK))
            packed = unpack.unconsumed_tail
            if size > LARGEST_STREAM:
                raise Unfit(_grows())
    except zlib.error:
        return size
    return size


def _grows() -> str:
    return _(
        "This PDF would grow out of all measure when it is opened. Print it as PDF"
        " again, and attach that."
    )


def _has_text(reader: PdfReader, pages: int) -> bool:
    """Whether a quarter of the pages tried has text; a scan has none."""
    tried = sorted({at * pages // PAGES_TRIED for at in range(PAGES_TRIED)})
    return sum(_letters(reader, at) >= LETTERS for at in tried) * 4 >= len(tried)


def _letters(reader: PdfReader, at: int) -> int:
    """Of a page that cannot be read nothing can be searched either."""
    try:
        text = reader.pages[at].extract_text()
    except Exception:  # Whatever a broken font makes pypdf raise.
        return 0
    return sum(character.isalpha() for character in text)
