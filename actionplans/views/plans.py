"""The list of every adopted plan, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.adopted import AdoptedFilter, districts_of, rows_of
from actionplans.models import PlanEvent

PLANS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Facet:
    """A status to narrow the list to, with how many plans that leaves."""

    label: str
    number: int
    href: str
    is_chosen: bool


@login_not_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    filterset = AdoptedFilter(request.GET)
    links = facets(request, filterset)
    pages = Paginator(filterset.found, PLANS_A_PAGE)
    # The links have counted them already.
    pages.count = sum(link.number for link in links if link.is_chosen)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Action plans"),
        "filterset": filterset,
        "facets": links,
        "product": filterset.chosen_product,
        "page": page,
        "districts": districts_of(filterset.found),
        "rows": list(rows_of(cast("QuerySet[PlanEvent]", page.object_list))),
    }
    return render(request, "actionplans/plans.html", context)


def facets(request: HttpRequest, filterset: AdoptedFilter) -> list[Facet]:
    """Every status that plans have among those otherwise asked for, and all of them."""
    counts = filterset.by_status
    chosen = request.GET.get("status", "")
    kept = {
        name: value
        for name, value in request.GET.items()
        if name in filterset.filters and name != "status" and value
    }

    def facet(label: object, number: int, status: str) -> Facet:
        query = urlencode({**kept, "status": status} if status else kept)
        href = f"{request.path}?{query}" if query else request.path
        return Facet(str(label), number, href, is_chosen=status == chosen)

    every = facet(gettext("All"), sum(counts.values()), "")
    return [every, *(facet(s.label, n, s.value) for s, n in counts.items())]
