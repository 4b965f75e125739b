"""Which letters the paper can show: those of the fonts that ship with the portal.

PDF/UA refuses a letter without a shape, so what no font has must be replaced before.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "portal" / "fonts"
UNKNOWN = "\N{DOTTED CIRCLE}"
# Longer runs without a space would leave their column; here they may break.
LONGEST_WORD = 24
_LONG = re.compile(rf"[^\s\u0900-\u0dff]{{{LONGEST_WORD}}}(?=\S)")
# Chrome's reader overlooks a lone space between two clusters of an Indian script; two,
# which the template sets at half their width, it takes for one.
_BETWEEN_CLUSTERS = re.compile(r"(?<=[\u0900-\u0dff]) (?=\S)")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
# What people type though the fonts lack it, and what says the same.
_SAME = str.maketrans(
    {
        "\u2028": "\n",
        "\u2029": "\n",
        "→": "->",
        "←": "<-",
        "≥": ">=",
        "≤": "<=",
        "≈": "~",
        "●": "•",
        "■": "•",
        "▪": "•",
        "◆": "•",
        "➢": "•",
    }
)
# They shape or part words. Other signs without a picture could turn a text around.
_INVISIBLE = frozenset("\n\u200b\u200c\u200d")
_BY_SEGMENTS, _BY_GROUPS = 4, 12


def legible(text: str) -> str:
    """The text as the fonts can show it, and so that it can be read out of the PDF."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SAME)
    shown = "".join(map(_shown, _CONTROLS.sub(" ", plain)))
    breakable = _LONG.sub("\\g<0>\u200b", shown)
    return _BETWEEN_CLUSTERS.sub("  ", breakable)


def _shown(letter: str) -> str:
    if letter in _INVISIBLE:
        return letter
    if unicodedata.category(letter) == "Cf":
        return ""
    return letter if ord(letter) in covered() else UNKNOWN


@cache
def covered() -> frozenset[int]:
    """The code points of all our fonts together."""
    return frozenset().union(*(_points(path) for path in FOLDER.glob("*-Regular.ttf")))


def _points(path: Path) -> set[int]:
    """What the font's character map has; see the OpenType chapter on `cmap`."""
    data = path.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _sum, offset, _size in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for n in range(count):
        (offset,) = struct.unpack_from(">L", data, start + 4 + 8 * n + 4)
        found |= _subtable(data, start + offset)
    return found


def _subtable(data: bytes, at: int) -> set[int]:
    (kind,) = struct.unpack_from(">H", data, at)
    if kind == _BY_GROUPS:
        (count,) = struct.unpack_from(">L", data, at + 12)
        groups = (
            struct.unpack_from(">LLL", data, at + 16 + 12 * n) for n in range(count)
        )
        return {p for first, last, _id in groups for p in range(first, last + 1)}
    if kind != _BY_SEGMENTS:
        return set()
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", data, at + 14)
    firsts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    # The last segment only closes the list.
    pairs = list(zip(firsts, lasts, strict=True))[:-1]
    return {point for first, last in pairs for point in range(first, last + 1)}
