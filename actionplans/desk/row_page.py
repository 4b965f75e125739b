"""What the report and the grids share: pages of rows that are saved one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans.forms.report import FigureRowForm, SheetForm
from actionplans.forms.row import RowForm
from actionplans.keeping import Kept, Sent, keep
from actionplans.reporting import not_open
from actionplans.sheet import Sheet
from districts.models import District
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class RowOnPage:
    """A row with its sheet; `late` is what was typed after its report was filed."""

    form: RowForm
    sheet: Sheet
    late: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Of how many figures how many are entered, and how many ask something."""

    entered: int = 0
    asked: int = 0
    doubtful: int = 0


def closed(request: DeskRequest, quarter: Quarter, why: str) -> HttpResponse:
    context = {"quarter": quarter, "why": why}
    return render(request, "actionplans/desk/quarter_closed.html", context)


def places_of(request: DeskRequest, quarter: Quarter) -> dict[int, District]:
    """The districts whose reports the reader prepares, by key, in order of names."""
    rows = District.objects.with_place().order_by("name", "pk")
    mine = rows.filter(open_q(request.user, Action.PREPARE_REPORT))
    return {place.pk: place for place in mine if not not_open(place, quarter)}


def kept_of(
    request: DeskRequest,
    places: Mapping[int, District],
    quarter: Quarter,
    data: Mapping[str, str],
) -> Kept | None:
    """What became of a post; rows of districts where the sender writes not are none."""
    if request.method != "POST":
        return None
    keys = sorted(Sent(data).districts & set(places))
    return keep([places[key] for key in keys], quarter, data, by=request.user)


def forms_of(sheets: Collection[Sheet], kept: Kept | None) -> list[SheetForm]:
    """As stored now; where a row could not be kept, as it was sent."""
    forms = [SheetForm(sheet) for sheet in sheets]
    if kept:
        for form in forms:
            form.put_in(kept.problems)
    return forms


def start(forms: Collection[FigureRowForm]) -> None:
    """The cursor stands where something is wrong, or else in the first empty field."""
    for form in forms:
        if form.has_problem:
            form.starts_in = form.asked[0]
            return
    for form in forms:
        if form.empty:
            form.starts_in = form.empty[0]
            return


def rows_of(forms: Iterable[SheetForm], kept: Kept | None) -> Iterator[RowOnPage]:
    """Figures and interventions of all sheets, in their order."""
    late = kept.late if kept else {}
    for form in forms:
        for row in (*form.figures, *form.changes):
            typed = late[row.anchor].mine if row.anchor in late else ""
            yield RowOnPage(row, form.sheet, typed)


def by_script(request: DeskRequest) -> bool:
    """Whether a row was saved while the page stays; it wants no other page."""
    return request.headers.get("HX-Request") == "true"


def sent_of(request: DeskRequest, rows: Iterable[RowOnPage]) -> list[RowOnPage]:
    return [row for row in rows if f"{row.form.anchor}-was" in request.POST]


def is_done(request: DeskRequest, kept: Kept | None) -> bool:
    """Whether all was kept that a page without script sent."""
    return kept is not None and not (by_script(request) or kept.problems or kept.late)


def back(request: DeskRequest) -> HttpResponse:
    """To the same page, which says what was done."""
    messages.success(request, _("Saved. Nothing is filed yet."))
    return redirect(request.get_full_path())


def status_of(kept: Kept | None) -> int:
    return CONFLICT if kept and kept.has_clashes else 200


def saved(request: DeskRequest, **context: Any) -> HttpResponse:
    """The rows that were sent as they stand now; a conflict is said in its row."""
    others: dict[str, Any] = {"blocks": [], "lines": [], "indicator": None}
    context = {**others, "saved_at": timezone.localtime(), **context}
    return render(request, "actionplans/desk/grid_saved.html", context)
