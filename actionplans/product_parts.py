"""The lists of which a product's page shows the beginning, each on its own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from actionplans import product_plans as plans
from actionplans import product_record as record
from actionplans.atlas import Atlas
from districts.models import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPart:
    """One of them: its place in the address, its title, its look.

    `found` has all of it, as little as it takes to count and order them; `rows` makes
    of some of these what `template` draws.
    """

    slug: str
    title: Any
    found: Callable[[Product], Sequence[Any]]
    rows: Callable[[Sequence[Any]], Sequence[Any]]
    template: str


def _makers(product: Product) -> list[record.Maker]:
    return record.makers_of(product, Atlas.current())


def _known(product: Product) -> list[record.Maker]:
    return record.known_at(_makers(product))


def _plans(product: Product) -> plans.Ranks:
    return plans.plans_about(product, _makers(product))


def _targets(product: Product) -> list[int]:
    return plans.targets_on(product, _plans(product))


def _actions(product: Product) -> list[int]:
    return plans.actions_on(product, _plans(product))


def _bottlenecks(product: Product) -> list[int]:
    obstacles = plans.obstacles_of(product, _plans(product))
    return [key for obstacle in obstacles for key in obstacle.keys]


PRODUCT_PARTS = {
    part.slug: part
    for part in (
        ProductPart(
            slug="districts",
            title=_("Districts that name it"),
            found=_makers,
            rows=record.with_wordings,
            template="actionplans/_maker_table.html",
        ),
        ProductPart(
            slug="record",
            title=_("Production and exports on record"),
            found=_known,
            rows=record.with_facts,
            template="actionplans/_known_table.html",
        ),
        ProductPart(
            slug="targets",
            title=_("Targets on it in plans in force"),
            found=_targets,
            rows=plans.target_rows,
            template="actionplans/_targets_on_table.html",
        ),
        ProductPart(
            slug="interventions",
            title=_("Interventions for it in plans in force"),
            found=_actions,
            rows=plans.action_rows,
            template="actionplans/_actions_on_table.html",
        ),
        ProductPart(
            slug="bottlenecks",
            title=_("What stands in its way"),
            found=_bottlenecks,
            rows=plans.bottleneck_rows,
            template="actionplans/_bottleneck_list.html",
        ),
    )
}
