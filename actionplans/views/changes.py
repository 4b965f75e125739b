"""What one published version of a plan says otherwise than another."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplans import versions
from actionplans.catalogues import local_names
from actionplans.diff import Diff, compare
from actionplans.models import Plan
from actionplans.views.district import get_district, page_of
from portal.numbers import whole_of


@login_not_required
@require_safe
def plan_changes(
    request: HttpRequest, state: str, district: str, number: int
) -> HttpResponse:
    """`to` and `from` are what the form sends; the address itself names the first."""
    place = get_district(state, district)
    known = versions.sealed(Plan.objects.public().filter(district=place))
    wanted = whole_of(request.GET.get("to", ""))
    if wanted is not None and wanted != number:
        address = reverse("plan-changes", args=[state, district, wanted])
        return redirect(f"{address}?{request.GET.urlencode()}")
    shown = one_of(known, str(number))
    asked = request.GET.get("from", "")
    other = one_of(known, asked) if asked else versions.before(shown, known)
    way = page_of(place)
    context = {
        **way,
        "crumbs": [*way["crumbs"], (place.get_absolute_url(), way["here"])],
        "plan": shown,
        "other": other,
        "versions": known,
        "diff": changes_between(other, shown) if other else None,
    }
    return render(request, "actionplans/plan_changes.html", context)


def changes_between(other: Plan, shown: Plan) -> Diff:
    before, after = map(versions.sealed_contents, (other, shown))
    return compare(before, after, local_names())


def one_of(known: list[Plan], number: str) -> Plan:
    for version in known:
        if str(version.number) == number:
            return version
    raise Http404
