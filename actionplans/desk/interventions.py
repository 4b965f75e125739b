"""The interventions of an official's districts: how they stand, and by agency."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplans import interventions as standing
from actionplans.deadlines import asked_quarters
from actionplans.desk.following import Counted, InterventionFilter
from actionplans.interventions import ActionLine, Total
from actionplans.models import ActionStatus
from portal.accounts.models import User
from portal.cells import csv_response
from portal.http import DeskRequest
from portal.naming import local_name
from portal.periods import Quarter
from portal.rules import RULES
from portal.terms import Action


@require_safe
def interventions(request: DeskRequest) -> HttpResponse:
    wanted, own = _wanted(request), _own_agencies(request.user)
    totals = standing.totals(wanted.besides("status"))
    counts = {status.value: total.count for status, total in totals.items()}
    if status := wanted.chosen.get("status"):
        totals = dict.fromkeys(ActionStatus, Total()) | {status: totals[status]}
    total = sum(totals.values(), Total())
    context = {
        "wanted": wanted,
        "total": total,
        "all": sum(counts.values()),
        "chips": wanted.chips(counts),
        "quarter": _quarter_to_write(request.user),
        "agencies": None,
    }
    if request.GET.get("by") == "agency":
        agencies = standing.by_agency(wanted.qs, own)
        context |= {"agencies": agencies, "totals": totals, "words": ActionStatus}
    else:
        rows = standing.by_district(wanted.qs, own)
        page = Counted(rows, total.count).get_page(request.GET.get("page"))
        context |= {"page": page, "lines": standing.lines_of(list(page))}
    return render(request, "actionplans/desk/interventions.html", context)


@require_safe
def interventions_csv(request: DeskRequest) -> HttpResponse:
    """The whole list, as it is narrowed."""
    rows = standing.by_district(_wanted(request).qs, _own_agencies(request.user))
    lines = standing.lines_of(list(rows))
    return csv_response("interventions", _heads(), map(_cells, lines))


def _wanted(request: DeskRequest) -> InterventionFilter:
    rows = standing.in_charge(request.user)
    return InterventionFilter(request.GET, queryset=rows, request=request)


def _own_agencies(user: User) -> list[int]:
    """The agencies that the official sits for in a committee."""
    held = user.current_appointments
    return [post.agency_id for post in held if post.agency_id]


def _quarter_to_write(user: User) -> Quarter | None:
    """The quarter whose report says how they stand, for those who write in it."""
    writes = user.charge(RULES[Action.PREPARE_REPORT].who)
    return asked_quarters(timezone.localdate())[0] if writes else None


def _heads() -> list[str]:
    return [
        _("State"),
        _("District"),
        _("Action"),
        _("Lead agency"),
        _("Status"),
        _("Per cent done"),
        _("Last reported"),
        _("Budget in rupees"),
        _("Released in rupees"),
        _("Spent in rupees"),
        _("First due"),
        _("Due now"),
        _("Times moved"),
        _("Why it moved last"),
    ]


def _cells(line: ActionLine) -> list[object]:
    row, update, moves = line.intervention, line.update, line.moves
    place = row.plan.district
    said = [update.percent, Quarter.from_code(update.quarter)] if update else ["", ""]
    money = [row.budget, *([update.released, update.spent] if update else ["", ""])]
    return [
        local_name(place.state),
        local_name(place),
        row.action,
        local_name(row.lead) if row.lead else "",
        line.status.label,
        *said,
        *("" if amount is None else amount for amount in money),
        moves.first or "",
        moves.due_on or "",
        moves.times,
        moves.reason,
    ]
