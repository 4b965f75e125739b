"""Where an official may act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from districts.models import District


@dataclass(frozen=True, slots=True)
class Charge:
    """The districts somebody answers for: all, those of some States, or single ones.

    The districts of a Regional Authority are those of its jurisdiction that day.
    """

    everywhere: bool = False
    states: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()

    def __contains__(self, district: District) -> bool:
        return (
            self.everywhere
            or district.state_id in self.states
            or district.pk in self.districts
        )

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.states or self.districts)

    def q(self, path: str = "") -> Q:
        """The same as a condition; `path` leads from the queried model to District."""
        at = f"{path}__" if path else ""
        if self.everywhere:
            # Not a bare Q(), which would vanish when or-ed with another condition.
            return Q(**{f"{at}pk__isnull": False})
        key = f"{path}_id" if path and "__" not in path else f"{at}pk"
        # What is empty adds nothing but the time to leave it out again.
        parts = []
        if self.states:
            parts.append(Q(**{f"{at}state__in": self.states}))
        if self.districts or not parts:
            parts.append(Q(**{f"{key}__in": self.districts}))
        return reduce(or_, parts)
