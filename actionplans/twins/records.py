"""All that is public of one State, one Regional Authority."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas
from actionplans.twins.offices import AUTHORITIES, STATES, Counted
from actionplans.twins.places import DISTRICTS, rows_of
from actionplans.views.offices import Office, is_provisional
from actionplans.views.overview import overview
from districts.datasets import FIGURES
from districts.models import RegionalAuthority, State
from portal.datasets import Record


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
