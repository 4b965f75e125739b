"""Sets a paper as PDF/UA with Typst, once: what was printed is kept in a file.

A file is named by all that went into it, so that it never needs to be renewed; the
folder may be emptied at any time.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from actionplans.paper.document import Paper
from actionplans.paper.letters import FOLDER, legible

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "documents" / "plan.typ"
# What is not set as text, or has no letter that could be missing.
EXACT = {"title", "author", "language", "qr", "address", "sha256", "previous"}
STANDARD: typst.PDFStandard = "ua-1"


def pdf(paper: Paper) -> Path:
    """The file of the paper; made now unless it was made before."""
    data = json.dumps(_legible(_data(paper)), ensure_ascii=False, sort_keys=True)
    path = _place(paper, data)
    if not path.exists():
        _write(path, _set(paper, data))
    return path


def size_of_prints(sha256: str) -> int | None:
    """The bytes of the largest paper of this seal; None if none was printed yet."""
    prints = _folder(sha256).glob(f"{sha256}-*.pdf")
    return max((path.stat().st_size for path in prints), default=None)


def _data(paper: Paper) -> dict[str, Any]:
    data = asdict(paper)
    data["title"] = paper.title
    data["qr"] = paper.qr.svg
    data["author"] = paper.district + ", " + paper.state
    del data["sealed_at"]
    return data


def _legible(value: Any) -> Any:
    """User text is data all the way: the template never reads it as markup."""
    if isinstance(value, dict):
        return {k: v if k in EXACT else _legible(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_legible(inner) for inner in value]
    return legible(value) if isinstance(value, str) else value


def _place(paper: Paper, data: str) -> Path:
    made_of = hashlib.sha256(TEMPLATE.read_bytes() + _letters())
    made_of.update(f"{version('typst')} {paper.sealed_at.isoformat()} {data}".encode())
    return _folder(paper.sha256) / f"{paper.sha256}-{made_of.hexdigest()[:32]}.pdf"


def _folder(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "papers" / sha256[:2]


def _set(paper: Paper, data: str) -> bytes:
    """The same paper gives the same bytes: even the moment is that of the seal."""
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": data},
        pdf_standards=[STANDARD],
        timestamp=int(paper.sealed_at.timestamp()),
    )


@cache
def _letters() -> bytes:
    """Which fonts there are: another edition of one draws another document."""
    fonts = sorted(FOLDER.glob("*.ttf"))
    return b"".join(hashlib.sha256(font.read_bytes()).digest() for font in fonts)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER]
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also where two print the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
