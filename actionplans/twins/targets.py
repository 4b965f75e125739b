"""The targets of the plans in force, and how each stands today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.measures import current_figures
from actionplans.models import Horizon, Milestone, Target
from actionplans.progress import (
    Direction,
    Frequency,
    Kind,
    Result,
    Verdict,
    measure,
)
from actionplans.twins.batches import TOGETHER, by_some
from actionplans.twins.columns import district_of
from portal.datasets import Column, Dataset, in_both
from portal.kinds import CODE, DAY, KEY, LIST, MEASURE, NUMBER, TEXT
from portal.numbers import decimal_text
from portal.terms import Status

TARGET_COLUMNS = [
    Column(
        "line",
        _("key of the target, through all versions"),
        KEY,
        "target.line_id",
    ),
    *in_both(
        "product",
        _("product; empty: whole district"),
        "target.plan_product.product.name",
    ),
    Column(
        "product_slug",
        _("its key in addresses"),
        CODE,
        "target.plan_product.product.slug",
    ),
    *in_both("indicator", _("indicator"), "target.indicator.name"),
    Column("unit", _("unit"), TEXT, "target.indicator.unit"),
    Column("kind", _("how it counts"), CODE, "target.kind", choices=Kind),
    Column(
        "direction",
        _("whether more or less is better"),
        CODE,
        "target.direction",
        choices=Direction,
    ),
    Column(
        "frequency", _("reported every"), CODE, "target.frequency", choices=Frequency
    ),
    Column("horizon", _("horizon"), CODE, "target.horizon", choices=Horizon),
    Column("baseline", _("baseline"), MEASURE, "target.baseline"),
    Column("baseline_on", _("baseline as on"), DAY, "target.baseline_on"),
    Column(
        "baseline_source", _("source of the baseline"), TEXT, "target.baseline_source"
    ),
    Column("goal", _("goal"), MEASURE, "target.goal"),
    Column("due_on", _("reached by"), DAY, "target.due_on"),
    *in_both("owner", _("owner agency"), "target.owner.name"),
    Column("verification", _("means of verification"), TEXT, "target.verification"),
    Column("explanation", _("what is said on the goal"), TEXT, "target.explanation"),
    Column(
        "milestones",
        _("values on the way, each with its day"),
        LIST,
        lambda row: [
            f"{due_on} {decimal_text(value)}"
            for due_on, value in row.result.goal.milestones
        ],
    ),
    Column("actual", _("value so far, in the unit"), MEASURE, "result.actual"),
    Column(
        "expected",
        _("value expected by now, in the unit"),
        MEASURE,
        "result.expected_value",
    ),
    Column(
        "progress", _("word for the progress"), CODE, "result.verdict", choices=Verdict
    ),
    Column("figures_given", _("quarters with a figure"), NUMBER, "result.given"),
    Column("figures_due", _("quarters that asked for one"), NUMBER, "result.due"),
]


class Row(NamedTuple):
    """A target and how it stands today."""

    target: Target
    result: Result


# Fetched apart: many targets share a plan, a district, an indicator.
SHARED = ("plan__district__state", "indicator", "owner", "plan_product__product")


def _targets(*_asked: Any) -> Iterator[Row]:
    rows = Target.objects.filter(plan__status=Status.PUBLISHED)
    ordered = rows.order_by("plan__district__state__name", "plan__district__name", "pk")
    found = ordered.prefetch_related(*SHARED).iterator(chunk_size=TOGETHER)
    return by_some(found, _standing)


def _standing(targets: list[Target]) -> Iterator[Row]:
    figures = current_figures(target.line_id for target in targets)
    milestones = _milestones(targets)
    today = timezone.localdate()
    for target in targets:
        goal = target.goal_by(tuple(milestones.get(target.pk, ())))
        own = figures.get(target.line_id, [])
        yield Row(target, measure(goal, own, today))


def _milestones(targets: list[Target]) -> dict[int, list[tuple[date, int]]]:
    """As plain values: as things they would take longer than their targets."""
    rows = Milestone.objects.filter(target__in=targets).order_by("due_on")
    found: dict[int, list[tuple[date, int]]] = {}
    for target, due_on, value in rows.values_list("target", "due_on", "value"):
        found.setdefault(target, []).append((due_on, value))
    return found


TARGETS = Dataset(
    name="targets",
    title=_("Targets"),
    about=_(
        "The targets of the plans in force, from baseline to goal, with how each stands"
        " today by the figures filed. No figure is made up."
    ),
    columns=[
        *district_of("target.plan.district"),
        Column("plan", _("version of the plan"), NUMBER, "target.plan.number"),
        *TARGET_COLUMNS,
    ],
    rows=_targets,
)
