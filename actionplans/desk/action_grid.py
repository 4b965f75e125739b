"""The interventions of all districts in one quarter, and what changed in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from actionplans.desk.row_page import (
    RowOnPage,
    back,
    by_script,
    closed,
    forms_of,
    is_done,
    kept_of,
    places_of,
    rows_of,
    saved,
    sent_of,
    status_of,
)
from actionplans.desk.row_page import (
    State as RowState,
)
from actionplans.forms.change import ChangeForm
from actionplans.keeping import Kept
from actionplans.models import Intervention, Report
from actionplans.preparing import NOTHING, prepare_all
from actionplans.reporting import not_open_yet
from districts.models import Agency, District, State
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Status

ROWS_PER_PAGE = 50
ROW = "actionplans/desk/_grid_change.html"


@require_http_methods(["GET", "HEAD", "POST"])
def action_grid(request: DeskRequest, quarter: Quarter) -> HttpResponse:
    if why := not_open_yet(quarter):
        return closed(request, quarter, why)
    places = places_of(request, quarter)
    kept = kept_of(request, places, quarter, request.POST)
    if is_done(request, kept):
        return back(request)
    wanted = Wanted.asked(request.GET)
    every = Intervention.objects.filter(
        plan__district__in=places, plan__status=Status.PUBLISHED
    )
    # What can still be written comes first.
    found = wanted.of(every).order_by(
        _is_filed(quarter), "plan__district__name", "plan__district", "pk"
    )
    page = Paginator(found.values_list("pk", "plan__district"), ROWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = _rows(page, quarter, places, kept)
    if by_script(request):
        sent = sent_of(request, rows)
        return saved(request, rows=sent, row_template=ROW, state=RowState())
    context = {
        "quarter": quarter,
        "page": page,
        "rows": rows,
        "kept": kept,
        "wanted": wanted,
        "agencies": Agency.objects.filter(pk__in=every.order_by().values("lead")),
        "states": _states(places),
        "districts": list(places.values()),
        "labels": [field.label for field in ChangeForm.base_fields.values()],
    }
    page_of = "actionplans/desk/action_grid.html"
    return render(request, page_of, context, status=status_of(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the grid is narrowed to; nothing that is empty or unknown narrows."""

    agency: int | None = None
    state: str = ""
    district: int | None = None

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Wanted:
        return cls(
            agency=_key(query.get("agency", "")),
            state=query.get("state", ""),
            district=_key(query.get("district", "")),
        )

    def of(self, rows: QuerySet[Intervention]) -> QuerySet[Intervention]:
        if self.agency:
            rows = rows.filter(lead=self.agency)
        if self.state:
            rows = rows.filter(plan__district__state__slug=self.state)
        if self.district:
            rows = rows.filter(plan__district=self.district)
        return rows


def _is_filed(quarter: Quarter) -> Exists:
    of_quarter = {"district": OuterRef("plan__district"), "quarter": quarter.code}
    return Exists(Report.objects.filter(**of_quarter, filed_on__isnull=False))


def _key(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < len(str(2**63)) else None


def _states(places: Mapping[int, District]) -> list[State]:
    states = {place.state_id: place.state for place in places.values()}
    return sorted(states.values(), key=lambda state: state.name)


def _rows(
    page: Page[tuple[int, int]],
    quarter: Quarter,
    places: Mapping[int, District],
    kept: Kept | None,
) -> list[RowOnPage]:
    keys = [key for key, _district in page]
    districts = {at: places[at] for _key, at in page}
    sheets = prepare_all(
        list(districts.values()), quarter, figures=NOTHING, actions=Q(pk__in=keys)
    )
    return list(rows_of(forms_of(sheets, kept), kept))
