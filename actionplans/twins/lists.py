"""The other lists: what a search finds, consultations, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actionplans.consultations import (
    closed_last_first,
    open_first,
    phase,
)
from actionplans.freshness import Freshness
from actionplans.models import Consultation
from actionplans.stages import Stage
from actionplans.twins.columns import district_of
from actionplans.views.search import Find, grouped
from districts.search import Kind, search
from portal.datasets import (
    ADDRESS,
    CODE,
    DAY,
    NUMBER,
    TEXT,
    Column,
    Dataset,
    in_both,
)
from portal.views import read_sources

# More than can ever be found.
EVERY = 100_000


def _finds(query: QueryDict | None = None) -> Iterator[Find]:
    """Kind by kind, the kind with the best find first, as the page shows them."""
    question = (query or QueryDict()).get("q", "").strip()
    groups = grouped(search(question, EVERY))
    return chain.from_iterable(group.rows for group in groups)


def _page_of(find: Find) -> str:
    entry = find.hit.entry
    return entry.url or reverse("products", query={"hs": entry.key})


SEARCH = Dataset(
    name="search",
    title=_("Search"),
    about=_(
        "All that a search finds, best first within each kind: districts, products,"
        " codes, offices and States. Ask with q."
    ),
    sources=("LGD", "OURS", "HS_2022"),
    columns=[
        Column("kind", _("kind"), CODE, "hit.entry.kind", choices=Kind),
        Column("name", _("name"), TEXT, "hit.entry.title"),
        Column("name_hi", _("the same in Hindi"), TEXT, "hit.entry.title_hi"),
        Column("found_as", _("name by which it was found"), TEXT, "hit.name"),
        *in_both("detail", _("State, sector or description"), "hit.entry.detail"),
        Column("address", _("its page"), ADDRESS, _page_of),
        Column(
            "districts", _("districts that name the product"), NUMBER, "district_count"
        ),
        Column(
            "stage",
            _("furthest stage of the district"),
            CODE,
            "standing.stage.slug",
            choices=Stage,
        ),
        Column(
            "freshness",
            _("freshness of its record"),
            CODE,
            "standing.freshness",
            choices=Freshness,
        ),
    ],
    rows=_finds,
)


def _consultations(*_asked: Any) -> Iterable[Consultation]:
    return chain(open_first().iterator(), closed_last_first().iterator())


def consultation_page(row: Any) -> str:
    place = row.plan.district
    way = [place.state.slug, place.slug]
    return reverse("consultation", args=way, query={"n": row.number})


CONSULTATIONS = Dataset(
    name="consultations",
    title=_("Consultations"),
    about=_("Drafts that everybody may read and comment on, and those that were so."),
    columns=[
        *district_of("plan.district"),
        Column("year_from", _("first financial year"), NUMBER, "plan.year_from"),
        Column("year_to", _("last financial year"), NUMBER, "plan.year_to"),
        Column("opens_on", _("first day"), DAY, "opens_on"),
        Column("closes_on", _("last day"), DAY, "closes_on"),
        Column("phase", _("where it stands today"), CODE, lambda row: phase(row).value),
        Column("address", _("its page"), ADDRESS, consultation_page),
    ],
    rows=_consultations,
)

SOURCES = Dataset(
    name="sources",
    title=_("Sources and licences"),
    about=_("What is not recorded here by an office, from whom, under which licence."),
    sources=("OURS",),
    columns=[
        Column("code", _("code of the source"), CODE, lambda row: row["code"]),
        Column("title", _("title"), TEXT, lambda row: row["title"]),
        Column("publisher", _("publisher"), TEXT, lambda row: row["publisher"]),
        Column("licence", _("licence"), TEXT, lambda row: row["licence"]),
        Column("taken", _("what is taken from it"), TEXT, lambda row: row["taken"]),
        Column("dated", _("date"), TEXT, lambda row: row["dated"]),
        Column("url", _("address"), TEXT, lambda row: row["url"]),
    ],
    rows=lambda *_asked: read_sources(),
)
