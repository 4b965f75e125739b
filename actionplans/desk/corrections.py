"""Correcting a figure that was filed: the old one stays on record beside the new."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans import corrected_figures, reporting
from actionplans.desk.access import get_district
from actionplans.filed import targets_on
from actionplans.forms.correction import CorrectionForm
from actionplans.measures import current_readings
from actionplans.models import Reading
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action


@require_http_methods(["GET", "HEAD", "POST"])
def reading_correct(
    request: DeskRequest, state: str, district: str, pk: int
) -> HttpResponse:
    place = get_district(request, state, district, Action.CORRECT_FIGURE)
    rows = Reading.objects.select_related("line__district__state")
    reading = get_object_or_404(rows, pk=pk, line__district=place)
    target = targets_on([reading.line_id])[reading.line_id]
    form = CorrectionForm(request.POST or None, reading=reading, kind=target.kind)
    quarter = Quarter.from_code(reading.quarter)
    if form.is_valid():
        because = form.cleaned_data["because"]
        try:
            corrected_figures.correct(
                reading, form.values(), by=request.user, because=because
            )
        except reporting.ReportBlocked as blocked:
            form.add_error(None, str(blocked))
        else:
            messages.success(
                request, _("The figure is corrected, and both stay public.")
            )
            return redirect("desk:report", place.state.slug, place.slug, quarter)
    now = current_readings([reading.line_id])[reading.line_id][quarter]
    context = {
        "district": place,
        "reading": reading,
        "now": now if now.pk != reading.pk else None,
        "target": target,
        "quarter": quarter,
        "form": form,
    }
    return render(request, "actionplans/desk/reading_correct.html", context)
