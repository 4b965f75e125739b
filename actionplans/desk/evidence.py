"""Files behind the figures of a report: listed, added, taken away, handed out."""

from __future__ import annotations

import logging
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans import reporting
from actionplans.desk.access import get_district
from actionplans.evidence import files
from actionplans.evidence.backing import Backed, backed
from actionplans.forms.evidence import EvidenceForm
from actionplans.models import Evidence
from actionplans.preparing import report_of
from districts.models import District
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action
from portal.uploads import Unfit

log = logging.getLogger(__name__)
AWAY = 503


@require_http_methods(["GET", "HEAD", "POST"])
def line_evidence(
    request: DeskRequest, state: str, district: str, quarter: Quarter, line: UUID
) -> HttpResponse:
    """The files behind one target or intervention in a quarter, and one more."""
    place = get_district(request, state, district)
    if reporting.not_open(place, quarter):
        return redirect("desk:report", state, district, quarter)
    found = backed(report_of(place, quarter), line)
    if found is None:
        raise Http404
    if request.method == "POST" and not _may_add(request, found):
        return _filed_meanwhile(request, found)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _added(request, found, form):
        return redirect(request.path)
    prepares = request.user.may(Action.PREPARE_REPORT, place)
    context = {
        "district": place,
        "backed": found,
        "report": found.report,
        "figure": found.figure(),
        "files": files.files_of(found.report).get(line, []),
        "form": form if _may_add(request, found) else None,
        "may_remove": prepares and not found.report.is_filed,
    }
    return render(request, "actionplans/desk/evidence.html", context)


@require_safe
def evidence(request: DeskRequest, pk: UUID) -> HttpResponseBase:
    row = get_object_or_404(_seen(request), pk=pk)
    try:
        return files.as_download(row)
    except OSError:
        log.exception("evidence %s cannot be fetched", pk)
        context = {"row": row, "district": row.report.district}
        template = "actionplans/desk/evidence_away.html"
        return render(request, template, context, status=AWAY)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Asks once more; a file that stands behind a filed report stays."""
    row = get_object_or_404(_seen(request), pk=pk)
    place = row.report.district
    if not request.user.may(Action.PREPARE_REPORT, place):
        raise PermissionDenied
    address = place.state.slug, place.slug, row.report.period, row.line_id
    page = redirect("desk:line-evidence", *address)
    if row.report.is_filed:
        messages.info(request, _("The report is filed: its files stay."))
        return page
    if request.method == "POST":
        return _removed(request, row, page)
    context = {"row": row, "report": row.report, "district": place, "back": page.url}
    return render(request, "actionplans/desk/evidence_remove.html", context)


def _seen(request: DeskRequest) -> QuerySet[Evidence]:
    places = District.objects.filter(open_q(request.user, Action.SEE))
    rows = Evidence.objects.filter(report__district__in=places)
    return rows.select_related("report__district__state")


def _may_add(request: DeskRequest, found: Backed) -> bool:
    """To what is not in force nothing is added before filing: it is not asked for."""
    report = found.report
    return files.may_add(request.user, report) and (
        report.is_filed or found.is_in_force
    )


def _added(request: DeskRequest, found: Backed, form: EvidenceForm) -> bool:
    report, said = found.report, form.cleaned_data
    try:
        files.add(
            report.district,
            report.period,
            found.line,
            said["file"],
            title=said["title"],
            by=request.user,
        )
    except Unfit as unfit:
        form.add_error("file", str(unfit))
        return False
    except reporting.FiledAlready:
        _say_filed(request)
        return True
    messages.success(request, _("The file is added."))
    return True


def _filed_meanwhile(request: DeskRequest, found: Backed) -> HttpResponse:
    """Who could have added a file before is told what happened."""
    report = found.report
    if not (
        report.is_filed and request.user.may(Action.PREPARE_REPORT, report.district)
    ):
        raise PermissionDenied
    _say_filed(request)
    return redirect(request.path)


def _say_filed(request: DeskRequest) -> None:
    messages.warning(
        request,
        _("The report was filed meanwhile, so the file is not added."),
    )


def _removed(
    request: DeskRequest, row: Evidence, page: HttpResponseRedirect
) -> HttpResponse:
    try:
        files.remove(row, by=request.user)
    except reporting.FiledAlready:
        messages.info(request, _("The report is filed: its files stay."))
    else:
        messages.success(request, _("The file is taken away."))
    return page
