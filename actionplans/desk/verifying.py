"""Verifying a figure that another office corrected after it was filed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans import corrected_figures
from actionplans.desk.access import get_district
from actionplans.filed import targets_on
from actionplans.models import Evidence, Reading
from actionplans.reporting import ReportBlocked
from districts.models import District
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action


@require_http_methods(["GET", "HEAD", "POST"])
def reading_verify(
    request: DeskRequest, state: str, district: str, pk: int
) -> HttpResponse:
    place = get_district(request, state, district, Action.VERIFY)
    rows = Reading.objects.select_related(
        "line__district__state",
        "entered_by__district",
        "entered_by__ra",
        "entered_by__state",
        "entered_by__agency",
        "supersedes",
        "verification",
        "superseded_by",
    )
    reading = get_object_or_404(rows, pk=pk, line__district=place)
    if request.method == "POST":
        return _verified(request, place, reading)
    context = {
        "district": place,
        "reading": reading,
        "target": targets_on([reading.line_id])[reading.line_id],
        "quarter": Quarter.from_code(reading.quarter),
        "obstacle": corrected_figures.obstacle(reading, request.user),
        "files": Evidence.objects.filter(
            report=reading.report_id, line=reading.line_id
        ).count(),
    }
    return render(request, "actionplans/desk/reading_verify.html", context)


def _verified(request: DeskRequest, place: District, reading: Reading) -> HttpResponse:
    """On to the next one of the district that waits, or back to the report."""
    try:
        corrected_figures.verify(reading, by=request.user)
    except ReportBlocked as blocked:
        messages.error(request, str(blocked))
    else:
        messages.success(request, _("The figure is verified."))
    following = corrected_figures.waiting_for(request.user, place).first()
    where = [place.state.slug, place.slug]
    if following and following.pk != reading.pk:
        return redirect("desk:reading-verify", *where, following.pk)
    return redirect("desk:report", *where, Quarter.from_code(reading.quarter))
