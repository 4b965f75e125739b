"""Many rows at once, pasted from a sheet: shown as understood, corrected, saved."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplans.desk.access import get_plan, lock_plan, may_move_on
from actionplans.desk.parts import Part, suggested
from actionplans.desk.sections import raise_revision
from actionplans.models import Line, Plan
from actionplans.pasting import (
    ALIKE,
    MOST_ROWS,
    Cell,
    Column,
    NotClosed,
    TooManyRows,
    read_sheet,
)
from portal.http import DeskRequest
from portal.numbers import whole_of
from portal.terms import Action

# The columns of a sheet, in the order in which the page names them.
FIELDS = {
    "bottlenecks": [
        "plan_product",
        "category",
        "severity",
        "text",
        "unblock",
        "unblocker",
    ],
    "interventions": [
        "plan_product",
        "action",
        "lead",
        "due_on",
        "budget",
        "fund_source",
        "start_on",
        "supporting",
        "bottleneck",
    ],
    "targets": [
        "plan_product",
        "indicator",
        "baseline",
        "goal",
        "due_on",
        "baseline_source",
        "verification",
        "owner",
        "baseline_on",
    ],
}


@dataclass(slots=True)
class PastedRow:
    """A row of the sheet with the form that will save it."""

    number: int
    cells: list[Cell]
    form: ModelForm

    @property
    def prefix(self) -> str:
        return str(self.form.prefix)

    @property
    def is_clear(self) -> bool:
        return not any(cell.errors for cell in self.cells) and self.form.is_valid()

    @property
    def unclear(self) -> int:
        cells = sum(bool(cell.errors) for cell in self.cells)
        return cells + len(self.form.non_field_errors())

    def tell(self) -> None:
        """What the form finds wrong stands at its cell, unless the name was."""
        for cell in self.cells:
            if not cell.errors:
                cell.errors = list(map(str, self.form.errors.get(cell.column.name, [])))


@require_http_methods(["GET", "HEAD", "POST"])
@may_move_on
def part_paste(request: DeskRequest, pk: int, part: Part) -> HttpResponse:
    if part.slug not in FIELDS:
        raise Http404
    if request.method == "POST" and "batch" in request.POST:
        return _save_or_show(request, pk, part)
    plan = get_plan(request, pk, Action.EDIT, whole=True)
    columns = _columns(part, plan)
    if request.method != "POST":
        return _page(request, plan, part, columns)
    try:
        rows = _understood(request.POST.get("sheet", ""), part, plan, columns)
    except TooManyRows:
        sentence = _("Paste at most %(most)d rows at once.") % {"most": MOST_ROWS}
        return _page(request, plan, part, columns, refused=sentence)
    except NotClosed:
        sentence = _("A quotation mark opens a cell and none closes it: look for it.")
        return _page(request, plan, part, columns, refused=sentence)
    refused = "" if rows else _("There is no row in what you pasted.")
    return _page(request, plan, part, columns, rows=rows, refused=refused)


def _save_or_show(request: DeskRequest, pk: int, part: Part) -> HttpResponse:
    with transaction.atomic():
        plan = lock_plan(request, pk, Action.EDIT)
        columns = _columns(part, plan)
        rows = _corrected(request.POST, part, plan, columns)
        if rows and all(row.is_clear for row in rows):
            return _saved(request, plan, part, rows)
    return _page(request, plan, part, columns, rows=rows)


def _page(
    request: DeskRequest,
    plan: Plan,
    part: Part,
    columns: list[Column],
    *,
    rows: Collection[PastedRow] = (),
    refused: str = "",
) -> HttpResponse:
    for row in rows:
        row.tell()
    context = {
        "plan": plan,
        "part": part,
        "columns": columns,
        "rows": rows,
        "unclear": sum(row.unclear for row in rows),
        "batch": request.POST.get("batch") or uuid.uuid4(),
        "refused": refused,
        "most": MOST_ROWS,
        "alike": ALIKE,
    }
    return render(request, "actionplans/desk/paste.html", context)


def _columns(part: Part, plan: Plan) -> list[Column]:
    form = part.form(instance=part.model(plan=plan))
    marks = [name for name in form.fields if name.startswith("mark_")]
    return [Column.of(form, name) for name in [*FIELDS[part.slug], *marks]]


def _understood(
    sheet: str, part: Part, plan: Plan, columns: list[Column]
) -> list[PastedRow]:
    """The rows of a sheet; days that nobody gave are those of a single new row."""
    likely = suggested(plan, part)
    days = {
        c.name: str(likely[c.name]) for c in columns if c.is_day and c.name in likely
    }
    rows = []
    for number, texts in enumerate(read_sheet(sheet, columns), start=1):
        given = {name: text for name, text in texts.items() if text}
        cells = [Cell.read(c, (days | given).get(c.name, "")) for c in columns]
        rows.append(PastedRow(number, cells, _form(part, plan, number, cells)))
    return rows


def _corrected(
    data: QueryDict, part: Part, plan: Plan, columns: list[Column]
) -> list[PastedRow]:
    """The rows as they stand on the page that shows them."""
    count = min(whole_of(data.get("rows", "")) or 0, MOST_ROWS)
    rows = []
    for number in range(1, count + 1):
        if f"r{number}-left_out" in data:
            continue
        cells = [
            Cell.read(
                column,
                data.get(f"r{number}-{column.name}", "").strip(),
                data.get(f"r{number}-{column.name}-taken", ""),
            )
            for column in columns
        ]
        rows.append(PastedRow(number, cells, _form(part, plan, number, cells)))
    return rows


def _form(part: Part, plan: Plan, number: int, cells: list[Cell]) -> ModelForm:
    data = QueryDict(mutable=True)
    for cell in cells:
        data.setlist(f"r{number}-{cell.column.name}", cell.values)
    return part.form(data, instance=part.model(plan=plan), prefix=f"r{number}")


def _saved(
    request: DeskRequest, plan: Plan, part: Part, rows: list[PastedRow]
) -> HttpResponse:
    """All rows or none; a batch sent twice is saved once."""
    batch = _batch(request.POST["batch"])
    lines = [Line(pk=uuid.uuid5(batch, str(row.number))) for row in rows]
    if Line.objects.filter(pk__in=[line.pk for line in lines]).exists():
        messages.info(request, _("This is saved already."))
        return redirect("desk:plan-section", plan.pk, part.section)
    for row, line in zip(rows, lines, strict=True):
        part.added(row.form, line)
    raise_revision(plan, by=request.user, section=part.section)
    sentence = ngettext(
        "%(count)d row is added.", "%(count)d rows are added.", len(rows)
    )
    messages.success(request, sentence % {"count": len(rows)})
    return redirect("desk:plan-section", plan.pk, part.section)


def _batch(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError:
        return uuid.uuid4()
