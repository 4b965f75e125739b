"""A zip of PDFs: only what a sheet names is looked at, nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from actionplans.pdfs import examine
from portal.uploads import MEGABYTE, Unfit, Unsafe, take_in

LARGEST_ZIP = 300 * MEGABYTE
LARGEST_FILE = 25 * MEGABYTE
LARGEST_UNPACKED = 500 * MEGABYTE
MOST_FILES = 300
# A PDF is packed already: it hardly shrinks in a zip, and never so far.
LARGEST_RATIO = 100
# What systems add by themselves.
ADDED = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
LOCKED = 0x1


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was found: each file that was asked for, and the names of the others."""

    files: dict[str, dict[str, Any]]
    others: list[str]


def key(name: str) -> str:
    """A file is known by its own name, in whatever folder it lies."""
    return PurePosixPath(name.replace("\\", "/")).name.casefold().strip()


def look_into(file: IO[bytes], wanted: Collection[str]) -> Bundle:
    """Every file wanted, as a PDF or with its fault. `Unfit`: the whole zip is not."""
    with _opened(file) as packed:
        entries = _entries(packed)
        found: dict[str, dict[str, Any]] = {}
        others = []
        for entry in entries:
            name = key(entry.filename)
            if name not in wanted:
                others.append(entry.filename)
            elif name in found:
                found[name] = {"fault": _("Two files in the zip have this name.")}
            else:
                found[name] = _looked_at(packed, entry)
    return Bundle(found, others)


def content(file: IO[bytes], name: str) -> bytes:
    """The content of one file that was looked at before."""
    with _opened(file) as packed:
        entry = next(e for e in _entries(packed) if key(e.filename) == name)
        return packed.read(entry)


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unfit(_("This is no zip that can be opened.")) from error


def _entries(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [entry for entry in packed.infolist() if not _is_added(entry)]
    if len(found) > MOST_FILES:
        raise Unfit(_("This zip holds more than 300 files."))
    if any(_leads_out(entry.filename) for entry in found):
        raise Unfit(_("A name in this zip leads out of its folder."))
    if sum(entry.file_size for entry in found) > LARGEST_UNPACKED:
        raise Unfit(_("This zip would grow to more than 500 MB."))
    if any(_swells(entry) for entry in found):
        raise Unfit(_("A file in this zip would grow out of all measure."))
    return found


def _is_added(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() or any(part in entry.filename for part in ADDED)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1])


def _swells(entry: zipfile.ZipInfo) -> bool:
    large = entry.file_size > MEGABYTE
    return large and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size)


def _looked_at(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> dict[str, Any]:
    if entry.flag_bits & LOCKED:
        return {"fault": _("The file is locked with a password.")}
    try:
        with packed.open(entry) as file:
            upload = take_in(file, LARGEST_FILE)
        return asdict(examine(upload.content, LARGEST_FILE))
    except Unsafe as unsafe:
        words = {"name": entry.filename, "why": unsafe}
        raise Unsafe(_("%(name)s: %(why)s") % words) from unsafe
    except Unfit as unfit:
        return {"fault": str(unfit)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError):
        return {"fault": _("The file is broken in the zip.")}
