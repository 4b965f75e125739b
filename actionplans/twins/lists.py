"""The other lists: consultations, sources."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actionplans.consultations import (
    closed_last_first,
    open_first,
    phase,
)
from actionplans.models import Consultation
from actionplans.twins.columns import district_of
from portal.datasets import Column, Dataset
from portal.kinds import ADDRESS, CODE, DAY, NUMBER, TEXT
from portal.views import read_sources


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
