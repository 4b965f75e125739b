"""What waits for an official: one function for each kind of thing, one query for all.

The rights table decides what waits for whom. A report waits for whoever may file it
until it is filed; for those who only prepare it, until every figure it asks for is
entered. Which reports are owed is seen from the districts at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from actionplans.glance import Glance
from actionplans.models import Correction, Erratum
from actionplans.waiting.plans import (
    asked,
    comments,
    drafts,
    endorsements,
    intakes,
    old_plans,
    publications,
    starts,
    step,
)
from actionplans.waiting.progress import (
    answers,
    corrected_figures,
    decisions,
    reports,
    settlements,
)
from actionplans.waiting.putting_off import put_off
from actionplans.waiting.rows import Asker, Kind, Row, Rows

KINDS: Mapping[Kind, Callable[[Asker], Rows]] = {
    Kind.START: starts,
    Kind.DRAFT: drafts,
    Kind.ENDORSE: endorsements,
    Kind.ASSESS: step(Kind.ASSESS),
    Kind.ADOPT: step(Kind.ADOPT),
    Kind.RECORD: step(Kind.RECORD),
    Kind.CONFIRM: step(Kind.CONFIRM),
    Kind.PUBLISH: publications,
    Kind.CORRECTION: asked(Kind.CORRECTION, Correction),
    Kind.ERRATUM: asked(Kind.ERRATUM, Erratum),
    Kind.COMMENT: comments,
    Kind.REPORT: reports,
    Kind.VERIFY: corrected_figures,
    Kind.DECISION: decisions,
    Kind.ANSWER: answers,
    Kind.SETTLE: settlements,
    Kind.CHECK: step(Kind.CHECK),
    Kind.INTAKE: intakes,
    Kind.STRUCTURE: old_plans,
}
NOT_BEGUN = Row(Kind.REPORT, 0, 0, None, "", 0, 0, 0, 1, None, None, "", "")


def waiting(asker: Asker, seen: Iterable[Glance]) -> list[Row]:
    """Everything that waits in the districts seen, in one query however much.

    With it comes what the official put off, in rows that say so.
    """
    parts = [KINDS[kind](asker) for kind in Kind if asker.takes(kind)]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], put_off(asker), all=True)
    rows = [Row(*values) for values in found]
    begun = {(r.district, r.thing): r for r in rows if r.kind == Kind.REPORT}
    owed = [row for glance in seen for row in _owed(glance, begun)]
    return [row for row in rows if row.kind != Kind.REPORT] + owed


def _owed(glance: Glance, begun: Mapping[tuple[int, int], Row]) -> Iterator[Row]:
    """The reports that wait in a district, those that nobody began among them."""
    if not glance.is_living or not glance.may_prepare:
        return
    key, leads = glance.district.pk, int(glance.may_file)
    for quarter in glance.owes - glance.filed:
        new = NOT_BEGUN._replace(district=key, thing=quarter.code)
        row = begun.get((key, quarter.code), new)._replace(leads=leads)
        if row.leads or not row.figures or row.entered < row.figures:
            yield row
