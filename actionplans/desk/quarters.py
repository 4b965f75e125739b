"""One quarter in all districts of an official: what is filed, entered and left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actionplans.deadlines import asked_quarters, has_filed, published_on
from actionplans.filed import ReportState
from actionplans.freshness import freshness, lifted_by
from actionplans.glance import flag
from actionplans.lifts import Liftable, Lifts
from actionplans.models import Evidence, Report
from actionplans.reporting import not_open_yet
from actionplans.tallies import Tally, tallies_of
from districts.models import District
from portal import charts
from portal.accounts.models import User
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.periods import Quarter
from portal.terms import Action

DISTRICTS_PER_PAGE = 100
FILED, READY, BEGUN, OWED = "filed", "ready", "begun", "owed"
WORDS = {
    FILED: _("Filed"),
    READY: _("Complete, to be filed"),
    BEGUN: _("Begun"),
    OWED: _("Owed, not filed"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A district in the quarter, before anything is read of its report."""

    district: District
    owes: bool
    is_filed: bool
    is_begun: bool
    may_prepare: bool
    may_file: bool
    first_owed: Quarter | None

    def standings(self, ready: Collection[int]) -> Iterator[str]:
        """The words of the filter that fit; `ready` has the keys of districts."""
        if self.is_filed:
            yield FILED
            return
        if self.district.pk in ready:
            yield READY
        if self.is_begun:
            yield BEGUN
        if self.owes:
            yield OWED


@dataclass(frozen=True, slots=True)
class Row:
    """A district with how far its report is, and the files behind its figures."""

    place: Place
    tally: Tally
    evidence: int

    @property
    def state(self) -> ReportState:
        return ReportState.of(
            self.tally.report if self.tally.report.pk else None, owed=self.place.owes
        )


@require_safe
def quarter(request: DeskRequest, quarter: Quarter) -> HttpResponse:
    """What the quarter asks, the ways to enter it, and every district's report."""
    if why := not_open_yet(quarter):
        context = {"quarter": quarter, "why": why}
        return render(request, "actionplans/desk/quarter_closed.html", context)
    places = _places(request.user, quarter)
    mine = [place.district for place in places if place.may_prepare]
    own = tallies_of(mine, quarter)
    ready = {row.district.pk for row in own.rows if row.is_complete}
    standing = request.GET.get("is", "")
    wanted = [p for p in places if standing in {"", *p.standings(ready)}]
    page = Paginator(wanted, DISTRICTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "quarter": quarter,
        "quarters": asked_quarters(timezone.localdate()),
        "places": places,
        "mine": mine,
        "counts": _counts(places, ready),
        "filed": _filed(places),
        "ready": sum(p.may_file and p.district.pk in ready for p in places),
        "indicators": own.indicators,
        "lifts": _lifts([place for place in places if place.may_file]),
        "standing": standing,
        "words": WORDS,
        "page": page,
        "rows": _rows(list(page), own.rows, quarter),
    }
    return render(request, "actionplans/desk/quarter.html", context)


@dataclass(frozen=True, slots=True)
class Filed:
    """Reports filed, of those owed."""

    number: int
    owed: int

    @property
    def share(self) -> str:
        return charts.share(self.number, self.owed)


def _places(user: User, quarter: Quarter) -> list[Place]:
    """The living districts in somebody's charge that have a report of this quarter."""
    begun = Report.objects.filter(district=OuterRef("pk"), quarter=quarter.code)
    living = District.objects.living().filter(user.charge().q())
    rows = living.exclude(since__gt=quarter.last_day).with_place()
    marks: dict[str, Case | Exists] = {
        "is_filed": has_filed(quarter),
        "is_begun": Exists(begun),
        "may_prepare": flag(open_q(user, Action.PREPARE_REPORT)),
        "may_file": flag(open_q(user, Action.FILE_REPORT)),
    }
    found = rows.annotate(published_on=published_on(), **marks)
    return [_place(row, quarter, list(marks)) for row in found]


def _place(row: District, quarter: Quarter, marks: list[str]) -> Place:
    said: dict[str, Any] = vars(row)
    since = said["published_on"]
    first = Quarter.of(since) if since else None
    return Place(
        district=row,
        owes=first is not None and first <= quarter,
        first_owed=first,
        **{mark: bool(said[mark]) for mark in marks},
    )


def _counts(places: Iterable[Place], ready: Collection[int]) -> dict[str, int]:
    """How many districts each word of the filter leaves."""
    found = Counter(word for place in places for word in place.standings(ready))
    return {word: found[word] for word in WORDS}


def _filed(places: Collection[Place]) -> Filed:
    owing = [place for place in places if place.owes]
    return Filed(sum(place.is_filed for place in owing), len(owing))


def _rows(places: list[Place], known: Iterable[Tally], quarter: Quarter) -> list[Row]:
    tallies = {row.district.pk: row for row in known}
    others = [p.district for p in places if p.district.pk not in tallies]
    if others:
        tallies |= {row.district.pk: row for row in tallies_of(others, quarter).rows}
    shown = [(place, tallies[place.district.pk]) for place in places]
    files = _files([tally.report for _place, tally in shown])
    return [Row(place, tally, files.get(tally.report.pk, 0)) for place, tally in shown]


def _files(reports: Iterable[Report]) -> dict[int, int]:
    keys = [report.pk for report in reports if report.pk]
    rows = Evidence.objects.filter(report__in=keys).order_by()
    return dict(rows.values_list("report").annotate(Count("pk")))


def _lifts(places: Collection[Place]) -> Lifts | None:
    """What would make more of these districts fresh."""
    if not places:
        return None
    today = timezone.localdate()
    districts = [place.district for place in places]
    rows = Report.objects.filter(district__in=districts, filed_on__isnull=False)
    filed: dict[int, dict[Quarter, tuple[int, int]]] = {}
    for key, code, given, asked in rows.order_by().values_list(
        "district", "quarter", "given", "asked"
    ):
        filed.setdefault(key, {})[Quarter.from_code(code)] = given, asked
    found = []
    for place in places:
        own = filed.get(place.district.pk, {})
        word = freshness(own, today, place.first_owed)
        by = lifted_by(word, own, today)
        found.append(Liftable(place.district, word, by, place.first_owed))
    return Lifts.of(found)
