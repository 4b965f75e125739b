"""QR codes as one filled path, for SVG in pages and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

# Modules of white that readers need around a code.
QUIET = 4


@dataclass(frozen=True, slots=True)
class QR:
    """A square of `size` modules, its quiet border included, and its dark ones."""

    size: int
    path: str

    @classmethod
    def of(cls, text: str) -> QR:
        rows = segno.make(text, error="m", micro=False).matrix
        runs = (
            f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
            for y, row in enumerate(rows)
            for start, length in _dark_runs(row)
        )
        return cls(size=len(rows) + 2 * QUIET, path="".join(runs))

    @property
    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size}'
            f' {self.size}"><path d="{self.path}"/></svg>'
        )


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    """Where each row of dark modules starts, and how long it is."""
    found = []
    x = 0
    for is_dark, group in groupby(row):
        length = len(list(group))
        if is_dark:
            found.append((x, length))
        x += length
    return found
