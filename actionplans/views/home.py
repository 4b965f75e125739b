"""The home page: how fresh the record is, and how far the plans of the land are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.adopted import notified
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
        "stated": stated(shown.overview, atlas.once("notified", notifications)),
        "changes": atlas.once("latest", lambda: latest(CHANGES_SHOWN)),
        "today": timezone.localdate(),
    }
    return render(request, "actionplans/home.html", context)


def notifications() -> Count:
    """The districts whose plan was notified, and the list of these plans."""
    number = notified().values("district").distinct().count()
    href = reverse("plans", query={"notified": "yes"})
    return Count(gettext("Notified"), number, href)


def stated(ours: Overview, told: Count) -> list[tuple[ProgrammeCount, Count]]:
    """What Government last stated of each stage, beside what is recorded here."""
    identified, drafted, adopted, *_later = ours.reached
    beside = {
        Measure.IDENTIFIED: identified,
        Measure.DRAFTS: drafted,
        Measure.ADOPTED: adopted,
        Measure.NOTIFIED: told,
    }
    rows = ProgrammeCount.objects.filter(measure__in=beside).order_by("on")
    newest = {row.measure: row for row in rows}
    return [(newest[key], mine) for key, mine in beside.items() if key in newest]
