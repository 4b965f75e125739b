"""What the plans in force say will be done, and what was last reported of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from actionplans.interventions import ActionLine, lines_of
from actionplans.models import ActionStatus, Intervention
from actionplans.twins.batches import TOGETHER, by_some
from actionplans.twins.columns import district_of
from actionplans.twins.readings import quarter_of
from portal.datasets import Column, Dataset, in_both
from portal.kinds import CODE, DAY, KEY, LIST, NUMBER, RUPEES, TEXT, YES_NO
from portal.terms import Status

ACTION_COLUMNS = [
    Column(
        "line",
        _("key of the intervention, through all versions"),
        KEY,
        "intervention.line_id",
    ),
    *in_both(
        "product",
        _("product; empty: whole district"),
        "intervention.plan_product.product.name",
    ),
    Column("action", _("what will be done"), TEXT, "intervention.action"),
    Column(
        "bottleneck",
        _("key of the bottleneck it is against"),
        KEY,
        "intervention.bottleneck.line_id",
    ),
    Column(
        "targets",
        _("keys of the targets it is for"),
        LIST,
        lambda row: [str(t.line_id) for t in row.intervention.targets.all()],
    ),
    *in_both("lead", _("lead agency"), "intervention.lead.name"),
    Column(
        "supporting",
        _("supporting agencies"),
        LIST,
        lambda row: [agency.name for agency in row.intervention.supporting.all()],
    ),
    Column("start_on", _("start"), DAY, "intervention.start_on"),
    Column("due_on", _("due, after all that moved it"), DAY, "moves.due_on"),
    Column("first_due_on", _("due, as first adopted"), DAY, "moves.first"),
    Column("due_moved", _("why the due date moved last"), TEXT, "moves.reason"),
    Column("budget", _("budget"), RUPEES, "intervention.budget"),
    Column("fund_source", _("fund source"), TEXT, "intervention.fund_source.name"),
    Column("status", _("status"), CODE, "status", choices=ActionStatus),
    Column("is_overdue", _("overdue"), YES_NO, "is_overdue"),
    Column(
        "quarter",
        _("quarter of the last update; empty: none"),
        CODE,
        lambda row: row.update and quarter_of(row.update.quarter),
    ),
    Column("percent", _("per cent done"), NUMBER, "update.percent"),
    Column("released", _("released"), RUPEES, "update.released"),
    Column("spent", _("spent"), RUPEES, "update.spent"),
]


# Fetched apart: many interventions share a plan, a district, an agency.
SHARED = (
    *("plan__district__state", "plan_product__product", "bottleneck", "lead"),
    *("fund_source", "supporting", "targets"),
)


def _interventions(*_asked: Any) -> Iterator[ActionLine]:
    rows = Intervention.objects.filter(plan__status=Status.PUBLISHED)
    ordered = rows.order_by("plan__district__state__name", "plan__district__name", "pk")
    found = ordered.prefetch_related(*SHARED).iterator(chunk_size=TOGETHER)
    return by_some(found, lines_of)


INTERVENTIONS = Dataset(
    name="interventions",
    title=_("Interventions"),
    about=_(
        "What the plans in force say will be done, by whom, by when and with what"
        " money, with the last that was reported of it."
    ),
    columns=[
        *district_of("intervention.plan.district"),
        Column("plan", _("version of the plan"), NUMBER, "intervention.plan.number"),
        *ACTION_COLUMNS,
    ],
    rows=_interventions,
)
