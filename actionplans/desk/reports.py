"""The quarterly reports: which are filed or owed, one being prepared, one filed."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans import reporting
from actionplans.desk.access import get_district
from actionplans.filed import ReportState, changes_of, figures_of
from actionplans.forms.report import SheetForm
from actionplans.models import Report
from actionplans.sheet import Sheet, lines_of, prepare, report_of
from districts.models import District
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action

CONFLICT = 409


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
        return _page(request, SheetForm(sheet))
    context = {"sheet": sheet, "district": place}
    return render(request, "actionplans/desk/report_shown.html", context)


def _save(request: DeskRequest, place: District, quarter: Quarter) -> HttpResponse:
    if not request.user.may(Action.PREPARE_REPORT, place):
        raise PermissionDenied
    if why := reporting.not_open(place, quarter):
        return _closed(request, place, quarter, why)
    form = _keep(request, place, quarter)
    if form.sheet.report.is_filed:
        return _filed_meanwhile(request, form)
    if not form.is_valid():
        return _page(request, form)
    if "check" in request.POST:
        return redirect("desk:report-file", *_address(place, quarter))
    messages.success(request, _("The report is saved. Nothing is filed yet."))
    return redirect("desk:report", *_address(place, quarter))


@transaction.atomic
def _keep(request: DeskRequest, place: District, quarter: Quarter) -> SheetForm:
    """Under the lock: what was typed is kept, unless it is filed or unreadable."""
    sheet = reporting.open_to_write(place, quarter)
    form = SheetForm(sheet, request.POST)
    if sheet.report.is_filed or not form.is_valid():
        # Nobody has begun a report whose first save could not be read.
        transaction.set_rollback(True)
    else:
        figures, changes = form.touched_figures(), form.touched_changes()
        reporting.save(sheet, figures, changes, by=request.user)
    return form


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
    revision = request.POST.get("revision", "")
    try:
        reporting.file_report(
            place,
            quarter,
            by=request.user,
            revision=int(revision) if revision.isdecimal() else -1,
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


def _page(request: DeskRequest, form: SheetForm) -> HttpResponse:
    sheet = form.sheet
    context = {
        "sheet": sheet,
        "form": form,
        "district": sheet.district,
        "may_file": request.user.may(Action.FILE_REPORT, sheet.district),
    }
    status = CONFLICT if form.is_stale else 200
    return render(request, "actionplans/desk/report.html", context, status=status)


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
        "may_correct": request.user.may(Action.FILE_REPORT, report.district),
    }
    return render(request, "actionplans/desk/report_filed.html", context, status=status)


def _filed_meanwhile(request: DeskRequest, form: SheetForm) -> HttpResponse:
    """Nothing can be saved any more: what was typed is shown, to be copied."""
    messages.warning(
        request,
        _("The report was filed meanwhile, so what you typed is not saved."),
    )
    report = report_of(form.sheet.district, form.sheet.quarter)
    return _filed(request, report, form.typed, CONFLICT)


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
