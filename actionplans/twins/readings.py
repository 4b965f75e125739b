"""The figures that districts have filed: the longest table, read straight through."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from actionplans.corrected_figures import VERIFIERS
from actionplans.models import Target, WhyNot
from actionplans.models.target import TargetQuerySet
from actionplans.progress import FigureState, Kind
from actionplans.twins.places import code_of
from districts.columns import of_district
from portal.datasets import (
    CODE,
    DAY,
    KEY,
    MEASURE,
    MOMENT,
    TEXT,
    YES_NO,
    Column,
    Table,
    in_both,
)
from portal.periods import Quarter
from portal.terms import PUBLIC


def public_plans(way: str = "") -> Q:
    """What everybody may read with its structure; `way` leads from a part to it.

    What is typed of a plan that is here as a document is for the desk only.
    """
    return Q(**{f"{way}status__in": PUBLIC, f"{way}structured": True})


def _filed(*_asked: Any) -> TargetQuerySet:
    """A row for each current reading, beside what its line says in its last version."""
    later = Target.objects.filter(
        public_plans("plan__"),
        line=OuterRef("line"),
        plan__number__gt=OuterRef("plan__number"),
    )
    # By target, as they lie in the database: sorting them all would take a second.
    return Target.objects.filter(
        public_plans("plan__"),
        ~Exists(later.order_by()),
        line__readings__isnull=False,
        line__readings__superseded_by=None,
    ).order_by("pk", "line__readings__quarter")


@lru_cache
def quarter_of(code: int) -> str | None:
    return code_of(Quarter.from_code(code))


@lru_cache
def dashed(key: str) -> str:
    """A UUID as both databases spell it; as objects they would take half the time."""
    return str(UUID(key))


_at = "line__readings__"
_is_right = (
    Q(**{f"{_at}supersedes": None})
    | Q(**{f"{_at}verification__isnull": False})
    | Q(**{f"{_at}entered_by__role__in": VERIFIERS})
)
READING = [
    Column(
        "line",
        _("key of the target, through all versions"),
        KEY,
        Cast("line", CharField(max_length=36)),
        dashed,
    ),
    Column("quarter", _("quarter"), CODE, f"{_at}quarter", quarter_of),
    Column("as_on", _("day of a count, if it is not the last"), DAY, f"{_at}as_on"),
    Column("figure", _("what was reported"), CODE, f"{_at}state", choices=FigureState),
    Column("value", _("value in the unit; a nil is empty"), MEASURE, f"{_at}value"),
    Column("part", _("part, of a share"), MEASURE, f"{_at}numerator"),
    Column("whole", _("whole, of a share"), MEASURE, f"{_at}denominator"),
    Column("reason", _("why it is missing"), CODE, f"{_at}reason", choices=WhyNot),
    Column("source", _("source"), TEXT, f"{_at}source"),
    Column("recorded_at", _("when it was filed"), MOMENT, f"{_at}recorded_at"),
    Column(
        "correction",
        _("why it replaces an earlier figure; empty: it does not"),
        TEXT,
        Case(
            When(Q(**{f"{_at}supersedes__isnull": False}), then=F(f"{_at}note")),
            default=Value(""),
        ),
    ),
    Column(
        "is_verified",
        _("verified by the Regional Authority"),
        YES_NO,
        Case(
            When(_is_right, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    ),
]
READINGS = Table(
    name="readings",
    title=_("Readings"),
    about=_(
        "The current figure of each target and quarter, of plans that are or were in"
        " force. A quarter without a row was not reported: it is not a nought."
    ),
    columns=[
        *of_district("plan__district"),
        *in_both(
            "product",
            _("product; empty: whole district"),
            "plan_product__product__name",
        ),
        *in_both("indicator", _("indicator"), "indicator__name"),
        Column("unit", _("unit"), TEXT, "indicator__unit"),
        Column("kind", _("how it counts"), CODE, "kind", choices=Kind),
        *READING,
    ],
    rows=_filed,
)
