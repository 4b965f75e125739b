"""What is typed into a page of rows, kept row by row: the report's, and the grids'.

A row counts from its hidden stamp on: one that is not sent is untouched, one that
somebody else changed meanwhile is asked about, and the others are kept all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from actionplans import reporting
from actionplans.forms.report import SheetForm
from actionplans.forms.row import RowForm
from actionplans.models import Intervention, Target
from actionplans.preparing import prepare_all
from districts.models import District
from portal.accounts.models import User
from portal.periods import Quarter

STAMP = re.compile(r"(figure|action)-([0-9]{1,18})-was")


@dataclass(slots=True)
class Kept:
    """What became of a post: rows kept, rows with a problem, and those too late.

    `late` are rows of reports that were filed meanwhile, which take nothing any more.
    """

    saved: int = 0
    problems: dict[str, RowForm] = field(default_factory=dict)
    late: dict[str, RowForm] = field(default_factory=dict)

    def sort_out(self, forms: Collection[SheetForm]) -> list[SheetForm]:
        """The open ones; what is wrong in them is noted, and what comes too late."""
        for form in forms:
            if form.sheet.report.is_filed:
                rows = [row for row in form.rows if row.is_touched or row.errors]
                self.late |= {row.anchor: row for row in rows}
            else:
                rows = [row for row in form.rows if row.has_problem]
                self.problems |= {row.anchor: row for row in rows}
        return [form for form in forms if not form.sheet.report.is_filed]

    @property
    def has_clashes(self) -> bool:
        return bool(self.late) or any(row.clash for row in self.problems.values())


class Sent:
    """The rows of a post, by the keys of their targets and interventions."""

    def __init__(self, data: Mapping[str, str]) -> None:
        keys: dict[str, list[int]] = {"figure": [], "action": []}
        for name in data:
            if found := STAMP.fullmatch(name):
                keys[found[1]].append(int(found[2]))
        self.figures = Q(pk__in=keys["figure"])
        self.actions = Q(pk__in=keys["action"])

    @property
    def districts(self) -> set[int]:
        """Where they lie; two queries."""
        targets = Target.objects.filter(self.figures).order_by()
        actions = Intervention.objects.filter(self.actions).order_by()
        at = "plan__district_id"
        return {
            *targets.values_list(at, flat=True),
            *actions.values_list(at, flat=True),
        }


def keep(
    districts: Collection[District],
    quarter: Quarter,
    data: Mapping[str, str],
    *,
    by: User,
) -> Kept:
    """Keep what can be kept of the rows that were sent.

    Only reports in which something was typed are opened and locked, so that looking at
    a page and saving it begins none.
    """
    data = _without_given_up(data)
    sent, kept = Sent(data), Kept()
    sheets = prepare_all(districts, quarter, figures=sent.figures, actions=sent.actions)
    forms = kept.sort_out([SheetForm(sheet, data) for sheet in sheets])
    touched = [form.sheet.district for form in forms if form.touched]
    if touched:
        _keep_touched(touched, quarter, data, kept, by)
    return kept


@transaction.atomic
def _keep_touched(
    districts: Collection[District],
    quarter: Quarter,
    data: Mapping[str, str],
    kept: Kept,
    by: User,
) -> None:
    """Everything is read again under the lock: somebody may have been quicker."""
    sent = Sent(data)
    sheets = reporting.open_all_to_write(
        districts, quarter, figures=sent.figures, actions=sent.actions
    )
    forms = kept.sort_out([SheetForm(sheet, data) for sheet in sheets])
    taken = [form for form in forms if form.taken]
    kept.saved = sum(len(form.taken) for form in taken)
    reporting.save_all([form.typed() for form in taken], by=by)


def _without_given_up(data: Mapping[str, str]) -> dict[str, str]:
    """Who keeps what somebody else wrote sends the row no longer."""
    given_up = data.get("theirs", "")
    return {k: text for k, text in data.items() if k != f"{given_up}-was"}
