"""A frozen copy of a plan in words: its sections, with their rows as tables.

It reads the canonical JSON of a consultation and nothing else, so that what was
changed in the draft since cannot show. No query.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from actionplans.models import Bottleneck, SectionCode
from portal.numbers import hundredths, rupees
from portal.periods import financial_year_label, written

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under one head of a table; `note` is small print below it.

    `look` is a class of the stylesheet.
    """

    label: str
    text: str
    note: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is, what else is to be said of it, and its cells."""

    head: str
    what: str
    notes: list[str]
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class CopySection:
    """One of the eleven sections, as it was."""

    code: SectionCode
    body: str
    not_applicable: str
    products: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.body or self.not_applicable or self.products or self.lines)


@dataclass(frozen=True, slots=True)
class Copy:
    """The whole plan, as it was."""

    period: str
    sections: list[CopySection]


def copy_of(body: str) -> Copy:
    contents = json.loads(body)
    written_sections = {row["code"]: row for row in contents["sections"]}
    first, last = (financial_year_label(contents[k]) for k in ("year_from", "year_to"))
    period = _("%(first)s to %(last)s") % {"first": first, "last": last}
    return Copy(
        period=first if first == last else period,
        sections=[
            _section(contents, code, written_sections.get(code, {}))
            for code in SectionCode
        ],
    )


def _section(contents: Row, code: SectionCode, text: Row) -> CopySection:
    has_products = code == SectionCode.PRODUCTS
    part = _PARTS.get(code)
    return CopySection(
        code=code,
        body=text.get("body", ""),
        not_applicable=text.get("not_applicable", ""),
        products=[row["name"] for row in contents["products"]] if has_products else [],
        lines=_lines(contents, *part) if part else [],
    )


def _lines(contents: Row, part: str, line: Callable[[Row, Row], Line]) -> list[Line]:
    """The rows in the order of the products, the whole district last."""
    slugs = [row["product"] for row in contents["products"]]
    rows = sorted(contents[part], key=lambda row: _place(row, slugs))
    return [line(contents, row) for row in rows]


def _place(row: Row, slugs: list[str]) -> tuple[int, int]:
    product = row["product"]
    return slugs.index(product) if product in slugs else len(slugs), row["order"]


def _bottleneck(contents: Row, row: Row) -> Line:
    return Line(
        _("What stands in the way"),
        row["text"],
        [_product(contents, row)],
        [
            Cell(_("Category"), str(Bottleneck.Category(row["category"]).label)),
            Cell(_("Severity"), str(Bottleneck.Severity(row["severity"]).label)),
            Cell(
                _("What would unblock it, and who can"),
                row["unblock"] or _("Not said."),
                row["unblocker"],
                look="full",
            ),
        ],
    )


def _intervention(contents: Row, row: Row) -> Line:
    against = {b["line"]: b["text"] for b in contents["bottlenecks"]}
    notes = [_product(contents, row)]
    if row["bottleneck"]:
        what = {"bottleneck": against[row["bottleneck"]]}
        notes.append(_("against: %(bottleneck)s") % what)
    if row["supporting"]:
        notes.append(
            _("together with: %(agencies)s")
            % {"agencies": ", ".join(row["supporting"])}
        )
    budget = _("Not said.") if row["budget"] == "" else rupees(row["budget"])
    return Line(
        _("What will be done"),
        row["action"],
        notes,
        [
            Cell(_("Lead agency"), row["lead"] or _("Not named.")),
            Cell(_("Start"), _day(row["start_on"]), look="nw"),
            Cell(_("Due"), _day(row["due_on"]), look="nw"),
            Cell(_("Budget"), budget, row["fund_source"], look="num"),
        ],
    )


def _target(contents: Row, row: Row) -> Line:
    notes = [
        _product(contents, row),
        _("Baseline from: %(source)s") % {"source": row["baseline_source"]},
        _("Verified by: %(means)s") % {"means": row["verification"]},
    ]
    notes += [
        _("%(value)s by %(day)s")
        % {"value": hundredths(mark["value"]), "day": _day(mark["due_on"])}
        for mark in row["milestones"]
    ]
    return Line(
        _("Indicator"),
        f"{row['name']} ({row['unit']})",
        [*notes, *filter(None, [row["explanation"]])],
        [
            Cell(_("Baseline"), hundredths(row["baseline"]), look="num"),
            Cell(_("As on"), _day(row["baseline_on"]), look="nw"),
            Cell(_("Goal"), hundredths(row["goal"]), look="num"),
            Cell(_("Reached by"), _day(row["due_on"]), look="nw"),
            Cell(_("Owner agency"), row["owner"]),
        ],
    )


def _product(contents: Row, row: Row) -> str:
    names = {p["product"]: p["name"] for p in contents["products"]}
    return names.get(row["product"]) or _("The whole district")


def _day(text: str) -> str:
    return written(dt.date.fromisoformat(text)) if text else _("Not said.")


_PARTS = {
    SectionCode.BOTTLENECKS: ("bottlenecks", _bottleneck),
    SectionCode.INTERVENTIONS: ("interventions", _intervention),
    SectionCode.TARGETS: ("targets", _target),
}
