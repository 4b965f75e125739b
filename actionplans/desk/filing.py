"""Filing many reports of one quarter after a last look."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplans import reporting
from actionplans.deadlines import owes
from actionplans.tallies import Tally, tallies_of
from districts.models import District, DistrictQuerySet
from portal.accounts.models import User
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.naming import local_name
from portal.numbers import grouped, whole_of
from portal.periods import Quarter
from portal.terms import Action


@dataclass(frozen=True, slots=True)
class Waiting:
    """The reports that somebody may file: complete, begun with questions, not begun."""

    ready: list[Tally]
    open: list[Tally]
    not_begun: list[District]


@require_http_methods(["GET", "HEAD", "POST"])
def file_many(request: DeskRequest, quarter: Quarter) -> HttpResponse:
    """Every report that can be filed now, ticked; and what the others still lack."""
    if request.method == "POST":
        return _file(request, quarter)
    if why := reporting.not_open_yet(quarter):
        context = {"quarter": quarter, "why": why}
        return render(request, "actionplans/desk/quarter_closed.html", context)
    today = timezone.localdate()
    context = {
        "quarter": quarter,
        "waiting": _waiting(request.user, quarter),
        "is_late": today > quarter.due_on,
        # Freshness looks at no quarter before.
        "counts_now": quarter >= Quarter.last_due(today),
    }
    return render(request, "actionplans/desk/file_many.html", context)


def _waiting(user: User, quarter: Quarter) -> Waiting:
    owing = set(_districts(user, quarter).filter(owes(quarter)).values_list("pk"))
    tallies = tallies_of(list(_districts(user, quarter)), quarter).rows
    begun = [row for row in tallies if row.report.pk and not row.report.is_filed]
    return Waiting(
        ready=[row for row in begun if row.is_complete],
        open=[row for row in begun if row.issues],
        not_begun=[
            row.district
            for row in tallies
            if not row.report.pk and (row.district.pk,) in owing
        ],
    )


def _districts(user: User, quarter: Quarter) -> DistrictQuerySet:
    living = District.objects.living().filter(open_q(user, Action.FILE_REPORT))
    return living.exclude(since__gt=quarter.last_day).with_place()


def _file(request: DeskRequest, quarter: Quarter) -> HttpResponse:
    """Each report as it was read, and each by itself: one that fails stops no other."""
    ticked = _ticked(request, quarter)
    tried = [
        _refusal(request.user, district, quarter, revision)
        for district, revision in ticked
    ]
    refused = [sentence for sentence in tried if sentence]
    if filed := len(ticked) - len(refused):
        messages.success(request, _said(filed))
    for sentence in refused:
        messages.warning(request, sentence)
    if not ticked:
        messages.info(request, _("No report was ticked, so none is filed."))
    if refused or not ticked:
        return redirect("desk:file-many", quarter)
    return redirect("desk:quarter", quarter)


def _ticked(request: DeskRequest, quarter: Quarter) -> list[tuple[District, int]]:
    """The districts with the revision in which the report was read."""
    read: dict[int, int] = {}
    for value in request.POST.getlist("report"):
        key, was = map(whole_of, value.partition(":")[::2])
        if key is None or was is None:
            raise Http404
        read[key] = was
    places = _districts(request.user, quarter).filter(pk__in=read)
    if len(found := list(places)) < len(read):
        raise Http404
    return [(place, read[place.pk]) for place in found]


def _refusal(user: User, district: District, quarter: Quarter, revision: int) -> str:
    """Why the report could not be filed, or nothing once it is."""
    try:
        reporting.file_report(district, quarter, by=user, revision=revision)
    except reporting.FiledAlready:
        words = {"district": local_name(district)}
        return _("%(district)s: the report was filed already.") % words
    except reporting.ReportBlocked as blocked:
        words = {"district": local_name(district), "why": str(blocked)}
        return _("%(district)s is not filed: %(why)s") % words
    return ""


def _said(filed: int) -> str:
    sentence = ngettext(
        "%(number)s report is filed and public from now on.",
        "%(number)s reports are filed and public from now on.",
        filed,
    )
    return sentence % {"number": grouped(filed)}
