"""What the registers say of every district beside its name, read at once and kept.

These tables are small and change seldom; a page that shows one district would ask each
of them for a row or none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from districts.models import (
    District,
    ExportFigure,
    Naming,
    Product,
    ProgrammeTag,
    Succession,
)

R = TypeVar("R", ProgrammeTag, ExportFigure)


@dataclass(frozen=True, slots=True)
class Family:
    """The districts it was formed from, those it took in, and those it went into."""

    formed_from: list[District]
    took_in: list[District]
    went_into: list[District]

    def __bool__(self) -> bool:
        return bool(self.formed_from or self.took_in or self.went_into)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """By the keys of districts; HS codes and schemes by those of what they belong to.

    `schemes` are those that name a product of a district.
    """

    tags: Mapping[int, list[ProgrammeTag]]
    figures: Mapping[int, list[ExportFigure]]
    successions: list[Succession]
    codes: Mapping[int, list[str]]
    schemes: Mapping[int, list[str]]

    @classmethod
    def gather(cls) -> Facts:
        """Five queries."""
        places = "before__state", "after__state"
        rows = Succession.objects.select_related(*places).order_by("on", "pk")
        return cls(
            tags=_by_district(ProgrammeTag.objects.current()),
            figures=_by_district(ExportFigure.objects.exclude(district=None)),
            successions=list(rows),
            codes=_codes(),
            schemes=_schemes(),
        )

    def family(self, district: District) -> Family:
        own = district.pk
        before = [row for row in self.successions if row.after_id == own]
        first = district.since or dt.date.min
        return Family(
            [row.before for row in before if not row.on or row.on <= first],
            [row.before for row in before if row.on and row.on > first],
            [row.after for row in self.successions if row.before_id == own],
        )


def _by_district(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        if row.district_id:
            found.setdefault(row.district_id, []).append(row)
    return found


def _codes() -> dict[int, list[str]]:
    rows = Product.objects.exclude(hs_codes=None).order_by("hs_codes__code")
    return _listed(rows.values_list("pk", "hs_codes__code"))


def _schemes() -> dict[int, list[str]]:
    rows = Naming.objects.order_by("scheme").values_list("place", "scheme")
    return _listed(rows.distinct())


def _listed(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, text in rows:
        found.setdefault(key, []).append(text)
    return found
