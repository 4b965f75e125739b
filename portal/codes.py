"""Codes of digits, as people write them."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_CODE = 8
# As many digits has the code that most people mean: the one before its divisions.
HEADING = 4


def codes_in(words: Iterable[str]) -> list[str]:
    """The codes asked for: "7418", "7418 10" (written with a point) or "910"."""
    words = list(words)
    digits = [word for word in words if word.isdecimal()]
    joined = "".join(digits)
    if len(digits) == len(words) and len(joined) <= LONGEST_CODE:
        digits = [joined]
    # A spreadsheet has eaten the zero in front of an odd number of digits.
    padded = ("0" * (len(code) % 2) + code for code in digits)
    return [code for code in padded if len(code) <= LONGEST_CODE]
