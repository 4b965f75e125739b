"""What stands in the sealed form of a plan: each field's name, and its value in words.

Labels, choices and kinds of value are those of the models. Nothing here asks the
database, so that a plan can be read from its bytes alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import models
from django.utils.translation import gettext, ngettext

from actionplans.models import (
    Bottleneck,
    Indicator,
    Intervention,
    Plan,
    PlanProduct,
    PlanSection,
    SectionCode,
    Target,
)
from actionplans.progress import Kind
from portal import numbers
from portal.fields import HundredthsField, RupeesField
from portal.periods import financial_year_label, written

Row = Mapping[str, Any]
Names = Mapping[str, str]
# From so many characters on, a text is compared word by word.
PROSE = 200
PER_CENT = "%"
YEARS = ("year_from", "year_to")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a sealed row; `key` is what the seal calls it."""

    key: str
    field: models.Field[Any, Any]

    @property
    def label(self) -> str:
        return str(self.field.verbose_name)

    @property
    def is_prose(self) -> bool:
        is_long = (self.field.max_length or 0) >= PROSE
        return not self.field.choices and (
            is_long or isinstance(self.field, models.TextField)
        )

    def value(self, row: Row) -> Any:
        """As it is sealed; an older seal may not know the field."""
        found = row.get(self.key, "")
        return "" if found in (None, []) else found

    def write(self, row: Row, names: Names) -> str:
        """The value in words; nothing where none is given."""
        value = self.value(row)
        if isinstance(value, list):
            return ", ".join(names.get(one, one) for one in value)
        if self.field.choices:
            return str(dict(self.field.flatchoices).get(value, value))
        if self.field.is_relation:
            return names.get(value, value)
        return "" if value == "" else self._amount(value, row)

    def _amount(self, value: Any, row: Row) -> str:
        if isinstance(self.field, HundredthsField):
            return measured(value, row)
        if isinstance(self.field, RupeesField):
            return numbers.rupees(value)
        if isinstance(self.field, models.DateField):
            return written(dt.date.fromisoformat(value))
        return financial_year_label(value) if self.key in YEARS else str(value)

    def difference(self, before: Row, after: Row) -> str:
        """By how much a number or a day has moved; nothing for what is no amount."""
        old, new = self.value(before), self.value(after)
        if "" in (old, new):
            return ""
        if isinstance(self.field, HundredthsField):
            return measured_difference(old, new, after)
        if isinstance(self.field, RupeesField):
            return _with_share(signed(numbers.rupees, new - old), old, new)
        if isinstance(self.field, models.DateField):
            return days_moved(dt.date.fromisoformat(old), dt.date.fromisoformat(new))
        return ""


@dataclass(frozen=True, slots=True)
class PartColumns:
    """A kind of row: the section it stands in, what it is called by, its fields."""

    section: SectionCode
    title: str
    columns: list[Column]


def columns_of(model: type[models.Model], **fields: str) -> list[Column]:
    """By key and name of the field; `indicator.unit` is that of another model."""
    found = []
    for key, name in fields.items():
        of = Indicator if name.startswith("indicator.") else model
        field = of._meta.get_field(name.rpartition(".")[2])
        assert isinstance(field, models.Field)
        found.append(Column(key, field))
    return found


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


HEAD = columns_of(
    Plan, **_same("year_from", "year_to", "prepared_by", "products_reason")
)
TEXT = columns_of(PlanSection, **_same("body", "not_applicable"))
PARTS: dict[str, PartColumns] = {
    "products": PartColumns(
        SectionCode.PRODUCTS, "name", columns_of(PlanProduct, name="product")
    ),
    "bottlenecks": PartColumns(
        SectionCode.BOTTLENECKS,
        "text",
        columns_of(
            Bottleneck,
            **_same("text"),
            product="plan_product",
            **_same("category", "severity", "unblock", "unblocker"),
        ),
    ),
    "interventions": PartColumns(
        SectionCode.INTERVENTIONS,
        "action",
        columns_of(
            Intervention,
            **_same("action"),
            product="plan_product",
            **_same("bottleneck", "targets", "lead", "supporting", "start_on"),
            **_same("due_on", "due_moved", "budget", "fund_source"),
        ),
    ),
    "targets": PartColumns(
        SectionCode.TARGETS,
        "name",
        columns_of(
            Target,
            name="indicator",
            product="plan_product",
            unit="indicator.unit",
            kind="indicator.kind",
            direction="indicator.direction",
            frequency="indicator.frequency",
            **_same("baseline", "baseline_on", "baseline_source", "goal", "due_on"),
            **_same("due_moved", "owner", "verification", "explanation"),
        ),
    ),
}


def names_in(contents: Row) -> dict[str, str]:
    """What rows refer to: products by their address, others by their line."""
    found = {row["product"]: row["name"] for row in contents["products"]}
    for part in ("bottlenecks", "targets"):
        title = PARTS[part].title
        found |= {row["line"]: row[title] for row in contents[part]}
    return found


def measured(value: int, target: Row) -> str:
    """A value in the unit of its target."""
    if target.get("kind") == Kind.DONE:
        return gettext("Yes") if value else gettext("No")
    return _with_unit(numbers.hundredths(value), target)


def measured_difference(old: int, new: int, target: Row) -> str:
    """A share differs by its points, all else also by per cent of what it was."""
    if target.get("kind") == Kind.DONE:
        return ""
    moved = _with_unit(signed(numbers.hundredths, new - old), target)
    return moved if target.get("unit") == PER_CENT else _with_share(moved, old, new)


def signed(write: Any, change: int) -> str:
    return f"{'+' if change >= 0 else numbers.MINUS}{write(abs(change))}"


def days_moved(old: dt.date, new: dt.date) -> str:
    days = (new - old).days
    words = (
        ngettext("%(days)s day earlier", "%(days)s days earlier", -days)
        if days < 0
        else ngettext("%(days)s day later", "%(days)s days later", days)
    )
    return words % {"days": numbers.grouped(abs(days))}


def _with_unit(number: str, target: Row) -> str:
    return f"{number} {target.get('unit', '')}".strip()


def _with_share(moved: str, old: int, new: int) -> str:
    if not old:
        return moved
    share = Fraction(round(Fraction(1000 * (new - old), abs(old))), 1000)
    sign = "+" if share >= 0 else numbers.MINUS
    return gettext("%(change)s (%(share)s)") % {
        "change": moved,
        "share": sign + numbers.percent(abs(share)),
    }
