"""The questions that the targets of a plan ask, with what they are compared with.

Few queries, however many targets: the plans in force of other districts are kept in
memory (see `actionplans.paces`), and the exports of this district are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from actionplans.models import Milestone, Plan, Target
from actionplans.paces import Peers
from actionplans.plausible import (
    MONTHS_A_YEAR,
    WHOLE,
    Past,
    Question,
    compound,
    questions,
)
from districts.models import District, ExportFigure

# Indicators to which the recorded exports of the district are a past.
EXPORTS = {"district-exports", "product-exports"}
_YEAR = re.compile(r"(\d{4})-\d{2}")


def open_questions(plan: Plan) -> dict[int, list[Question]]:
    """The questions of each target that nobody has answered, by its primary key."""
    targets = [target for target in plan.targets.all() if not target.explanation]
    found = _asked_by(plan, targets)
    return {t.pk: asked for t, asked in zip(targets, found, strict=True) if asked}


def questions_about(target: Target) -> list[Question]:
    """All that one target asks, answered or not."""
    return _asked_by(target.plan, [target])[0]


def _asked_by(plan: Plan, targets: list[Target]) -> list[list[Question]]:
    if not targets:
        return []
    peers = Peers.current()
    exports = {t.pk for t in targets if t.indicator.slug in EXPORTS}
    past = past_of(plan.district) if exports else None
    return [
        questions(
            target,
            peers.of(target, plan.district_id),
            ends_on=plan.last_day,
            past=past if target.pk in exports else None,
            marks=[(m.due_on, m.value) for m in _marks(target)],
        )
        for target in targets
    ]


def _marks(target: Target) -> Iterable[Milestone]:
    return target.milestones.all() if target.pk else []


def past_of(district: District) -> Past | None:
    """From the longest run of whole years that one source gives in one unit."""
    runs: dict[tuple[str, str], dict[int, ExportFigure]] = {}
    for row in district.export_figures.order_by("pk"):
        year = _YEAR.fullmatch(row.financial_year)
        if year and _amount(row) > 0:
            runs.setdefault((row.source, row.unit), {})[int(year[1])] = row
    spans = {max(run) - min(run): run for run in runs.values()}
    years = max(spans, default=0)
    if not years:
        return None
    longest = spans[years]
    first, last = min(longest), max(longest)
    months = years * MONTHS_A_YEAR
    return Past(
        first=longest[first].financial_year,
        last=longest[last].financial_year,
        pace=_growth(_amount(longest[first]), _amount(longest[last]), months),
    )


def _growth(before: int, after: int, months: int) -> int:
    """Yearly, below zero if it fell: then as the share lost of what was there."""
    if after >= before:
        return compound(before, after, months)
    rise = compound(after, before, months)
    return -(rise * WHOLE // (WHOLE + rise))


def _amount(row: ExportFigure) -> int:
    """In hundredths of the unit as reported; 0 for what is no plain number."""
    try:
        return int(Decimal(row.value) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return 0
