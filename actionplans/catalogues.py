"""What rows of a plan only name, read at once and kept: agencies, indicators, money.

A plan names them dozens of times; these tables are small and change seldom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Model

from actionplans.atlas import Atlas
from actionplans.models import FundSource, Indicator, Intervention, Target
from districts.models import Agency, Product
from portal.naming import local_name


@dataclass(frozen=True, slots=True)
class Catalogues:
    """Each by its keys."""

    agencies: Mapping[int, Agency]
    indicators: Mapping[int, Indicator]
    funds: Mapping[int, FundSource]
    products: Mapping[int, Product]

    @classmethod
    def gather(cls) -> Catalogues:
        """Four queries."""
        return cls(
            Agency.objects.in_bulk(),
            Indicator.objects.in_bulk(),
            FundSource.objects.in_bulk(),
            Product.objects.in_bulk(),
        )

    @property
    def local_names(self) -> dict[str, str]:
        """What the page's language calls each, by the name that seals have."""
        kept = (self.agencies, self.indicators, self.funds, self.products)
        rows: Iterable[Any] = chain.from_iterable(own.values() for own in kept)
        return {row.name: local_name(row) for row in rows}

    def name_targets(self, targets: Iterable[Target]) -> None:
        """What it does not have stays to be asked for."""
        for target in targets:
            _lend(target, "indicator", self.indicators)
            _lend(target, "owner", self.agencies)
            if target.plan_product:
                _lend(target.plan_product, "product", self.products)

    def name_actions(self, actions: Iterable[Intervention]) -> None:
        for action in actions:
            _lend(action, "lead", self.agencies)
            _lend(action, "fund_source", self.funds)
            for target in action.targets.all():
                _lend(target, "indicator", self.indicators)


def local_names() -> Mapping[str, str]:
    """Those of all; no query while they are kept."""
    atlas = Atlas.current()
    names = atlas.once("names", Catalogues.gather)
    return atlas.once("local names", lambda: names.local_names)


def _lend(row: Model, field: str, kept: Mapping[int, Any]) -> None:
    key = getattr(row, f"{field}_id")
    if key in kept:
        setattr(row, field, kept[key])
