"""The figures of one indicator in one quarter, in all districts asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplans.desk.row_page import (
    RowOnPage,
    State,
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
    start,
    status_of,
)
from actionplans.entered import (
    AskedTarget,
    IndicatorCount,
    asked_targets,
    by_indicator,
    filed_districts,
    lines_entered,
)
from actionplans.forms.report import FigureRowForm
from actionplans.keeping import Kept
from actionplans.models import Indicator
from actionplans.preparing import NOTHING, prepare_all
from actionplans.reporting import not_open_yet
from districts.models import District
from portal.http import DeskRequest
from portal.naming import local_name
from portal.numbers import grouped
from portal.periods import Quarter
from portal.terms import Action

ROWS_PER_PAGE = 100
ROW = "actionplans/desk/_grid_figure.html"


@require_http_methods(["GET", "HEAD", "POST"])
def figure_grid(request: DeskRequest, quarter: Quarter, indicator: str) -> HttpResponse:
    """A row for each target; another indicator is chosen by a query."""
    if why := not_open_yet(quarter):
        return closed(request, quarter, why)
    if chosen := request.GET.get("indicator"):
        other = get_object_or_404(Indicator, slug=chosen)
        return redirect("desk:figure-grid", quarter, other.slug)
    what = get_object_or_404(Indicator, slug=indicator)
    places = places_of(request, quarter)
    kept = kept_of(request, places, quarter, with_source(request.POST))
    if is_done(request, kept) and "next" not in request.POST:
        return back(request)
    grid = Grid.of(what, quarter, places, whole=not by_script(request))
    page = Paginator(grid.targets, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    if is_done(request, kept):
        return _onward(request, grid, page)
    rows = _rows(page, grid, places, kept)
    if by_script(request):
        sent = sent_of(request, rows)
        state = grid.state(rows)
        return saved(request, rows=sent, row_template=ROW, state=state, indicator=what)
    start([row.form for row in rows if isinstance(row.form, FigureRowForm)])
    context = {
        "quarter": quarter,
        "grid": grid,
        "page": page,
        "rows": rows,
        "kept": kept,
        "state": grid.state(rows),
        "source": _common_source(rows),
        "may_file": _may_file(request, rows),
    }
    page_of = "actionplans/desk/figure_grid.html"
    return render(request, page_of, context, status=status_of(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The targets of an indicator that are asked, and the indicators around it."""

    indicator: Indicator
    quarter: Quarter
    targets: list[AskedTarget]
    entered: int
    counts: list[IndicatorCount] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        indicator: Indicator,
        quarter: Quarter,
        places: Mapping[int, District],
        *,
        whole: bool,
    ) -> Grid:
        """With `whole`, the other indicators are counted, too."""
        mine = list(places.values())
        asked = asked_targets(mine, quarter, None if whole else indicator)
        entered = lines_entered(mine, quarter)
        filed = filed_districts(mine, quarter) if whole else ()
        order = {key: position for position, key in enumerate(places)}
        own = [target for target in asked if target.indicator == indicator.pk]
        return cls(
            indicator=indicator,
            quarter=quarter,
            targets=sorted(own, key=lambda one: (order[one.district], one.key)),
            entered=sum(target.line in entered for target in own),
            counts=by_indicator(asked, entered, filed) if whole else [],
        )

    def state(self, rows: list[RowOnPage]) -> State:
        """All of it, but for the questions: those are of the rows shown."""
        return State(self.entered, len(self.targets), sum(map(_asks, rows)))

    @property
    def position(self) -> int:
        """Where it stands among the indicators, from 1; 0 if nobody is asked for it."""
        numbered = enumerate(self.counts, start=1)
        return next((n for n, one in numbered if one.indicator == self.indicator), 0)

    @property
    def previous(self) -> Indicator | None:
        at = self.position - 2
        return self.counts[at].indicator if at >= 0 else None

    @property
    def next(self) -> Indicator | None:
        at = self.position
        return self.counts[at].indicator if 0 < at < len(self.counts) else None

    @property
    def following(self) -> Indicator | None:
        """The next one of which a figure can still be entered."""
        later = self.counts[self.position :] if self.position else []
        return next((one.indicator for one in later if one.left), None)

    @property
    def left(self) -> int:
        """How many figures of all indicators can still be entered."""
        return sum(one.left for one in self.counts)


def _onward(request: DeskRequest, grid: Grid, page: Page[AskedTarget]) -> HttpResponse:
    """To what is entered next: the page after this, an indicator, at last the hub."""
    words = {
        "indicator": local_name(grid.indicator),
        "entered": grouped(grid.entered),
        "asked": grouped(len(grid.targets)),
    }
    messages.success(
        request,
        _("Saved. %(indicator)s: %(entered)s of %(asked)s figures are entered.")
        % words,
    )
    if page.has_next():
        return redirect(f"{request.path}?page={page.next_page_number()}")
    if grid.following:
        return redirect("desk:figure-grid", grid.quarter, grid.following.slug)
    messages.info(request, _left(grid.left))
    return redirect("desk:quarter", grid.quarter)


def _left(number: int) -> str:
    if not number:
        return _("Every figure of the quarter is entered. Nothing is filed yet.")
    sentence = ngettext(
        "That was the last indicator; %(number)s figure is still empty.",
        "That was the last indicator; %(number)s figures are still empty.",
        number,
    )
    return sentence % {"number": grouped(number)}


def with_source(data: Mapping[str, str]) -> dict[str, str]:
    """The post, with the source for all rows in each of them if somebody typed it."""
    source = data.get("source", "").strip()
    typed = dict(data.items())
    if source and source != data.get("source-was", ""):
        names = [name for name in typed if name.endswith("-source")]
        typed |= dict.fromkeys(names, source)
    return typed


def _rows(
    page: Page[AskedTarget],
    grid: Grid,
    places: Mapping[int, District],
    kept: Kept | None,
) -> list[RowOnPage]:
    keys = {target.key: None for target in page}
    districts = {target.district: places[target.district] for target in page}
    sheets = prepare_all(
        list(districts.values()),
        grid.quarter,
        figures=Q(pk__in=list(keys)),
        actions=NOTHING,
    )
    return list(rows_of(forms_of(sheets, kept), kept))


def _asks(row: RowOnPage) -> bool:
    form = row.form
    assert isinstance(form, FigureRowForm)
    return not row.sheet.report.is_filed and bool(form.has_problem or form.asks)


def _may_file(request: DeskRequest, rows: list[RowOnPage]) -> bool:
    """Who prepares the reports of all these districts files those of all or none."""
    return bool(rows) and request.user.may(Action.FILE_REPORT, rows[0].sheet.district)


def _common_source(rows: list[RowOnPage]) -> str:
    """The source in all rows that say something, or in all; none if they differ."""
    said = [row.form.said["source"] for row in rows if row.form.was]
    everywhere = set(said or (row.form.said["source"] for row in rows))
    return everywhere.pop() if len(everywhere) == 1 else ""
