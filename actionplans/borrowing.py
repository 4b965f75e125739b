"""What other districts' plans in force say about the same or similar products."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from actionplans.models import (
    Bottleneck,
    Intervention,
    Plan,
    PlanProduct,
    Target,
)
from districts.models import HSCode, Product
from portal.terms import Status

HEADING_DIGITS = 4
# How near a row is to the draft; nearest first.
SAME_PRODUCT, SAME_HEADING, SAME_STATE = 1, 2, 3
# Where the words are that a search looks through.
SAID_IN: dict[Any, list[str]] = {
    Bottleneck: ["text", "unblock"],
    Intervention: ["action"],
    Target: ["indicator__name", "indicator__name_hi"],
}
ABOUT = [
    "plan_product__product__name",
    "plan_product__product__name_hi",
    "plan__district__name",
    "plan__district__name_hi",
    "plan__district__state__name",
]
_NAMES: dict[Any, list[str]] = {
    Bottleneck: ["unblocker"],
    Intervention: ["lead"],
    Target: ["indicator", "owner"],
}


def rows_of_peers(
    model: Any, plan: Plan, under: PlanProduct | None, words: str
) -> QuerySet[Any]:
    """Rows to copy, those about the same product first; `is_copied` if done already.

    `under` is the product of the draft that somebody looks for; all if none.
    """
    chosen = [under] if under else list(plan.products.all())
    own = {row.product_id for row in chosen}
    alike = _alike(own)
    near = Q(plan__district__state=plan.district.state_id)
    rows = model.objects.filter(
        near | Q(plan_product__product__in=own | alike),
        plan__status=Status.PUBLISHED,
    ).exclude(plan__district=plan.district_id)
    for word in words.split():
        rows = rows.filter(_says(model, word))
    nearness = Case(
        When(plan_product__product__in=own, then=Value(SAME_PRODUCT)),
        When(plan_product__product__in=alike, then=Value(SAME_HEADING)),
        default=Value(SAME_STATE),
        output_field=IntegerField(),
    )
    copied = model.objects.filter(plan=plan, line__copied_from=OuterRef("line"))
    return (
        rows.annotate(nearness=nearness, is_copied=Exists(copied))
        .select_related(
            "plan__district__state", "plan_product__product", *_NAMES[model]
        )
        .order_by("nearness", "plan__district__name", "plan", "order", "pk")
    )


def _alike(products: set[int]) -> set[int]:
    """Products with an HS code under the same heading."""
    codes = HSCode.objects.filter(products__in=products)
    headings = {
        code[:HEADING_DIGITS]
        for code in codes.values_list("code", flat=True)
        if len(code) >= HEADING_DIGITS
    }
    if not headings:
        return set()
    under = Q()
    for heading in headings:
        under |= Q(hs_codes__code__startswith=heading)
    found = Product.objects.filter(under).order_by().values_list("pk", flat=True)
    return set(found) - products


def _says(model: Any, word: str) -> Q:
    said = Q()
    for path in [*SAID_IN[model], *ABOUT]:
        said |= Q(**{f"{path}__icontains": word})
    return said
