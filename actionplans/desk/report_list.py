"""Which quarterly reports of an official's districts are filed, begun or owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actionplans.deadlines import asked_quarters, has_filed, owes, published_on
from actionplans.filed import ReportState
from actionplans.models import Report
from districts.models import District
from portal.http import DeskRequest
from portal.periods import Quarter

DISTRICTS_PER_PAGE = 50
FILED, BEGUN, OWED = "filed", "begun", "owed"
WORDS = {FILED: _("Filed"), BEGUN: _("Begun"), OWED: _("Owed, not filed")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One district in one quarter: how far its report is."""

    quarter: Quarter
    state: ReportState


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; nothing that is empty or unknown narrows."""

    words: str = ""
    quarter: Quarter
    standing: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str], quarters: list[Quarter]) -> Wanted:
        known = {str(quarter.code): quarter for quarter in quarters}
        standing = query.get("is", "")
        return cls(
            words=query.get("q", "").strip(),
            quarter=known.get(query.get("quarter", ""), quarters[0]),
            standing=standing if standing in WORDS else "",
        )

    def of(self, places: QuerySet[District]) -> QuerySet[District]:
        for word in self.words.split():
            places = places.filter(
                Q(name__icontains=word)
                | Q(name_hi__contains=word)
                | Q(aliases__icontains=word)
            )
        if self.standing == FILED:
            return places.filter(has_filed(self.quarter))
        if self.standing == BEGUN:
            return places.filter(~has_filed(self.quarter), _has_begun(self.quarter))
        if self.standing == OWED:
            return places.filter(~has_filed(self.quarter), owes(self.quarter))
        return places


@require_safe
def report_list(request: DeskRequest) -> HttpResponse:
    quarters = asked_quarters(timezone.localdate())
    wanted = Wanted.asked(request.GET, quarters)
    living = District.objects.living().filter(request.user.charge().q())
    places = wanted.of(living.with_place())
    dated = places.annotate(published_on=published_on())
    page = Paginator(dated, DISTRICTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(list(page), quarters),
        "quarters": quarters,
        "wanted": wanted,
        "words": WORDS,
    }
    return render(request, "actionplans/desk/reports.html", context)


def _rows(
    places: list[District], quarters: list[Quarter]
) -> list[tuple[District, list[Cell]]]:
    found = Report.objects.filter(
        district__in=places, quarter__in=[quarter.code for quarter in quarters]
    )
    reports = {(report.district_id, report.quarter): report for report in found}
    rows = []
    for place in places:
        since = vars(place)["published_on"]
        cells = [
            Cell(
                quarter,
                ReportState.of(
                    reports.get((place.pk, quarter.code)),
                    owed=since is not None and since <= quarter.last_day,
                ),
            )
            for quarter in quarters
        ]
        rows.append((place, cells))
    return rows


def _has_begun(quarter: Quarter) -> Exists:
    return Exists(Report.objects.filter(district=OuterRef("pk"), quarter=quarter.code))
