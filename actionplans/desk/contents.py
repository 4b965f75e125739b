"""What a plan says, section by section: its text and the rows that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actionplans.models import Plan, PlanProduct, PlanSection, SectionCode

# The sections with rows of their own, by the name of the rows.
PARTS_IN = {
    SectionCode.PRODUCTS: "products",
    SectionCode.BOTTLENECKS: "bottlenecks",
    SectionCode.INTERVENTIONS: "interventions",
    SectionCode.TARGETS: "targets",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The rows about one product of the plan, or about the whole district."""

    product: PlanProduct | None
    rows: list[Any]

    @property
    def key(self) -> int:
        return self.product.pk if self.product else 0


@dataclass(frozen=True, slots=True)
class Content:
    """One section; the text is unsaved where nobody has written it yet."""

    code: SectionCode
    text: PlanSection
    parts: str
    groups: list[Group]


def content(whole: Plan, code: SectionCode) -> Content:
    """No query if the plan was fetched `whole`."""
    written = {section.code: section for section in whole.sections.all()}
    text = written.get(code) or PlanSection(plan=whole, code=code)
    parts = PARTS_IN.get(code, "")
    return Content(code, text, parts, _groups(whole, parts))


def contents(whole: Plan) -> list[Content]:
    return [content(whole, code) for code in SectionCode]


def _groups(whole: Plan, parts: str) -> list[Group]:
    if not parts:
        return []
    rows = list(getattr(whole, parts).all())
    if parts == "products":
        return [Group(None, rows)]
    products: list[PlanProduct | None] = [*whole.products.all(), None]
    keys = [(product, product.pk if product else None) for product in products]
    return [
        Group(product, [row for row in rows if row.plan_product_id == key])
        for product, key in keys
    ]
