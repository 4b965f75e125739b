"""The public page of a district."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans import record
from actionplans.atlas import Atlas
from actionplans.by_itself import publication_in
from actionplans.models import Intervention, Plan, PlanProduct, Report
from actionplans.stages import Standing
from actionplans.views.overview import drawing, ghosts
from districts.models import District, Succession
from portal.naming import local_name
from portal.periods import Quarter
from portal.terms import HOLDERS, Status

REPORTS_SHOWN = 12


def get_district(state: str, slug: str) -> District:
    """Living or former: an old address explains where the district went."""
    rows = District.objects.with_place()
    return get_object_or_404(rows, state__slug=state, slug=slug)


@login_not_required
@require_safe
def district(request: HttpRequest, state: str, district: str) -> HttpResponse:
    place = get_district(state, district)
    if not place.lives_on(timezone.localdate()):
        return former(request, place)
    atlas = Atlas.current()
    neighbours = atlas.within(place.state)
    here = next(other for other in neighbours if other.key == place.pk)
    standing = here.standing
    plan = plan_in_force(place)
    reports = filed_reports(place)
    context = {
        **page_of(place),
        "standing": standing,
        "track": record.track(standing),
        "holder": HOLDERS[standing.status] if standing.status else None,
        "publication": publication_in(place)
        if standing.status == Status.ADOPTED
        else None,
        "jurisdiction": here.jurisdiction,
        "newest": max(reports, key=filed_on, default=None),
        "next_quarter": next_quarter(standing),
        "map": drawing(neighbours, ghosts(atlas), here),
        "products": record.product_lines(place, plan),
        "board": record.board(place),
        "reports": reports,
        "versions": versions(place),
        "tags": place.tags.filter(until=None),
        "figures": place.export_figures.all(),
        **family(place),
        **(plan_parts(plan) if plan else {"plan": None}),
    }
    return render(request, "actionplans/district.html", context)


def former(request: HttpRequest, place: District) -> HttpResponse:
    """A district that is no more, or not yet: where it went, and what it left."""
    context = {
        **page_of(place),
        **family(place),
        "reports": filed_reports(place),
        "versions": versions(place),
    }
    return render(request, "actionplans/district_former.html", context)


def plan_in_force(place: District) -> Plan | None:
    """With what the district's page shows of it; its own page has the whole."""
    rows = Plan.objects.in_force().filter(district=place)
    return rows.prefetch_related(
        Prefetch("products", PlanProduct.objects.select_related("product")),
        Prefetch("interventions", Intervention.objects.with_names()),
    ).first()


def plan_parts(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "targets": record.target_table(plan),
        "actions": record.action_lines(plan),
        "record": record.adoption_record(plan),
    }


def page_of(place: District) -> dict[str, Any]:
    state = local_name(place.state)
    return {
        "district": place,
        "state_name": state,
        "crumbs": [
            (reverse("home"), gettext("Home")),
            (reverse("states"), gettext("States")),
            (place.state.get_absolute_url(), state),
        ],
        "here": local_name(place),
    }


def family(place: District) -> dict[str, Any]:
    """The districts it was formed from, those it took in, and those it went into."""
    rows = Succession.objects.filter(Q(before=place) | Q(after=place))
    rows = rows.select_related("before__state", "after__state").order_by("on", "pk")
    before = [row for row in rows if row.after_id == place.pk]
    first = place.since or dt.date.min
    return {
        "formed_from": [row.before for row in before if not row.on or row.on <= first],
        "took_in": [row.before for row in before if row.on and row.on > first],
        "went_into": [row.after for row in rows if row.before_id == place.pk],
    }


def versions(place: District) -> list[Plan]:
    return list(place.plans.been_public().order_by("-number"))


def filed_reports(place: District) -> list[Report]:
    rows = place.reports.filter(filed_on__isnull=False)
    return list(rows.select_related("filed_by__ra")[:REPORTS_SHOWN])


def filed_on(report: Report) -> dt.date:
    return report.filed_on or dt.date.min


def next_quarter(standing: Standing) -> Quarter:
    """The quarter that falls due next, or the one after what was filed early."""
    following = Quarter.last_due(timezone.localdate()).next
    last = standing.last_quarter
    return max(following, last.next) if last else following
