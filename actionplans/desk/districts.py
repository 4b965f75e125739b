"""The districts in an official's charge: all of them, and one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.deadlines import asked_quarters, next_due
from actionplans.desk.access import get_district
from actionplans.desk.recording import may_record
from actionplans.filed import ReportState
from actionplans.freshness import Freshness
from actionplans.glance import Glance, StateName, glances
from actionplans.models import Report
from actionplans.people import posts, vacancies
from actionplans.stages import Stage, Standing, standings
from actionplans.worklist import waits_in
from districts.models import District
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action, Role

DISTRICTS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A district in the list: where it stands, what comes next, what is vacant."""

    glance: Glance
    standing: Standing
    next_due: dt.date | None
    vacant: list[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; nothing that is empty or unknown narrows."""

    words: str = ""
    stage: Stage | None = None
    freshness: str = ""
    state: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Wanted:
        freshness = query.get("freshness", "")
        return cls(
            words=query.get("q", "").strip(),
            stage=Stage.from_slug(query.get("at", "")),
            freshness=freshness if freshness in Freshness.values else "",
            state=query.get("state", ""),
        )

    def takes(self, glance: Glance) -> bool:
        place = glance.district
        searched = f"{place.name} {place.name_hi} {place.aliases}".casefold()
        return (
            self.stage in (None, glance.stage)
            and self.freshness in ("", glance.freshness)
            and self.state in ("", place.state.slug)
            and all(word in searched for word in self.words.casefold().split())
        )


@require_safe
def district_list(request: DeskRequest) -> HttpResponse:
    living = [glance for glance in glances(request.user) if glance.is_living]
    wanted = Wanted.asked(request.GET)
    taken = [glance for glance in living if wanted.takes(glance)]
    page = Paginator(taken, DISTRICTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(list(page)),
        "total": len(living),
        "wanted": wanted,
        "states": _states(living),
        "stages": Stage,
        "words": Freshness,
    }
    return render(request, "actionplans/desk/districts.html", context)


@require_safe
def district_page(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district)
    standing = standings(District.objects.filter(pk=place.pk))[place.pk]
    context = {
        "district": place,
        "office": place.regional_authority(),
        "standing": standing,
        "items": waits_in(place, request.user),
        "plans": place.plans.order_by("-pk"),
        "reports": _reports(place, standing),
        "posts": posts(place),
        "may_start": request.user.may(Action.START, place),
        "may_record": may_record(request, place),
    }
    return render(request, "actionplans/desk/district.html", context)


def _reports(
    place: District, standing: Standing
) -> list[tuple[Quarter, Report | None, ReportState]]:
    """The last quarters, each with its report and how far that is."""
    quarters = asked_quarters(timezone.localdate())
    found = place.reports.filter(quarter__gte=quarters[-1].code)
    reports = {report.quarter: report for report in found}
    since = standing.reached.get(Stage.PUBLISHED)
    rows = []
    for quarter in quarters:
        report = reports.get(quarter.code)
        owed = since is not None and since <= quarter.last_day
        rows.append((quarter, report, ReportState.of(report, owed=owed)))
    return rows


def _rows(shown: list[Glance]) -> list[Row]:
    """What only the districts on the page need to have looked up."""
    keys = [glance.district.pk for glance in shown]
    known = standings(District.objects.filter(pk__in=keys))
    vacant = vacancies(keys)
    today = timezone.localdate()
    return [
        Row(glance, known[key], next_due(known[key], today), vacant[key])
        for key, glance in zip(keys, shown, strict=True)
    ]


def _states(living: list[Glance]) -> list[StateName]:
    """The States to choose from, if there is a choice."""
    found = {row.district.state for row in living}
    states = sorted(found, key=lambda state: state.name)
    return states if len(states) > 1 else []
