"""The parts of a sealed plan as tables, numbered so that one can name another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from actionplans.models import Bottleneck
from actionplans.progress import Frequency, Kind
from portal.numbers import hundredths, rupees
from portal.periods import written

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, and whether it holds numbers."""

    label: str
    share: int = 1
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What is said under a row, or under a section, with a word for what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the plan under its number, as in T3."""

    number: str
    cells: list[str]
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """The parts of one kind for one product, or for the whole district."""

    title: str
    columns: list[Column]
    rows: list[Row]

    @property
    def width(self) -> int:
        """In columns, that of the numbers included."""
        return len(self.columns) + 1

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Column, str]]]]:
        return [
            (row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows
        ]


def day(text: str) -> str:
    return written(dt.date.fromisoformat(text)) if text else ""


class Parts:
    """The sealed parts in the order of the pages, and the number of each by its line.

    Each function below gives the tables of one kind.
    """

    def __init__(self, body: Part) -> None:
        self.products: list[Part] = body["products"]
        self._places = {p["product"]: at for at, p in enumerate(self.products)}
        self.bottlenecks = self._ordered(body["bottlenecks"])
        self.interventions = self._ordered(body["interventions"])
        self.targets = self._ordered(body["targets"])
        self.numbers = {
            row["line"]: f"{letter}{at}"
            for letter, rows in {
                "P": self.products,
                "B": self.bottlenecks,
                "I": self.interventions,
                "T": self.targets,
            }.items()
            for at, row in enumerate(rows, 1)
        }

    def _ordered(self, rows: Iterable[Part]) -> list[Part]:
        """By product, the whole district last, then as the plan has them."""
        last = len(self._places)

        def place(row: Part) -> tuple[int, int, str, str]:
            at = self._places.get(row["product"], last)
            return at, row["order"], row.get("due_on", ""), row["line"]

        return sorted(rows, key=place)

    def named(self, lines: Iterable[str]) -> str:
        """The numbers of these lines, as in T1, T4; none of a line that is gone."""
        known = [row["line"] for row in self.targets + self.interventions]
        wanted = set(lines)
        return ", ".join(self.numbers[line] for line in known if line in wanted)

    def by_product(
        self, rows: list[Part], columns: list[Column], make: Callable[[Part], Row]
    ) -> list[Table]:
        """A table for each product that has rows, the whole district last."""
        names = {p["product"]: p["name"] for p in self.products}
        groups: dict[str, list[Row]] = {}
        for row in rows:
            title = names.get(row["product"]) or _("Whole district")
            groups.setdefault(title, []).append(make(row))
        return [Table(title, columns, rows) for title, rows in groups.items()]


def product_tables(parts: Parts) -> list[Table]:
    columns = [Column(_("Product")), Column(_("Targets")), Column(_("Interventions"))]
    rows = [
        Row(
            parts.numbers[product["line"]],
            [
                product["name"],
                parts.named(_lines_of(parts.targets, product)),
                parts.named(_lines_of(parts.interventions, product)),
            ],
        )
        for product in parts.products
    ]
    return [Table("", columns, rows)] if rows else []


def _lines_of(rows: list[Part], product: Part) -> list[str]:
    return [row["line"] for row in rows if row["product"] == product["product"]]


def bottleneck_tables(parts: Parts) -> list[Table]:
    columns = [
        Column(_("What stands in the way"), 3),
        Column(_("Category")),
        Column(_("Severity")),
    ]

    def make(row: Part) -> Row:
        against = [i["line"] for i in parts.interventions if _is_against(i, row)]
        return Row(
            parts.numbers[row["line"]],
            [
                row["text"],
                str(Bottleneck.Category(row["category"]).label),
                str(Bottleneck.Severity(row["severity"]).label),
            ],
            _notes(
                (_("What would unblock it"), row["unblock"]),
                (_("Who can"), row["unblocker"]),
                (_("Interventions"), parts.named(against) or _("none")),
            ),
        )

    return parts.by_product(parts.bottlenecks, columns, make)


def _is_against(intervention: Part, bottleneck: Part) -> bool:
    return bool(intervention["bottleneck"] == bottleneck["line"])


def intervention_tables(parts: Parts) -> list[Table]:
    columns = [
        Column(_("Action"), 6),
        Column(_("Lead agency"), 4),
        Column(_("Start"), 3),
        Column(_("Due"), 3),
        Column(_("Budget"), 3, is_number=True),
    ]

    def make(row: Part) -> Row:
        return Row(
            parts.numbers[row["line"]],
            [
                row["action"],
                row["lead"],
                day(row["start_on"]),
                day(row["due_on"]),
                "" if row["budget"] == "" else rupees(row["budget"]),
            ],
            _notes(
                (_("Supporting agencies"), "; ".join(row["supporting"])),
                (_("Fund source"), row["fund_source"]),
                (_("Against the bottleneck"), parts.numbers.get(row["bottleneck"], "")),
                (_("For the targets"), parts.named(row["targets"])),
                (_("Why the due date moved"), row["due_moved"]),
            ),
        )

    return parts.by_product(parts.interventions, columns, make)


def target_tables(parts: Parts) -> list[Table]:
    columns = [
        Column(_("Indicator"), 4),
        Column(_("Baseline"), 3, is_number=True),
        Column(_("Goal"), 3, is_number=True),
        Column(_("Reached by"), 2),
    ]

    def make(row: Part) -> Row:
        unit = row["unit"]
        towards = [
            i["line"] for i in parts.interventions if row["line"] in i["targets"]
        ]
        return Row(
            parts.numbers[row["line"]],
            [
                row["name"],
                f"{hundredths(row['baseline'])} {unit}",
                f"{hundredths(row['goal'])} {unit}",
                day(row["due_on"]),
            ],
            _notes(
                (_("Baseline as on"), day(row["baseline_on"])),
                (_("Source of the baseline"), row["baseline_source"]),
                (_("Milestones"), _milestones(row)),
                (_("How it counts"), str(Kind(row["kind"]).label)),
                (_("Reported"), str(Frequency(row["frequency"]).label)),
                (_("Owner agency"), row["owner"]),
                (_("Means of verification"), row["verification"]),
                (_("Interventions"), parts.named(towards) or _("none")),
                (_("Answer to the portal's questions"), row["explanation"]),
                (_("Why the due date moved"), row["due_moved"]),
            ),
        )

    return parts.by_product(parts.targets, columns, make)


def _milestones(target: Part) -> str:
    return "; ".join(
        f"{day(m['due_on'])}: {hundredths(m['value'])}" for m in target["milestones"]
    )


def _notes(*pairs: tuple[str, str]) -> list[Note]:
    """Of what is not said, no line."""
    return [Note(label, text) for label, text in pairs if text]
