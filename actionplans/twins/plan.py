"""One version of a plan with all its parts, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans import history, record
from actionplans.diff import Diff, FieldChange
from actionplans.measures import targets_of
from actionplans.models import Bottleneck, Plan
from actionplans.old_plans import recorded
from actionplans.templatetags.amendments import errata_of
from actionplans.ties import tie
from actionplans.twins.interventions import ACTION_COLUMNS
from actionplans.twins.plans import PLANS
from actionplans.twins.readings import READINGS
from actionplans.twins.targets import TARGET_COLUMNS
from actionplans.views.changes import versions_of, what_changed
from actionplans.views.district import get_district
from actionplans.views.plan import shown_plan
from portal.datasets import Column, Record, in_both
from portal.kinds import ADDRESS, CODE, DAY, KEY, NUMBER, TEXT
from portal.numbers import whole_of
from portal.terms import Action, Status

SECTION = [
    Column("number", _("number of the section"), NUMBER, "code"),
    Column("section", _("section"), TEXT, str),
    Column("text", _("text"), TEXT, "body"),
    Column("not_applicable", _("why it does not apply"), TEXT, "not_applicable"),
]
PRODUCT = [
    Column("line", _("key of the product, through all versions"), KEY, "line_id"),
    *in_both("product", _("product"), "product.name"),
    Column("product_slug", _("its key in addresses"), CODE, "product.slug"),
]
BOTTLENECK = [
    Column("line", _("key of the bottleneck, through all versions"), KEY, "line_id"),
    *in_both(
        "product", _("product; empty: whole district"), "plan_product.product.name"
    ),
    Column("category", _("category"), CODE, "category", choices=Bottleneck.Category),
    Column("severity", _("severity"), CODE, "severity", choices=Bottleneck.Severity),
    Column("text", _("what stands in the way"), TEXT, "text"),
    Column("unblock", _("what would unblock it"), TEXT, "unblock"),
    *in_both("unblocker", _("who can"), "unblocker.name"),
]
ADOPTION = [
    Column("adopted_on", _("adopted on"), DAY, "event.effective_on"),
    Column("order_number", _("order number"), TEXT, "event.order_number"),
    Column("meeting", _("number of the meeting"), NUMBER, "meeting.number"),
    Column("seats_present", _("seats present"), NUMBER, "present"),
    Column("seats", _("seats called"), NUMBER, "seats"),
    Column("decision", _("number of the decision"), NUMBER, "event.decision.number"),
    Column("dissent", _("dissent, if any"), TEXT, "event.decision.dissent"),
    Column("notified_on", _("notified on"), DAY, "notified.effective_on"),
    Column("notification", _("order that notifies it"), TEXT, "notified.order_number"),
]
ERRATUM = [
    Column("section", _("number of the section"), NUMBER, "section"),
    Column("wrong", _("the plan says"), TEXT, "wrong"),
    Column("right", _("it should say"), TEXT, "right"),
    Column("reason", _("reason"), TEXT, "reason"),
    Column(
        "confirmed_on",
        _("day on which another office confirmed it"),
        DAY,
        lambda row: row.decided_at and timezone.localdate(row.decided_at),
    ),
]
DOCUMENT = [
    Column("title", _("title"), TEXT, "title"),
    Column("sha256", _("SHA-256 of the file"), CODE, "sha256"),
    Column(
        "page",
        _("address of the file"),
        ADDRESS,
        lambda row: reverse("public-document", args=[row.sha256]),
    ),
]
ANNULMENT = [
    Column("on", _("annulled on"), DAY, "effective_on"),
    Column("reason", _("reason"), TEXT, "note"),
]
PARTS = {
    "plan": PLANS.columns,
    "annulment": ANNULMENT,
    "document": DOCUMENT,
    "adoption": ADOPTION,
    "products": PRODUCT,
    "targets": TARGET_COLUMNS,
    "readings": READINGS.columns,
    "bottlenecks": BOTTLENECK,
    "interventions": ACTION_COLUMNS,
    "sections": SECTION,
    "errata": ERRATUM,
    "versions": PLANS.columns,
}


def _plan(
    _query: QueryDict, state: str, district: str, number: int | None = None
) -> dict[str, Any]:
    """Of one that was annulled, or is here as a document, none of what it says."""
    shown = shown_plan(state, district, number)
    found = {
        **dict.fromkeys(PARTS),
        "plan": PLANS.among(pk=shown.pk)[0],
        "versions": PLANS.among(district=shown.district),
    }
    if shown.status == Status.ANNULLED:
        return {**found, "annulment": history.latest(shown, Action.ANNUL)}
    if not shown.structured:
        return {**found, **_document(shown)}
    return {**found, **_parts(shown)}


def _document(plan: Plan) -> dict[str, Any]:
    """The document only if it is released."""
    found = recorded(plan)
    adoption = record.AdoptionRecord(
        event=found.adoption, meeting=None, present=0, seats=0, notified=None, seal=None
    )
    return {"adoption": adoption, "document": found.document}


def _parts(plan: Plan) -> dict[str, Any]:
    tie(plan)
    lines = [target.line_id for target in plan.targets.all()]
    return {
        "adoption": record.adoption_record(plan),
        "products": list(plan.products.all()),
        "targets": targets_of(plan),
        "readings": READINGS.among(line__in=lines),
        "bottlenecks": list(plan.bottlenecks.all()),
        "interventions": record.action_lines(plan),
        "sections": list(plan.sections.all()),
        "errata": errata_of(plan),
    }


PLAN = Record(
    name="plan",
    title=_("One plan"),
    about=_(
        "A version of a plan as adopted: its products, targets with how they stand,"
        " readings, bottlenecks, interventions, eleven sections, adoption and errata."
        " Of a plan that was annulled, or is here as a document only, just that."
    ),
    parts=PARTS,
    gather=_plan,
)


class Said(NamedTuple):
    """A field that another version says otherwise, and where it stands."""

    section: str
    kind: str
    row: str
    about: str
    field: FieldChange


CHANGE = [
    Column("section", _("section; empty: the head of the plan"), TEXT, "section"),
    Column("kind", _("added, removed or changed"), CODE, "kind"),
    Column("row", _("row in which it stands; empty: the text itself"), TEXT, "row"),
    Column("about", _("what the row is about"), TEXT, "about"),
    Column("field", _("field"), TEXT, "field.label"),
    Column("before", _("what it said before"), TEXT, "field.before"),
    Column("after", _("what it says now"), TEXT, "field.after"),
    Column("difference", _("by how much an amount moved"), TEXT, "field.difference"),
]


def _changes(
    query: QueryDict, state: str, district: str, number: int
) -> dict[str, Any]:
    """`to` names another version, as on the page."""
    place = get_district(state, district)
    wanted = whole_of(query.get("to", ""))
    _known, shown, other = versions_of(
        place, number if wanted is None else wanted, query
    )
    diff = what_changed(other, shown)
    return {
        "plan": PLANS.among(pk=shown.pk)[0],
        "compared_with": PLANS.among(pk=other.pk)[0] if other else None,
        "changes": list(_said(diff)) if diff else [],
    }


def _said(diff: Diff) -> Iterator[Said]:
    for field in diff.head:
        yield Said("", "changed", "", "", field)
    for section in diff.sections:
        name = str(section.code.label)
        for field in section.text:
            yield Said(name, "changed", "", "", field)
        for row in section.rows:
            for field in row.fields:
                yield Said(name, row.kind.value, row.title, row.about, field)


CHANGES = Record(
    name="plan-changes",
    title=_("What a version changed"),
    about=_("What one version of a plan says otherwise than another, field by field."),
    parts={"plan": PLANS.columns, "compared_with": PLANS.columns, "changes": CHANGE},
    gather=_changes,
)
