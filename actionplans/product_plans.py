"""What the plans in force want of a product, do for it and find in its way.

A product can stand in a hundred plans, of which a page shows a few rows: so their keys
are found first, and the rows of those that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from actionplans.interventions import ActionLine, lines_of
from actionplans.measures import TargetStanding, standings
from actionplans.models import Bottleneck, Intervention, Plan, Target
from actionplans.product_record import Maker
from districts.models import Product

Row = TypeVar("Row", bound=Model)
# The rank of each plan by its key.
Ranks = Mapping[int, int]
# Of each category of bottlenecks.
GRAVEST_SHOWN = 2


def plans_about(product: Product, makers: Sequence[Maker]) -> Ranks:
    """Those about the product in the order of the makers; one query.

    Last come those whose districts name it no more.
    """
    order = {maker.place.key: rank for rank, maker in enumerate(makers)}
    plans = Plan.objects.followed().filter(products__product=product).order_by("pk")
    return {
        plan: order.get(district, len(order))
        for plan, district in plans.values_list("pk", "district")
    }


def targets_on(product: Product, plans: Ranks) -> list[int]:
    """The keys of the targets on it, in the order of the plans; one query."""
    return [key for key, *_ in _found(Target.objects.all(), product, plans)]


def actions_on(product: Product, plans: Ranks) -> list[int]:
    """The keys of the interventions for it, in the same order; one query."""
    return [key for key, *_ in _found(Intervention.objects.all(), product, plans)]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A category of bottlenecks of a product: their keys, the gravest first."""

    category: Bottleneck.Category
    keys: list[int]


def obstacles_of(product: Product, plans: Ranks) -> list[Obstacle]:
    """What plans say stands in its way, the commonest first; one query."""
    found: dict[str, list[int]] = {}
    rows = _found(Bottleneck.objects.all(), product, plans, "category", "severity")
    for key, _plan, category, _severity in sorted(rows, key=lambda row: -row[3]):
        found.setdefault(category, []).append(key)
    return [
        Obstacle(Bottleneck.Category(name), found[name])
        for name in sorted(found, key=lambda name: -len(found[name]))
    ]


def _found(
    rows: QuerySet[Any], product: Product, plans: Ranks, *more: str
) -> list[tuple[Any, ...]]:
    """Key, plan and more of each, in the order of the plans."""
    rows = rows.filter(plan_product__product=product, plan__in=plans)
    found = rows.values_list("pk", "plan", *more)
    return sorted(found, key=lambda row: plans[row[1]])


def target_rows(keys: Sequence[int]) -> list[TargetStanding]:
    """These targets with their places and how they stand today; three queries."""
    rows = Target.objects.select_related("indicator", "plan__district__state")
    return standings(_in_order(rows.prefetch_related("milestones"), keys))


def action_rows(keys: Sequence[int]) -> list[ActionLine]:
    """These interventions with their places and how they stand; three queries."""
    rows = Intervention.objects.select_related("lead", "plan__district__state")
    return lines_of(_in_order(rows, keys))


def bottleneck_rows(keys: Sequence[int]) -> list[Bottleneck]:
    """These bottlenecks with their places; one query."""
    rows = Bottleneck.objects.select_related("unblocker", "plan__district__state")
    return _in_order(rows, keys)


def _in_order(rows: QuerySet[Row], keys: Sequence[int]) -> list[Row]:
    found = rows.in_bulk(keys)
    return [found[key] for key in keys]


@dataclass(frozen=True, slots=True)
class Gravest:
    """A category of bottlenecks as the page shows it: how many, and the gravest."""

    category: Bottleneck.Category
    number: int
    rows: list[Bottleneck]


def gravest_of(obstacles: Sequence[Obstacle]) -> list[Gravest]:
    """These categories with their gravest bottlenecks; one query."""
    shown = [key for one in obstacles for key in one.keys[:GRAVEST_SHOWN]]
    rows = {row.pk: row for row in bottleneck_rows(shown)}
    return [
        Gravest(one.category, len(one.keys), [rows[key] for key in keys])
        for one in obstacles
        for keys in [one.keys[:GRAVEST_SHOWN]]
    ]
