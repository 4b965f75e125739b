"""States and Regional Authorities with the counts of their districts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas
from actionplans.freshness import Freshness
from actionplans.stages import Stage
from actionplans.twins.places import OFFICIAL
from actionplans.views.offices import Office, offices_of
from actionplans.views.overview import Overview, country
from districts.models import State
from portal.datasets import Column, Dataset, in_both
from portal.kinds import ADDRESS, CODE, DAY, NUMBER, TEXT, YES_NO


class Counted(NamedTuple):
    """A State with the counts of its districts."""

    state: State
    overview: Overview


def _count(name: str, meaning: Any, read: Callable[[Overview], int]) -> Column:
    """What nobody recorded is not known to be nought: pages show a dash for it."""
    return Column(name, meaning, NUMBER, lambda row: read(row.overview) or None)


def _reached(stage: Stage) -> Callable[[Overview], int]:
    return lambda overview: overview.funnel.reached[stage]


def _as_fresh(word: Freshness) -> Callable[[Overview], int]:
    return lambda overview: overview.funnel.fresh[word]


_STAGES = {
    Stage.IDENTIFIED: _("districts with products identified"),
    Stage.DRAFTED: _("districts with a draft prepared"),
    Stage.ADOPTED: _("districts with an adopted plan"),
    Stage.PUBLISHED: _("districts with a published plan"),
    Stage.REPORTING: _("districts that report progress"),
}
_FRESHNESS = {
    Freshness.FRESH: _("districts whose record is fresh"),
    Freshness.AGEING: _("districts whose record is ageing"),
    Freshness.STALE: _("districts whose record is stale"),
    Freshness.NEVER: _("districts that never reported"),
}
COUNTS = [
    Column("districts", _("districts"), NUMBER, "overview.total.number"),
    *[
        _count(stage.slug, meaning, _reached(stage))
        for stage, meaning in _STAGES.items()
    ],
    *[
        _count(word.value, meaning, _as_fresh(word))
        for word, meaning in _FRESHNESS.items()
    ],
    Column(
        "figures_given",
        _("figures given in the reports of the newest due quarter"),
        NUMBER,
        lambda row: row.overview.figures.given if row.overview.figures.asked else None,
    ),
    _count(
        "figures_asked",
        _("figures that these reports were asked for"),
        lambda its: its.figures.asked,
    ),
    _count(
        "committees",
        _("districts with a committee on record"),
        lambda its: its.committees.number,
    ),
    _count(
        "drafts_waiting",
        _("districts whose draft waits for adoption"),
        lambda its: its.waiting.number,
    ),
    Column(
        "median_days",
        _("days that half of these have waited, or more"),
        NUMBER,
        "overview.funnel.median_wait",
    ),
    Column("filed_on", _("day of the last report"), DAY, "overview.filed_on"),
]


def _states(*_asked: Any) -> Iterator[Counted]:
    return (Counted(*row) for row in country(Atlas.current()).states)


STATES = Dataset(
    name="states",
    title=_("States and Union Territories"),
    about=_(
        "How many districts of each State have reached which stage, and how fresh their"
        " record is. Empty: nobody recorded any."
    ),
    sources=OFFICIAL,
    columns=[
        *in_both("name", _("name"), "state.name"),
        Column("iso_code", _("ISO 3166-2 code"), CODE, "state.iso_code"),
        Column(
            "lgd_code",
            _("code of the Local Government Directory"),
            CODE,
            "state.lgd_code",
        ),
        Column(
            "kind",
            _("State or Union Territory"),
            CODE,
            "state.kind",
            choices=State.Kind,
        ),
        Column("capital", _("capital"), TEXT, "state.capital"),
        Column(
            "address",
            _("page of the State"),
            ADDRESS,
            lambda row: row.state.get_absolute_url(),
        ),
        *COUNTS,
    ],
    rows=_states,
)


def _authorities(*_asked: Any) -> list[Office]:
    return offices_of(Atlas.current())


AUTHORITIES = Dataset(
    name="regional-authorities",
    title=_("Regional Authorities"),
    about=_(
        "The offices of DGFT, how many districts each answers for, and how current it"
        " keeps them. Empty: nobody recorded any."
    ),
    sources=("DGFT_OFFICES", "OURS"),
    columns=[
        *in_both("name", _("name"), "ra.name"),
        Column("city", _("city"), TEXT, "ra.city"),
        *in_both("state", _("State or Union Territory"), "ra.state.name"),
        Column("email", _("e-mail of the office"), TEXT, "ra.email"),
        Column(
            "address",
            _("page of the Regional Authority"),
            ADDRESS,
            lambda row: row.ra.get_absolute_url(),
        ),
        Column(
            "is_provisional",
            _("its districts are partly a guess"),
            YES_NO,
            "is_provisional",
        ),
        *COUNTS,
    ],
    rows=_authorities,
)
