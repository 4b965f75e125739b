"""Rows of other districts' plans in force, those most like a draft's first."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from actionplans.models import (
    Bottleneck,
    Intervention,
    Line,
    Plan,
    PlanProduct,
    Target,
)
from districts.models import HSCode

DIGITS_OF_A_HEADING = 4
DISTRICT = ["plan__district__name", "plan__district__name_hi"]
PRODUCT = ["plan_product__product__name", "plan_product__product__name_hi"]
# Where a search looks in each kind of row, besides product and district.
SAID_IN: dict[type[Model], list[str]] = {
    Bottleneck: ["text", "unblock"],
    Intervention: ["action"],
    Target: ["indicator__name", "indicator__name_hi"],
}
BESIDES: dict[type[Model], list[str]] = {
    Bottleneck: ["unblocker"],
    Intervention: ["lead"],
    Target: ["indicator"],
}


def rows_of_peers(
    model: type[Model], plan: Plan, under: PlanProduct | None, asked: str
) -> QuerySet[Any]:
    """Of the same product, then the same HS heading, then the same State.

    `under` narrows the products to one of the draft; `asked` are words that each have
    to occur. One query for the headings, besides the rows.
    """
    products = [under] if under else list(plan.products.all())
    same = Q(plan_product__product__in=[row.product_id for row in products])
    alike = _under_headings(products)
    near = Q(plan__district__state=plan.district.state_id)
    copied = Line.objects.filter(
        district=plan.district_id,
        copied_from=OuterRef("line"),
        pk__in=model._default_manager.filter(plan=plan).values("line"),
    )
    peers = Plan.objects.in_force().exclude(district=plan.district_id)
    rows = model._default_manager.filter(same | alike | near, plan__in=peers)
    for word in asked.split():
        rows = rows.filter(_says(model, word))
    return (
        rows.annotate(
            distance=Case(
                When(same, then=Value(0)),
                When(alike, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
            is_copied=Exists(copied),
        )
        .select_related(
            "plan__district__state", "plan_product__product", *BESIDES[model]
        )
        .order_by("distance", "plan__district__name", "plan", "order", "pk")
    )


def _under_headings(products: list[PlanProduct]) -> Q:
    """Of products that lie under one of their headings."""
    codes = HSCode.objects.filter(products__in=[row.product_id for row in products])
    headings = {
        code[:DIGITS_OF_A_HEADING] for code in codes.values_list("code", flat=True)
    }
    found = Q(pk__in=[])
    for heading in sorted(headings):
        if len(heading) == DIGITS_OF_A_HEADING:
            inside = HSCode.objects.filter(code__startswith=heading)
            found |= Q(plan_product__product__in=inside.values("products"))
    return found


def _says(model: type[Model], word: str) -> Q:
    found = Q()
    for name in (*SAID_IN[model], *PRODUCT, *DISTRICT):
        found |= Q(**{f"{name}__icontains": word})
    return found
