"""The figures that districts have filed: the longest table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from actionplans.models import Reading, Target, WhyNot
from actionplans.models.target import TargetQuerySet
from actionplans.progress import FigureState, Kind
from actionplans.twins.batches import TOGETHER, by_some
from actionplans.twins.places import code_of
from districts.columns import of_district
from portal.datasets import Column, Table, in_both
from portal.kinds import CODE, DAY, KEY, MEASURE, MOMENT, TEXT, YES_NO
from portal.periods import Quarter
from portal.terms import PUBLIC


def public_plans(way: str = "") -> Q:
    """What everybody may read with its structure; `way` leads from a part to it.

    What is typed of a plan that is here as a document is for the desk only.
    """
    return Q(**{f"{way}status__in": PUBLIC, f"{way}structured": True})


@lru_cache
def quarter_of(code: int) -> str | None:
    return code_of(Quarter.from_code(code))


@lru_cache
def dashed(key: str) -> str:
    """A UUID as both databases spell it; as objects they would take half the time."""
    return str(UUID(key))


SPELT = Cast("line", CharField(max_length=36))
LINE = [
    *of_district("plan__district"),
    *in_both(
        "product",
        _("product; empty: whole district"),
        "plan_product__product__name",
    ),
    *in_both("indicator", _("indicator"), "indicator__name"),
    Column("unit", _("unit"), TEXT, "indicator__unit"),
    Column("kind", _("how it counts"), CODE, "kind", choices=Kind),
    Column("line", _("key of the target, through all versions"), KEY, SPELT, dashed),
]
_is_right = (
    Q(supersedes=None)
    | Q(verification__isnull=False)
    | Q(entered_by__role__in=VERIFIERS)
)
READING = [
    Column("quarter", _("quarter"), CODE, "quarter", quarter_of),
    Column("as_on", _("day of a count, if it is not the last"), DAY, "as_on"),
    Column("figure", _("what was reported"), CODE, "state", choices=FigureState),
    Column("value", _("value in the unit; a nil is empty"), MEASURE, "value"),
    Column("part", _("part, of a share"), MEASURE, "numerator"),
    Column("whole", _("whole, of a share"), MEASURE, "denominator"),
    Column("reason", _("why it is missing"), CODE, "reason", choices=WhyNot),
    Column("source", _("source"), TEXT, "source"),
    Column("recorded_at", _("when it was filed"), MOMENT, "recorded_at"),
    Column(
        "correction",
        _("why it replaces an earlier figure; empty: it does not"),
        TEXT,
        Case(When(supersedes__isnull=False, then=F("note")), default=Value("")),
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


class Readings(Table):
    """The current readings of lines, which come as their targets.

    What a line says is read once for all its readings: a row that carried it there and
    back would take twice the time.
    """

    def read(self, rows: Any) -> Iterator[Sequence[Any]]:
        lines = rows.values_list(*[column.read for column in LINE])
        return by_some(lines.iterator(chunk_size=TOGETHER), _with_readings)


def _with_readings(lines: list[tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    """In the order of the lines."""
    keys = [line[-1] for line in lines]
    rows = Reading.objects.current().filter(line__in=keys).order_by("line", "quarter")
    found: dict[str, list[tuple[Any, ...]]] = {}
    for key, *values in rows.values_list(SPELT, *[column.read for column in READING]):
        found.setdefault(key, []).append(tuple(values))
    for line in lines:
        for reading in found.get(line[-1], ()):
            yield line + reading


def _lines(*_asked: Any) -> TargetQuerySet:
    """What each line says in its last version."""
    later = Target.objects.filter(
        public_plans("plan__"),
        line=OuterRef("line"),
        plan__number__gt=OuterRef("plan__number"),
    )
    rows = Target.objects.filter(public_plans("plan__"), ~Exists(later.order_by()))
    return rows.order_by("plan__district__state__name", "plan__district__name", "pk")


READINGS = Readings(
    name="readings",
    title=_("Readings"),
    about=_(
        "The current figure of each target and quarter, of plans that are or were in"
        " force. A quarter without a row was not reported: it is not a nought."
    ),
    columns=[*LINE, *READING],
    rows=_lines,
)
