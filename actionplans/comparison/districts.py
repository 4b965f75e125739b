"""What is known of several districts, gathered to stand side by side.

Nothing here ranks or adds up: figures of different sources and days stay apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.db.models import Max, Prefetch

from actionplans.atlas import Atlas, Place
from actionplans.catalogues import Catalogues
from actionplans.interventions import Total, by_plan
from actionplans.measures import TargetStanding, standings
from actionplans.models import (
    ActionStatus,
    Committee,
    Indicator,
    Intervention,
    Plan,
    PlanProduct,
    Target,
)
from actionplans.portrait import beside
from actionplans.record import GOING_WELL, TrackStep, latest_facts, track
from districts.models import DistrictProduct, PotentialFact, Product
from portal.naming import local_name
from portal.terms import IN_FORCE

PEERS = 4
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Named:
    """A product as one district names it, with the latest facts known of it."""

    row: DistrictProduct
    facts: list[PotentialFact]
    is_in_plan: bool

    @property
    def product(self) -> Product:
        return self.row.product


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictColumn:
    """A district: its standing, its plan in force and what is reported on that.

    `targets` are all of its plan, `others` counts those by indicators that no other
    column uses; `own` are the products that no other column names.
    """

    place: Place
    plan: Plan | None
    named: list[Named]
    targets: list[TargetStanding]
    actions: dict[ActionStatus, Total]
    committee: Committee | None
    own: list[Named] = field(default_factory=list)
    others: int = 0

    @property
    def name(self) -> str:
        return local_name(self.place)

    @property
    def going_well(self) -> int:
        """How many of its targets are on track or achieved."""
        return sum(s.result.verdict in GOING_WELL for s in self.targets)

    @property
    def overdue(self) -> int:
        """How many of its interventions should be over and are not."""
        return sum(total.overdue for total in self.actions.values())

    @property
    def statuses(self) -> list[tuple[ActionStatus, int]]:
        return [(s, self.actions[s].count) for s in ActionStatus if s in self.actions]

    @property
    def track(self) -> list[TrackStep]:
        return [step for step in track(self.place.standing) if step.is_reached]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product that several columns name, and how each does."""

    product: Product
    beside: list[tuple[DistrictColumn, Named | None]]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator by which several plans have targets, and those of each column."""

    indicator: Indicator
    beside: list[tuple[DistrictColumn, list[TargetStanding]]]


@dataclass(frozen=True, slots=True)
class Districts:
    """The columns, and what more than one of them has, row by row."""

    columns: list[DistrictColumn]
    shared: list[ProductRow]
    indicators: list[IndicatorRow]


def side_by_side(places: Collection[Place], atlas: Atlas) -> Districts:
    """Nine queries for any number of districts, while names are kept."""
    columns = _columns(places, atlas.once("names", Catalogues.gather))
    products = _of_several([n.product for n in c.named] for c in columns)
    used = _of_several([s.target.indicator for s in c.targets] for c in columns)
    columns = [
        replace(
            column,
            own=[n for n in column.named if n.product not in products],
            others=sum(s.target.indicator not in used for s in column.targets),
        )
        for column in columns
    ]
    return Districts(
        columns,
        [ProductRow(p, [(c, _named_by(c, p)) for c in columns]) for p in products],
        [IndicatorRow(i, [(c, _targets_by(c, i)) for c in columns]) for i in used],
    )


def _of_several(columns: Iterable[list[Thing]]) -> list[Thing]:
    """What more than one column has, each once, as they come."""
    counted = Counter(thing for column in columns for thing in dict.fromkeys(column))
    return [thing for thing, count in counted.items() if count > 1]


def _named_by(column: DistrictColumn, product: Product) -> Named | None:
    return next((named for named in column.named if named.product == product), None)


def _targets_by(column: DistrictColumn, indicator: Indicator) -> list[TargetStanding]:
    return [s for s in column.targets if s.target.indicator == indicator]


def _columns(places: Collection[Place], names: Catalogues) -> list[DistrictColumn]:
    keys = [place.key for place in places]
    plans = _plans(keys)
    named = _named(keys, plans)
    structured = {plan.pk: plan for plan in plans.values() if plan.structured}
    targets = _targets(structured, names)
    actions = by_plan(Intervention.objects.filter(plan__in=structured))
    committees = _committees(keys)
    return [
        DistrictColumn(
            place=place,
            plan=plan,
            named=named.get(place.key, []),
            targets=targets.get(key, []),
            actions=actions.get(key, {}),
            committee=committees.get(place.key),
        )
        for place in places
        for plan in [plans.get(place.key)]
        for key in [plan.pk if plan else 0]
    ]


def _plans(keys: list[int]) -> dict[int, Plan]:
    """The plan in force of each district, with its products."""
    rows = Plan.objects.filter(district__in=keys, status__in=IN_FORCE)
    products = Prefetch("products", PlanProduct.objects.all())
    return {plan.district_id: plan for plan in rows.prefetch_related(products)}


def _named(keys: list[int], plans: dict[int, Plan]) -> dict[int, list[Named]]:
    planned = {
        (key, chosen.product_id)
        for key, plan in plans.items()
        if plan.structured
        for chosen in plan.products.all()
    }
    rows = DistrictProduct.objects.filter(district__in=keys, until=None)
    found: dict[int, list[Named]] = {}
    for row in rows.select_related("product").prefetch_related("facts"):
        is_in_plan = (row.district_id, row.product_id) in planned
        named = Named(row, latest_facts(row), is_in_plan)
        found.setdefault(row.district_id, []).append(named)
    return found


def _targets(
    plans: dict[int, Plan], names: Catalogues
) -> dict[int, list[TargetStanding]]:
    """How each stands today, by the key of its plan."""
    rows = Target.objects.filter(plan__in=plans).select_related("plan_product")
    targets = list(rows.prefetch_related("milestones"))
    names.name_targets(targets)
    for target in targets:
        target.plan = plans[target.plan_id]
    found: dict[int, list[TargetStanding]] = {}
    for standing in standings(targets):
        found.setdefault(standing.target.plan_id, []).append(standing)
    return found


def _committees(keys: list[int]) -> dict[int, Committee]:
    """Each with `last_met`, the day of its last meeting."""
    rows = Committee.objects.filter(district__in=keys)
    return {
        row.district_id: row for row in rows.annotate(last_met=Max("meetings__held_on"))
    }


def neighbours(place: Place, atlas: Atlas) -> list[Place]:
    """Those that share a border with it; of one without an outline, the nearest."""
    return beside(place, atlas) or _nearest(place, atlas)


def _nearest(place: Place, atlas: Atlas) -> list[Place]:
    """On the tile map, which keeps most neighbours beside each other."""
    if place.column is None or place.row is None:
        return [p for p in atlas.within(place.state) if p.key != place.key][:PEERS]

    def away(other: Place) -> int:
        across = (other.column or 0) - (place.column or 0)
        down = (other.row or 0) - (place.row or 0)
        return across * across + down * down

    others = atlas.where(lambda p: p.column is not None and p.key != place.key)
    return sorted(others, key=away)[:PEERS]


def peers(place: Place, atlas: Atlas) -> list[tuple[Place, list[Product]]]:
    """Those that name most of the same products, with these; two queries.

    A general word, under which two may sell quite different things, counts last.
    """
    mine = DistrictProduct.objects.filter(district=place.key, until=None)
    rows = DistrictProduct.objects.filter(
        product__in=mine.order_by().values("product"), until=None
    )
    shared: dict[int, list[Product]] = {}
    for row in rows.exclude(district=place.key).select_related("product"):
        shared.setdefault(row.district_id, []).append(row.product)
    for products in shared.values():
        products.sort(key=lambda product: product.is_general)
    found = [(p, shared[p.key]) for p in atlas.places if p.key in shared]
    return sorted(found, key=lambda pair: _in_common(pair[1]), reverse=True)[:PEERS]


def _in_common(products: Collection[Product]) -> tuple[int, int]:
    return sum(not product.is_general for product in products), len(products)
