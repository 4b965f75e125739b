"""What the public record says of a product across districts, gathered for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import QuerySet

from actionplans.atlas import Atlas, Place
from actionplans.models import Bottleneck, Intervention, Plan, Target
from districts.models import District, DistrictProduct, PotentialFact, Product

Exported, Rating = DistrictProduct.Exported, DistrictProduct.Rating
# What a buyer asks first: who exports already, then who could.
EXPORTED_FIRST = [Exported.EXPORTED, Exported.POTENTIAL, Exported.UNKNOWN]
HIGHEST_FIRST = [Rating.HIGH, Rating.MEDIUM, Rating.LOW, Rating.UNKNOWN]
# Of each category.
GRAVEST_SHOWN = 2


@dataclass(frozen=True)
class Maker:
    """A district that names the product: its words, its rating, what is known there."""

    place: Place
    row: DistrictProduct

    @cached_property
    def wordings(self) -> dict[str, list[str]]:
        """The words of the sources, each with the schemes that use it."""
        found: dict[str, list[str]] = {}
        for naming in self.row.namings.all():
            schemes = found.setdefault(naming.wording, [])
            if naming.scheme not in schemes:
                schemes.append(naming.scheme)
        return found

    @cached_property
    def facts(self) -> dict[str, list[PotentialFact]]:
        """All that is known by kind, the newest first."""
        found: dict[str, list[PotentialFact]]
        found = {kind.value: [] for kind in PotentialFact.Kind}
        for fact in self.row.facts.all():
            found[fact.kind].append(fact)
        return found

    @property
    def is_known(self) -> bool:
        return any(self.facts.values())

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """Lower is sooner of interest to a buyer."""
        return (
            EXPORTED_FIRST.index(Exported(self.row.exported)),
            not self.row.is_thrust,
            HIGHEST_FIRST.index(Rating(self.row.potential)),
            -self.place.standing.stage,
        )


def makers_of(product: Product, atlas: Atlas) -> list[Maker]:
    """The living districts that name it, those that export it first; three queries."""
    rows = DistrictProduct.objects.filter(product=product, until=None)
    named = {row.district_id: row for row in rows.prefetch_related("namings", "facts")}
    makers = [
        Maker(place, named[place.key]) for place in atlas.places if place.key in named
    ]
    return sorted(makers, key=lambda maker: maker.rank)


Row = TypeVar("Row", Target, Intervention, Bottleneck)
Plans = Mapping[int, Plan]


def followed_plans() -> QuerySet[Plan]:
    """The plans in force of the districts that live today."""
    living = District.objects.living().order_by()
    return Plan.objects.in_force().filter(district__in=living)


def plans_about(product: Product, makers: Sequence[Maker]) -> Plans:
    """The plans in force of living districts that are about it, by key; one query.

    In the order of the makers; last those whose districts name it no more.
    """
    ranks = {maker.place.key: rank for rank, maker in enumerate(makers)}
    rows = followed_plans().filter(products__product=product)
    plans = list(rows.select_related("district__state").order_by("district__name"))
    plans.sort(key=lambda plan: ranks.get(plan.district_id, len(ranks)))
    return {plan.pk: plan for plan in plans}


def targets_on(product: Product, plans: Plans) -> list[Target]:
    """The targets on it, in the order of the plans; one query."""
    return _rows(Target.objects.select_related("indicator"), product, plans)


def actions_on(product: Product, plans: Plans) -> list[Intervention]:
    """The interventions for it, in the order of the plans; one query."""
    return _rows(Intervention.objects.select_related("lead"), product, plans)


def _rows(rows: QuerySet[Row], product: Product, plans: Plans) -> list[Row]:
    """Those on the product, each with its plan, which is not fetched again."""
    found = list(rows.filter(plan_product__product=product, plan__in=plans))
    for row in found:
        row.plan = plans[row.plan_id]
    ranks = {key: rank for rank, key in enumerate(plans)}
    return sorted(found, key=lambda row: ranks[row.plan_id])


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A category of bottlenecks of a product, the gravest first."""

    category: Bottleneck.Category
    bottlenecks: list[Bottleneck]

    @property
    def gravest(self) -> list[Bottleneck]:
        """Those that the page of the product shows."""
        return self.bottlenecks[:GRAVEST_SHOWN]


def obstacles_of(product: Product, plans: Plans) -> list[Obstacle]:
    """What plans say stands in its way, the commonest first; one query."""
    found: dict[str, list[Bottleneck]] = {}
    rows = _rows(Bottleneck.objects.select_related("unblocker"), product, plans)
    for row in sorted(rows, key=lambda row: -row.severity):
        found.setdefault(row.category, []).append(row)
    obstacles = [Obstacle(Bottleneck.Category(key), own) for key, own in found.items()]
    return sorted(obstacles, key=lambda one: -len(one.bottlenecks))
