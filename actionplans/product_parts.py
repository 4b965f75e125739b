"""The lists of which a product's page shows the beginning, each on its own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from actionplans import product_record as record
from actionplans.atlas import Atlas
from actionplans.interventions import lines_of
from actionplans.measures import TargetStanding, standings
from actionplans.models import Bottleneck, Intervention, Target
from districts.models import Product

Rows = Sequence[Any]


def standing_now(targets: Sequence[Target]) -> list[TargetStanding]:
    """How those that a page shows stand today; two queries."""
    prefetch_related_objects(targets, "milestones")
    return standings(targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPart:
    """One of them: its place in the address, its title, and its rows, all of them.

    What only the rows shown need, `looked_at` finds out; `template` draws them.
    """

    slug: str
    title: Any
    rows: Callable[[Product], Rows]
    looked_at: Callable[[Rows], Rows] = list
    template: str


def _makers(product: Product) -> list[record.Maker]:
    return record.makers_of(product, Atlas.current())


def _known(product: Product) -> list[record.Maker]:
    return [maker for maker in _makers(product) if maker.is_known]


def _plans(product: Product) -> record.Plans:
    return record.plans_about(product, _makers(product))


def _targets(product: Product) -> list[Target]:
    return record.targets_on(product, _plans(product))


def _actions(product: Product) -> list[Intervention]:
    return record.actions_on(product, _plans(product))


def _bottlenecks(product: Product) -> list[Bottleneck]:
    obstacles = record.obstacles_of(product, _plans(product))
    return [row for obstacle in obstacles for row in obstacle.bottlenecks]


PRODUCT_PARTS = {
    part.slug: part
    for part in (
        ProductPart(
            slug="districts",
            title=_("Districts that name it"),
            rows=_makers,
            template="actionplans/_maker_table.html",
        ),
        ProductPart(
            slug="record",
            title=_("Production and exports on record"),
            rows=_known,
            template="actionplans/_known_table.html",
        ),
        ProductPart(
            slug="targets",
            title=_("Targets on it in plans in force"),
            rows=_targets,
            looked_at=standing_now,
            template="actionplans/_targets_on_table.html",
        ),
        ProductPart(
            slug="interventions",
            title=_("Interventions for it in plans in force"),
            rows=_actions,
            looked_at=lines_of,
            template="actionplans/_actions_on_table.html",
        ),
        ProductPart(
            slug="bottlenecks",
            title=_("What stands in its way"),
            rows=_bottlenecks,
            template="actionplans/_bottleneck_list.html",
        ),
    )
}
