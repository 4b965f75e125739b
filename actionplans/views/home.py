"""The home page: how fresh the record is, and how far the plans of the land are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas
from actionplans.changes import latest
from actionplans.views.maps import map_of_land, shade_of
from actionplans.views.overview import Count, Overview, country
from districts.models import ProgrammeCount

CHANGES_SHOWN = 8
Measure = ProgrammeCount.Measure


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    atlas = Atlas.current()
    shown = country(atlas)
    context = {
        "last_updated": atlas.changed_at,
        "overview": shown.overview,
        "map": map_of_land(atlas, shade_of(request)),
        "states": shown.states,
        "stated": stated(shown.overview),
        "changes": latest(CHANGES_SHOWN),
        "today": timezone.localdate(),
    }
    return render(request, "actionplans/home.html", context)


def stated(ours: Overview) -> list[tuple[ProgrammeCount, Count | None]]:
    """What Government last stated of each stage, beside what is recorded here.

    We do not count notifications apart from adoptions, so one row has no equal.
    """
    identified, drafted, adopted, *_later = ours.reached
    beside = {
        Measure.IDENTIFIED: identified,
        Measure.DRAFTS: drafted,
        Measure.ADOPTED: adopted,
        Measure.NOTIFIED: None,
    }
    rows = ProgrammeCount.objects.filter(measure__in=beside).order_by("on")
    newest = {row.measure: row for row in rows}
    return [(newest[key], mine) for key, mine in beside.items() if key in newest]
