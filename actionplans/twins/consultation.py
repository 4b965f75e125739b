"""A draft that everybody may read, as it was frozen, and what was said of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.changes import office_of
from actionplans.consultations import (
    Phase,
    of_district,
    phase,
    shown_comments,
    tally,
)
from actionplans.models import Bottleneck, Consultation, ConsultationComment
from actionplans.views.consultation import chosen_among
from actionplans.views.district import get_district
from portal.datasets import Column, Record, plain
from portal.kinds import CODE, DAY, KEY, LIST, MEASURE, NUMBER, RUPEES, TEXT
from portal.terms import Status


def _at(key: str) -> Callable[[dict[str, Any]], Any]:
    """What the frozen copy has under the key, where an empty text means unknown."""
    return lambda row: None if row[key] == "" else row[key]


CONSULTATION_COLUMNS = [
    Column("opens_on", _("first day"), DAY, "opens_on"),
    Column("closes_on", _("last day"), DAY, "closes_on"),
    Column("phase", _("where it stands today"), CODE, lambda row: phase(row).value),
    Column("year_from", _("first financial year"), NUMBER, "plan.year_from"),
    Column("year_to", _("last financial year"), NUMBER, "plan.year_to"),
    Column(
        "plan_status",
        _("where the plan stands today"),
        CODE,
        "plan.status",
        choices=Status,
    ),
    Column(
        "frozen_on",
        _("day on which the draft stood so"),
        DAY,
        lambda row: timezone.localdate(row.event.recorded_at),
    ),
    Column("sha256", _("SHA-256 of the frozen copy"), CODE, "sha256"),
]
TALLY = [
    Column(name, meaning, NUMBER, name)
    for name, meaning in (
        ("received", _("comments received")),
        ("waiting", _("comments that wait to be read")),
        ("shown", _("comments shown")),
        ("hidden", _("comments hidden")),
        ("taken_up", _("taken up")),
        ("in_part", _("taken up in part")),
        ("not_taken", _("not taken up")),
    )
]
SECTION = [
    Column("number", _("number of the section"), NUMBER, _at("code")),
    Column("text", _("text"), TEXT, _at("body")),
    Column("not_applicable", _("why it does not apply"), TEXT, _at("not_applicable")),
]
PRODUCT = [
    Column("line", _("key of the product, through all versions"), KEY, _at("line")),
    Column("product", _("product"), TEXT, _at("name")),
    Column("product_slug", _("its key in addresses"), CODE, _at("product")),
]
_OF = Column(
    "product_slug", _("key of the product; empty: whole district"), CODE, _at("product")
)
TARGET = [
    Column("line", _("key of the target, through all versions"), KEY, _at("line")),
    _OF,
    Column("indicator", _("indicator"), TEXT, _at("name")),
    Column("unit", _("unit"), TEXT, _at("unit")),
    Column("baseline", _("baseline"), MEASURE, _at("baseline")),
    Column("baseline_on", _("baseline as on"), DAY, _at("baseline_on")),
    Column(
        "baseline_source", _("source of the baseline"), TEXT, _at("baseline_source")
    ),
    Column("goal", _("goal"), MEASURE, _at("goal")),
    Column("due_on", _("reached by"), DAY, _at("due_on")),
    Column("owner", _("owner agency"), TEXT, _at("owner")),
    Column("verification", _("means of verification"), TEXT, _at("verification")),
    Column("explanation", _("what is said on the goal"), TEXT, _at("explanation")),
]
BOTTLENECK = [
    Column("line", _("key of the bottleneck, through all versions"), KEY, _at("line")),
    _OF,
    Column(
        "category",
        _("category"),
        CODE,
        _at("category"),
        choices=Bottleneck.Category,
    ),
    Column(
        "severity",
        _("severity"),
        CODE,
        _at("severity"),
        choices=Bottleneck.Severity,
    ),
    Column("text", _("what stands in the way"), TEXT, _at("text")),
    Column("unblock", _("what would unblock it"), TEXT, _at("unblock")),
    Column("unblocker", _("who can"), TEXT, _at("unblocker")),
]
ACTION = [
    Column(
        "line", _("key of the intervention, through all versions"), KEY, _at("line")
    ),
    _OF,
    Column("action", _("what will be done"), TEXT, _at("action")),
    Column(
        "bottleneck", _("key of the bottleneck it is against"), KEY, _at("bottleneck")
    ),
    Column("targets", _("keys of the targets it is for"), LIST, _at("targets")),
    Column("lead", _("lead agency"), TEXT, _at("lead")),
    Column("supporting", _("supporting agencies"), LIST, _at("supporting")),
    Column("start_on", _("start"), DAY, _at("start_on")),
    Column("due_on", _("due"), DAY, _at("due_on")),
    Column("budget", _("budget"), RUPEES, _at("budget")),
    Column("fund_source", _("fund source"), TEXT, _at("fund_source")),
]
COMMENT = [
    Column("section", _("number of the section"), NUMBER, "section"),
    Column(
        "standing",
        _("as whom"),
        CODE,
        "standing",
        choices=ConsultationComment.Standing,
    ),
    Column(
        "office",
        _("office that spoke, if one did"),
        TEXT,
        lambda row: office_of(row.said_by),
    ),
    Column(
        "received_on",
        _("day on which it came"),
        DAY,
        lambda row: timezone.localdate(row.received_at),
    ),
    Column("text", _("comment"), TEXT, "text"),
    Column(
        "outcome",
        _("what became of it"),
        CODE,
        "outcome",
        choices=ConsultationComment.Outcome,
    ),
    Column("answer", _("answer of the district"), TEXT, "answer"),
]
DRAFT = {
    "sections": SECTION,
    "products": PRODUCT,
    "targets": TARGET,
    "bottlenecks": BOTTLENECK,
    "interventions": ACTION,
}
PARTS = {
    "consultation": CONSULTATION_COLUMNS,
    "tally": TALLY,
    "comments": COMMENT,
    **DRAFT,
}


def _gather(query: QueryDict, state: str, district: str) -> dict[str, Any]:
    """Nothing of the draft before its first day, no tally before its last."""
    chosen = chosen_among(of_district(get_district(state, district)), query.get("n"))
    found = {**dict.fromkeys(PARTS), "consultation": chosen}
    now = phase(chosen)
    if now == Phase.UPCOMING:
        return found
    counts = None if now == Phase.OPEN else tally(chosen)
    return {
        **found,
        "tally": counts,
        "comments": list(shown_comments(chosen)),
        **_draft(chosen),
    }


def _draft(chosen: Consultation) -> dict[str, Any]:
    contents = json.loads(chosen.body)
    return {
        part: [plain(columns, row) for row in contents[part]]
        for part, columns in DRAFT.items()
    }


CONSULTATION = Record(
    name="consultation",
    title=_("One consultation"),
    about=_(
        "The draft as it was frozen on opening, the comments that everybody may read,"
        " and what became of them."
    ),
    parts=PARTS,
    gather=_gather,
)
