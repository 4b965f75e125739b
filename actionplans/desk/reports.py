"""The quarterly reports: which are filed or owed, one being prepared, one filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans import reporting
from actionplans.desk.access import get_district
from actionplans.desk.next_report import next_report
from actionplans.desk.row_page import (
    CONFLICT,
    RowOnPage,
    State,
    back,
    by_script,
    forms_of,
    is_done,
    saved,
    sent_of,
    start,
    status_of,
)
from actionplans.evidence.files import files_of
from actionplans.filed import ReportState, changes_of, figures_of
from actionplans.forms.report import SheetForm
from actionplans.forms.row import RowForm
from actionplans.keeping import Kept, keep
from actionplans.models import Report
from actionplans.preparing import prepare, report_of
from actionplans.sheet import Sheet, lines_of
from districts.models import District
from portal.http import DeskRequest
from portal.numbers import whole_of
from portal.periods import Quarter
from portal.terms import Action


@require_http_methods(["GET", "HEAD", "POST"])
def report(
    request: DeskRequest, state: str, district: str, quarter: Quarter
) -> HttpResponse:
    """The report of a district and quarter: its form, or what stands in it."""
    place = get_district(request, state, district)
    if request.method == "POST":
        return _save(request, place, quarter)
    if why := reporting.not_open(place, quarter):
        return _closed(request, place, quarter, why)
    found = report_of(place, quarter)
    if found.is_filed:
        return _filed(request, found)
    sheet = prepare(place, quarter, found)
    if request.user.may(Action.PREPARE_REPORT, place):
        return _page(request, sheet)
    context = {"sheet": sheet, "district": place}
    return render(request, "actionplans/desk/report_shown.html", context)


def _save(request: DeskRequest, place: District, quarter: Quarter) -> HttpResponse:
    if not request.user.may(Action.PREPARE_REPORT, place):
        raise PermissionDenied
    if why := reporting.not_open(place, quarter):
        return _closed(request, place, quarter, why)
    kept = keep([place], quarter, request.POST, by=request.user)
    if kept.late or report_of(place, quarter).is_filed:
        return _filed_meanwhile(request, place, quarter, kept)
    if is_done(request, kept):
        if "check" in request.POST:
            return redirect("desk:report-file", *_address(place, quarter))
        return back(request)
    return _page(request, prepare(place, quarter), kept)


@require_http_methods(["GET", "HEAD", "POST"])
def report_file(
    request: DeskRequest, state: str, district: str, quarter: Quarter
) -> HttpResponse:
    """What is given and missing, to be read once more before it is filed."""
    place = get_district(request, state, district, Action.FILE_REPORT)
    if request.method == "POST":
        return _file(request, place, quarter)
    if why := reporting.not_open(place, quarter):
        return _closed(request, place, quarter, why)
    sheet = prepare(place, quarter)
    if sheet.report.is_filed:
        return redirect("desk:report", *_address(place, quarter))
    return _summary(request, sheet)


def _file(request: DeskRequest, place: District, quarter: Quarter) -> HttpResponse:
    revision = whole_of(request.POST.get("revision", ""))
    try:
        reporting.file_report(
            place,
            quarter,
            by=request.user,
            revision=-1 if revision is None else revision,
        )
    except reporting.FiledAlready:
        messages.info(request, _("The report was filed already. It stands below."))
    except reporting.ReportBlocked as blocked:
        if why := reporting.not_open(place, quarter):
            return _closed(request, place, quarter, why)
        return _summary(request, prepare(place, quarter), str(blocked))
    else:
        messages.success(request, _("The report is filed and public from now on."))
    return redirect("desk:report", *_address(place, quarter))


def _page(request: DeskRequest, sheet: Sheet, kept: Kept | None = None) -> HttpResponse:
    [form] = forms_of([sheet], kept)
    asking = [row for row in form.figures if row.has_problem or row.asks]
    given = len(sheet.figures) - len(sheet.missing)
    state = State(given, len(sheet.figures), len(asking))
    if by_script(request):
        return _saved(request, form, state)
    files = files_of(sheet.report)
    for figure in form.figures:
        figure.files = files.get(figure.row.target.line_id, ())
    for change in form.changes:
        change.files = files.get(change.row.intervention.line_id, ())
    start(form.figures)
    context = {
        "sheet": sheet,
        "form": form,
        "kept": kept,
        "state": state,
        "district": sheet.district,
        "may_file": request.user.may(Action.FILE_REPORT, sheet.district),
    }
    page = "actionplans/desk/report.html"
    return render(request, page, context, status=status_of(kept))


def _saved(request: DeskRequest, form: SheetForm, state: State) -> HttpResponse:
    def sent(forms: Iterable[RowForm]) -> list[RowOnPage]:
        return sent_of(request, (RowOnPage(row, form.sheet) for row in forms))

    return saved(
        request,
        rows=sent(form.figures),
        blocks=sent(form.changes),
        lines=sent(form.lines),
        row_template="actionplans/desk/_report_figure.html",
        state=state,
    )


def _filed(
    request: DeskRequest,
    report: Report,
    typed: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """The report as it was filed, with what was corrected since."""
    context = {
        "report": report,
        "state": ReportState.of(report, owed=True),
        "district": report.district,
        "typed": typed,
        "figures": figures_of(report),
        "changes": changes_of(report),
        "lines": lines_of(report),
        "may_correct": request.user.may(Action.CORRECT_FIGURE, report.district),
        "may_verify": request.user.may(Action.VERIFY, report.district),
        "next": next_report(request.user, report.district, report.period),
    }
    return render(request, "actionplans/desk/report_filed.html", context, status=status)


def _filed_meanwhile(
    request: DeskRequest, place: District, quarter: Quarter, kept: Kept
) -> HttpResponse:
    """Nothing can be saved any more: what was typed is shown, to be copied."""
    messages.warning(
        request,
        _("The report was filed meanwhile, so what you typed is not saved."),
    )
    typed = [(row.called, row.mine) for row in kept.late.values()]
    return _filed(request, report_of(place, quarter), typed, CONFLICT)


def _summary(request: DeskRequest, sheet: Sheet, error: str = "") -> HttpResponse:
    context = {"sheet": sheet, "district": sheet.district, "error": error}
    status = CONFLICT if error else 200
    return render(request, "actionplans/desk/report_file.html", context, status=status)


def _closed(
    request: DeskRequest, place: District, quarter: Quarter, why: str
) -> HttpResponse:
    context = {"district": place, "quarter": quarter, "why": why}
    return render(request, "actionplans/desk/report_closed.html", context)


def _address(place: District, quarter: Quarter) -> tuple[str, str, Quarter]:
    return place.state.slug, place.slug, quarter
