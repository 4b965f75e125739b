"""The districts of today with where their plans stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas, Place
from actionplans.filters import DistrictFilter
from actionplans.freshness import Freshness
from actionplans.stages import Stage
from districts.models import District
from portal.datasets import Column, Dataset, checked, in_both
from portal.kinds import ADDRESS, CODE, DAY, DEGREES, LIST, NUMBER, TEXT, YES_NO
from portal.periods import Quarter
from portal.terms import Role, Status

OFFICIAL = ("LGD", "LGD_2026", "ADARVMAPS", "OURS")


class Facts(NamedTuple):
    """What the register says of a district beside its name."""

    lgd_code: int | None
    headquarters: str
    latitude: float | None
    longitude: float | None
    since: dt.date | None


class Row(NamedTuple):
    """A living district with where it stands."""

    place: Place
    facts: Facts


def rows_of(places: Iterable[Place]) -> Iterator[Row]:
    """In the same order; one query."""
    known = District.objects.order_by().values_list("pk", *Facts._fields)
    facts = {key: Facts(*found) for key, *found in known}
    return (Row(place, facts[place.key]) for place in places)


def _districts(query: QueryDict | None = None) -> Iterator[Row]:
    filterset = DistrictFilter(query or QueryDict(), atlas=Atlas.current())
    return rows_of(checked(filterset).places)


def reached_on(stage: Stage) -> Callable[[Row], dt.date | None]:
    return lambda row: row.place.standing.reached.get(stage)


def code_of(quarter: Quarter | None) -> str | None:
    """2026-27 Q2, as machines sort it."""
    if quarter is None:
        return None
    year = quarter.financial_year
    return f"{year}-{(year + 1) % 100:02} Q{quarter.number}"


STAGES = [
    Column(f"{stage.slug}_on", meaning, DAY, reached_on(stage))
    for stage, meaning in (
        (Stage.IDENTIFIED, _("day on which products were identified")),
        (Stage.DRAFTED, _("day on which a draft was prepared")),
        (Stage.ADOPTED, _("day on which a plan was adopted")),
        (Stage.PUBLISHED, _("day on which a plan was published")),
        (Stage.REPORTING, _("day of the first report, while it reports")),
    )
]
OFFICES = [
    *in_both(
        "regional_authority",
        _("Regional Authority that answers for it"),
        "place.jurisdiction.ra.name",
    ),
    Column(
        "regional_authority_slug",
        _("its key in addresses"),
        CODE,
        "place.jurisdiction.ra.slug",
    ),
    Column(
        "is_provisional",
        _("that it answers is a guess"),
        YES_NO,
        "place.jurisdiction.is_provisional",
    ),
]
_STAGE = Column(
    "stage",
    _("furthest stage"),
    CODE,
    "place.standing.stage.slug",
    choices=Stage,
)
_FRESHNESS = Column(
    "freshness",
    _("freshness of the record"),
    CODE,
    "place.standing.freshness",
    choices=Freshness,
)
STANDING = [
    _STAGE,
    Column(
        "stages_reached",
        _("stages reached, also where the day is not recorded"),
        LIST,
        lambda row: [s.slug for s in Stage if s in row.place.standing.reached],
    ),
    *STAGES,
    Column("since", _("day from which it stands so"), DAY, "place.standing.since"),
    Column(
        "committee_on",
        _("day on which the committee was constituted"),
        DAY,
        "place.standing.committee_on",
    ),
    Column(
        "status",
        _("status of the plan in preparation"),
        CODE,
        "place.standing.status",
        choices=Status,
    ),
    Column(
        "holder",
        _("office in whose hands it is"),
        CODE,
        "place.standing.holder",
        choices=Role,
    ),
    _FRESHNESS,
    Column(
        "last_quarter",
        _("newest quarter reported"),
        CODE,
        lambda row: code_of(row.place.standing.last_quarter),
    ),
    Column("filed_on", _("day of the last report"), DAY, "place.standing.filed_on"),
    Column(
        "reports_filed",
        _("quarterly reports filed"),
        NUMBER,
        lambda row: row.place.standing.quarters[0],
    ),
    Column(
        "reports_owed",
        _("reports that fell due since the first publication"),
        NUMBER,
        lambda row: row.place.standing.quarters[1],
    ),
    Column(
        "figures_given",
        _("figures given in the report of the newest due quarter"),
        NUMBER,
        lambda row: _of_asked(row, 0),
    ),
    Column(
        "figures_asked",
        _("figures that it was asked for"),
        NUMBER,
        lambda row: _of_asked(row, 1),
    ),
]


def _of_asked(row: Row, which: int) -> int | None:
    figures = row.place.standing.figures
    return figures[which] if figures[1] else None


DISTRICTS = Dataset(
    name="districts",
    title=_("Districts"),
    about=_(
        "Every district of today with its codes, where its plan stands and since when,"
        " who holds it, how fresh its record is, and which office answers for it."
    ),
    sources=OFFICIAL,
    columns=[
        *in_both("state", _("State or Union Territory"), "place.state.name"),
        Column("state_code", _("ISO 3166-2 code"), CODE, "place.state.iso_code"),
        *in_both("name", _("name"), "place.name"),
        Column(
            "lgd_code",
            _("code of the Local Government Directory"),
            CODE,
            "facts.lgd_code",
        ),
        Column("address", _("page of the district"), ADDRESS, "place.href"),
        Column("headquarters", _("headquarters"), TEXT, "facts.headquarters"),
        Column("latitude", _("north"), DEGREES, "facts.latitude"),
        Column("longitude", _("east"), DEGREES, "facts.longitude"),
        Column(
            "formed_on",
            _("day on which it was formed; empty: before anything counted here"),
            DAY,
            "facts.since",
        ),
        *STANDING,
        *OFFICES,
    ],
    rows=_districts,
)
# A place where it is one of many facts.
WHERE = [
    *in_both("state", _("State or Union Territory"), "place.state.name"),
    *in_both("district", _("district"), "place.name"),
    Column("district_address", _("page of the district"), ADDRESS, "place.href"),
    _STAGE,
    _FRESHNESS,
]
