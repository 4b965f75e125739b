"""All that is public of one State, one Regional Authority, one product."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas
from actionplans.twins.columns import district_of
from actionplans.twins.offices import AUTHORITIES, STATES, Counted
from actionplans.twins.places import DISTRICTS, rows_of
from actionplans.views.offices import Office, is_provisional
from actionplans.views.overview import overview
from actionplans.views.products import makers_of, product_shown, targets_on
from districts.datasets import FIGURES, PRODUCT_COLUMNS
from districts.models import GIRegistration, RegionalAuthority, State
from districts.views import naming_districts
from portal.datasets import (
    CODE,
    DAY,
    LIST,
    MEASURE,
    NUMBER,
    TEXT,
    Column,
    Record,
    in_both,
)


def _state(_query: QueryDict, slug: str) -> dict[str, Any]:
    place = get_object_or_404(State, slug=slug)
    every = Atlas.current().within(place)
    return {
        "state": Counted(place, overview(every, state=place.slug)),
        "districts": list(rows_of(every)),
        "export_figures": FIGURES.among(state=place, district=None),
    }


STATE = Record(
    name="state",
    title=_("One State"),
    about=_("The counts of its districts, each of them, and figures reported of it."),
    parts={
        "state": STATES.columns,
        "districts": DISTRICTS.columns,
        "export_figures": FIGURES.columns,
    },
    gather=_state,
)


def _authority(_query: QueryDict, slug: str) -> dict[str, Any]:
    rows = RegionalAuthority.objects.select_related("state")
    ra = get_object_or_404(rows, slug=slug)
    every = Atlas.current().under(ra)
    return {
        "regional_authority": Office(
            ra, str(ra), overview(every, ra=ra.slug), is_provisional(every)
        ),
        "districts": list(rows_of(every)),
    }


AUTHORITY = Record(
    name="regional-authority",
    title=_("One Regional Authority"),
    about=_("The counts of its districts, and each of them."),
    parts={
        "regional_authority": AUTHORITIES.columns,
        "districts": DISTRICTS.columns,
    },
    gather=_authority,
)

MAKER = [
    *in_both("state", _("State or Union Territory"), "place.state.name"),
    *in_both("district", _("district"), "place.name"),
    Column(
        "wordings",
        _("wordings of the sources, each with its schemes"),
        LIST,
        lambda row: [
            f"{wording} ({', '.join(schemes)})"
            for wording, schemes in row.wordings.items()
        ],
    ),
    *[
        column
        for column in DISTRICTS.columns
        if column.name in {"stage", "freshness", "address"}
    ],
]
TARGET = [
    *district_of("plan.district"),
    *in_both("indicator", _("indicator"), "indicator.name"),
    Column("unit", _("unit"), TEXT, "indicator.unit"),
    Column("baseline", _("baseline"), MEASURE, "baseline"),
    Column("goal", _("goal"), MEASURE, "goal"),
    Column("due_on", _("reached by"), DAY, "due_on"),
]
CODES = [
    Column("code", _("HS code"), CODE, "code"),
    Column("description", _("description, in English"), TEXT, "description"),
]
INDICATION = [
    Column("number", _("registration number"), CODE, "number"),
    Column("name", _("name"), TEXT, "name"),
    Column(
        "states",
        _("States it belongs to"),
        LIST,
        lambda row: [state.name for state in row.states.all()],
    ),
]
VARIETY = [
    *in_both("name", _("name"), "name"),
    Column("slug", _("key in addresses"), CODE, "slug"),
    Column("districts", _("districts that name it"), NUMBER, "district_count"),
]


def _product(_query: QueryDict, slug: str) -> dict[str, Any]:
    shown = product_shown(slug)
    registered = GIRegistration.objects.filter(number=shown.gi_number or 0)
    return {
        "product": shown,
        "hs_codes": list(shown.hs_codes.all()),
        "districts": makers_of(shown, Atlas.current()),
        "targets": targets_on(shown),
        "varieties": list(shown.varieties.annotate(district_count=naming_districts())),
        "indications": list(registered.prefetch_related("states")),
    }


PRODUCT = Record(
    name="product",
    title=_("One product"),
    about=_(
        "Its names and codes, the districts that name it in the words of their sources,"
        " targets on it in the plans in force, its varieties and indications."
    ),
    parts={
        "product": PRODUCT_COLUMNS,
        "hs_codes": CODES,
        "districts": MAKER,
        "targets": TARGET,
        "varieties": VARIETY,
        "indications": INDICATION,
    },
    gather=_product,
)
