"""All that is public of one district."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actionplans import record
from actionplans.atlas import Atlas
from actionplans.changes import office_of
from actionplans.measures import targets_of
from actionplans.models import Plan
from actionplans.twins.columns import address_of
from actionplans.twins.interventions import ACTION_COLUMNS
from actionplans.twins.places import OFFICES, STANDING, Row, code_of, rows_of
from actionplans.twins.plans import EVENT_COLUMNS, PLANS, public_events
from actionplans.twins.readings import READINGS
from actionplans.twins.targets import TARGET_COLUMNS
from actionplans.views.district import get_district
from districts.datasets import FACTS, FIGURES, JURISDICTIONS
from districts.facts import Facts, Family
from districts.models import District, DistrictProduct, ProgrammeTag
from portal.datasets import Column, Record, in_both
from portal.kinds import ADDRESS, CODE, DAY, DEGREES, LIST, NUMBER, TEXT, YES_NO

OF_DISTRICT = [
    *in_both("name", _("name"), "name"),
    *in_both("state", _("State or Union Territory"), "state.name"),
    Column("lgd_code", _("code of the Local Government Directory"), CODE, "lgd_code"),
    Column("page", _("page of the district"), ADDRESS, address_of("")),
    Column("other_spellings", _("other spellings"), LIST, "alias_list"),
    Column("headquarters", _("headquarters"), TEXT, "headquarters"),
    Column("latitude", _("north"), DEGREES, "latitude"),
    Column("longitude", _("east"), DEGREES, "longitude"),
    Column(
        "formed_on",
        _("day on which it was formed; empty: before anything counted here"),
        DAY,
        "since",
    ),
    Column("ended_on", _("first day without it; empty: it lives"), DAY, "until"),
]
OF_RELATIVE = [
    Column(
        "relation", _("formed_from, took_in or went_into"), CODE, lambda row: row[0]
    ),
    Column("district", _("district"), TEXT, lambda row: row[1].name),
    Column("district_hi", _("the same in Hindi"), TEXT, lambda row: row[1].name_hi),
    Column(
        "page",
        _("page of the district"),
        ADDRESS,
        lambda row: row[1].get_absolute_url(),
    ),
]
OF_PRODUCT = [
    *in_both("product", _("product"), "place.product.name"),
    Column("product_slug", _("its key in addresses"), CODE, "place.product.slug"),
    Column(
        "hs_codes",
        _("codes of the Harmonized System 2022, our reading of the name"),
        LIST,
        "codes",
    ),
    Column(
        "gi_number",
        _("number of the geographical indication"),
        CODE,
        "place.product.gi_number",
    ),
    Column("schemes", _("schemes whose sources name it"), LIST, "schemes"),
    Column("is_in_plan", _("the plan in force is about it"), YES_NO, "is_in_plan"),
    Column("since", _("day on which it was identified"), DAY, "place.since"),
    Column("is_thrust", _("thrust product"), YES_NO, "place.is_thrust"),
    Column(
        "exported",
        _("export status"),
        CODE,
        "place.exported",
        choices=DistrictProduct.Exported,
    ),
    Column(
        "potential",
        _("export potential"),
        CODE,
        "place.potential",
        choices=DistrictProduct.Rating,
    ),
    Column(
        "potential_reason",
        _("reason for the rating"),
        TEXT,
        "place.potential_reason",
    ),
]
OF_REPORT = [
    Column("quarter", _("quarter"), CODE, lambda row: code_of(row.period)),
    Column("filed_on", _("filed on"), DAY, "filed_on"),
    Column("is_late", _("after it was due"), YES_NO, "is_late"),
    Column(
        "office", _("office that filed it"), TEXT, lambda row: office_of(row.filed_by)
    ),
    Column("figures_given", _("figures given, a nil included"), NUMBER, "given"),
    Column("figures_asked", _("figures that it was asked for"), NUMBER, "asked"),
    Column("done", _("what was done"), TEXT, "done"),
]
OF_COMMITTEE = [
    Column("name", _("local name"), TEXT, "committee.local_name"),
    Column("order_number", _("order number"), TEXT, "committee.order_number"),
    Column("constituted_on", _("constituted on"), DAY, "committee.constituted_on"),
    Column(
        "months_between",
        _("months between meetings; empty: not set"),
        NUMBER,
        "committee.months_between",
    ),
    Column("last_meeting", _("number of the last meeting"), NUMBER, "last_number"),
    Column("last_met_on", _("day of the last meeting"), DAY, "last_on"),
]
OF_SEAT = [
    Column("number", _("number of the seat"), NUMBER, "number"),
    Column("seat", _("seat"), TEXT, str),
    Column("office", _("office that holds it"), TEXT, "office"),
    Column("vacant_since", _("vacant since"), DAY, "vacant_since"),
]
OF_TAG = [
    Column("tag", _("programme"), CODE, "tag", choices=ProgrammeTag.Tag),
    Column("since", _("since"), DAY, "since"),
    Column("source", _("source"), TEXT, "source"),
]
OF_CONTACT = [
    *in_both("office", _("Regional Authority"), "name"),
    Column("office_slug", _("its key in addresses"), CODE, "slug"),
    Column("city", _("city"), TEXT, "city"),
    Column("email", _("e-mail of the office; empty: not recorded"), TEXT, "email"),
]


def _gather(_query: QueryDict, state: str, district: str) -> dict[str, Any]:
    place, atlas = get_district(state, district), Atlas.current()
    facts = atlas.once("facts", Facts.gather)
    plan = Plan.objects.whole().in_force().filter(district=place).first()
    here = _standing(place, atlas)
    board = record.board(place)
    held = here.place.jurisdiction if here else None
    return {
        "district": place,
        "family": list(_family(facts.family(place))),
        "standing": here,
        "contact": held.ra if held else None,
        "tags": facts.tags.get(place.pk, []),
        "products": record.product_lines(place, plan, facts),
        "facts": FACTS.among(place__district=place, place__until=None),
        "export_figures": FIGURES.among(district=place),
        "plans": PLANS.among(district=place),
        "targets": targets_of(plan) if plan else [],
        "readings": READINGS.among(plan__district=place),
        "interventions": record.action_lines(plan) if plan else [],
        "steps": list(public_events().filter(plan__district=place)),
        "reports": _reports(place),
        "committee": board,
        "seats": list(board.committee.seats.all()) if board else [],
        "jurisdictions": JURISDICTIONS.among(district=place),
    }


def _standing(place: District, atlas: Atlas) -> Row | None:
    """Where it stands today; None of a district that is no more, or not yet."""
    found = atlas.where(lambda other: other.key == place.pk)
    return next(rows_of(found), None)


def _family(family: Family) -> Iterator[tuple[str, District]]:
    for relation in ("formed_from", "took_in", "went_into"):
        for other in getattr(family, relation):
            yield relation, other


def _reports(place: District) -> list[Any]:
    rows = place.reports.filter(filed_on__isnull=False)
    return list(rows.select_related("filed_by__ra"))


DISTRICT = Record(
    name="district",
    title=_("One district"),
    about=_(
        "All that is public of a district: where it stands, what it makes, its plan in"
        " force with targets, readings and interventions, its reports, its committee by"
        " offices, and which office to ask."
    ),
    parts={
        "district": OF_DISTRICT,
        "family": OF_RELATIVE,
        "standing": [*STANDING, *OFFICES],
        "contact": OF_CONTACT,
        "tags": OF_TAG,
        "products": OF_PRODUCT,
        "facts": FACTS.columns,
        "export_figures": FIGURES.columns,
        "plans": PLANS.columns,
        "targets": TARGET_COLUMNS,
        "readings": READINGS.columns,
        "interventions": ACTION_COLUMNS,
        "steps": EVENT_COLUMNS,
        "reports": OF_REPORT,
        "committee": OF_COMMITTEE,
        "seats": OF_SEAT,
        "jurisdictions": JURISDICTIONS.columns,
    },
    gather=_gather,
)
