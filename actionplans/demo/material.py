"""The words and ranges of the demonstration, read from fixtures/demo/."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
GENERAL = "general"
Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A bottleneck and the intervention that answers it."""

    category: str
    severity: int
    text: str
    unblock: str
    by: str
    action: str
    support: list[str]
    fund: str
    lakh: Range
    months: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What is common to the products of some sectors."""

    sectors: list[str]
    makers: str
    council: str
    department: str
    standards: str
    short: list[str]
    long: list[str]
    markets: list[str]
    certificates: list[str]
    amount: Range
    bottlenecks: list[Obstacle]
    # Sectors whose council is another.
    councils: dict[str, str] = field(default_factory=dict)

    def council_of(self, sector: str) -> str:
        return self.councils.get(sector, self.council)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the figures of an indicator are, in its unit."""

    baseline: Range | None = None
    growth: tuple[float, float] | None = None
    goal: Range | None = None
    of: Range = (1, 1)


@dataclass(frozen=True, slots=True)
class Material:
    trades: dict[str, Trade]
    sizes: dict[str, Size]
    words: dict[str, Any]
    by_sector: dict[str, Trade] = field(init=False)

    def __post_init__(self) -> None:
        found = {s: trade for trade in self.trades.values() for s in trade.sectors}
        object.__setattr__(self, "by_sector", found)

    @property
    def general(self) -> Trade:
        return self.trades[GENERAL]

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Material:
        trades = {name: _trade(row) for name, row in _toml(folder, "trades").items()}
        sizes = {slug: Size(**row) for slug, row in _toml(folder, "figures").items()}
        return cls(trades, sizes, _toml(folder, "words"))


def _trade(row: dict[str, Any]) -> Trade:
    obstacles = [Obstacle(**obstacle) for obstacle in row.pop("bottlenecks")]
    return Trade(**row, bottlenecks=obstacles)


def _toml(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
