"""How the targets of a plan stand today, by the figures that districts have filed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from actionplans.models import Plan, Reading, Target
from actionplans.progress import Figure, Result, lacking, measure, working
from portal.periods import Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStanding:
    """A target, how it stands today, and the readings of its line.

    `readings` has the current one of each quarter, oldest first; `corrections` those
    of them that replaced an earlier figure, which stands in their `supersedes`.
    """

    target: Target
    result: Result
    readings: Mapping[Quarter, Reading]

    @property
    def working(self) -> list[str]:
        return working(self.result)

    @property
    def lacking(self) -> str:
        return lacking(self.result)

    @property
    def corrections(self) -> list[Reading]:
        return [row for row in self.readings.values() if row.supersedes_id]


def targets_of(plan: Plan) -> list[TargetStanding]:
    """Every target of the plan as it stands today.

    One query for the readings of all lines, and none for the targets of a plan that
    is `whole`; the targets of another come with their indicators, products and
    milestones in two.
    """
    return standings(_targets(plan))


def standings(targets: Collection[Target]) -> list[TargetStanding]:
    """How these targets stand today, of whatever plans; one query."""
    readings = current_readings([target.line_id for target in targets])
    today = timezone.localdate()
    found = []
    for target in targets:
        own = readings.get(target.line_id, {})
        result = measure(target.as_goal(), map(figure_of, own.values()), today)
        standing = TargetStanding(target=target, result=result, readings=own)
        found.append(standing)
    return found


def current_readings(lines: Iterable[UUID]) -> dict[UUID, dict[Quarter, Reading]]:
    """The current readings of these lines by quarter, each with what it corrects."""
    rows = Reading.objects.filter(line__in=list(lines)).order_by("quarter", "pk")
    by_key = {row.pk: row for row in rows}
    corrected = {row.supersedes_id for row in by_key.values()}
    found: dict[UUID, dict[Quarter, Reading]] = {}
    for row in by_key.values():
        if row.supersedes_id:
            row.supersedes = by_key[row.supersedes_id]
        if row.pk not in corrected:
            quarter = Quarter.from_code(row.quarter)
            found.setdefault(row.line_id, {})[quarter] = row
    return found


def current_figures(lines: Iterable[UUID]) -> dict[UUID, list[Figure]]:
    """The same as the arithmetic takes them, for thousands of lines; one query."""
    # As an object the key of each reading would take as long as all else of it.
    spelt = Cast("line", CharField(max_length=36))
    values = ("state", "value", "numerator", "denominator", "as_on")
    rows = Reading.objects.current().filter(line__in=list(lines))
    found: dict[str, list[Figure]] = {}
    for key, code, state, value, numerator, denominator, as_on in rows.order_by(
        "quarter", "pk"
    ).values_list(spelt, "quarter", *values):
        figure = Figure(
            quarter=Quarter.from_code(code),
            state=state,
            value=value,
            numerator=numerator,
            denominator=denominator,
            as_on=as_on,
        )
        found.setdefault(key, []).append(figure)
    return {UUID(key): figures for key, figures in found.items()}


def figure_of(reading: Reading) -> Figure:
    """A reading as the arithmetic takes it."""
    return Figure(
        quarter=Quarter.from_code(reading.quarter),
        state=reading.state,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        as_on=reading.as_on,
    )


def _targets(plan: Plan) -> list[Target]:
    if plan.is_whole:
        return list(plan.targets.all())
    return list(plan.targets.with_names().prefetch_related("milestones"))
