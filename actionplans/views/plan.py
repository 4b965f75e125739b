"""An adopted plan to read: what it promises, what came of it, how it was adopted."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplans import record, versions
from actionplans.copies import mark_copied
from actionplans.models import Plan
from actionplans.paper import confirmed_errata, size_of_prints
from actionplans.ties import tie
from actionplans.views import recorded
from actionplans.views.annulled import annulled_plan
from actionplans.views.district import page_of
from actionplans.views.district import versions as versions_of
from portal.qr import QR
from portal.terms import IN_FORCE, Status


@login_not_required
@require_safe
def plan(
    request: HttpRequest, state: str, district: str, number: int | None = None
) -> HttpResponse:
    """The plan in force or, with a number, that version of it."""
    shown = shown_plan(state, district, number)
    place = shown.district
    way = page_of(place)
    if shown.status == Status.ANNULLED:
        return annulled_plan(request, place, shown, way)
    if not shown.structured:
        return recorded.recorded_plan(request, place, shown)
    context = {
        **way,
        **plan_record(shown),
        "crumbs": [*way["crumbs"], (place.get_absolute_url(), way["here"])],
        "is_in_force": shown.status == Status.PUBLISHED,
    }
    adopted = context["record"]
    if adopted and adopted.seal:
        address = reverse("seal", args=[adopted.seal.sha256])
        context["qr"] = code_of(request.build_absolute_uri(address))
        context["printed"] = size_of_prints(adopted.seal.sha256)
    return render(request, "actionplans/public_plan.html", context)


def shown_plan(state: str, district: str, number: int | None) -> Plan:
    """The plan in force or that version; also one that is here as a document only."""
    rows = Plan.objects.to_read().been_public().filter(district__slug=district)
    rows = rows.filter(number=number) if number else rows.filter(status__in=IN_FORCE)
    return get_object_or_404(rows, district__state__slug=state)


@lru_cache(maxsize=512)
def code_of(address: str) -> QR:
    """Takes a fifth as long as the whole page, and is always the same."""
    return QR.of(address)


def plan_record(shown: Plan) -> dict[str, Any]:
    """Everything that the page says of a plan that was fetched `to_read`."""
    tie(shown)
    every = versions_of(shown.district)
    before = versions.before(shown, [v for v in every if v.structured])
    return {
        "plan": shown,
        "targets": record.target_table(shown),
        "bottlenecks": record.bottleneck_lines(shown),
        "actions": record.action_lines(shown),
        "sections": section_lines(shown),
        "copied": copied_rows(shown),
        "record": record.adoption_record(shown),
        "versions": every,
        "before": before,
        "changes": versions.changes_between(before, shown) if before else 0,
    }


def section_lines(shown: Plan) -> list[tuple[Any, list[Any]]]:
    """The eleven sections, each with the errata beside its text; one query."""
    errata = list(confirmed_errata(shown))
    return [
        (section, [row for row in errata if row.section == section.code])
        for section in shown.sections.all()
    ]


def copied_rows(shown: Plan) -> list[Any]:
    """Rows that another district's plan had first, each with that district."""
    parts = (shown.bottlenecks, shown.interventions, shown.targets)
    rows: list[Any] = [row for part in parts for row in part.all()]
    mark_copied(rows)
    return [row for row in rows if row.copied_from]
