"""What one published version of a plan says otherwise than another."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplans import versions
from actionplans.catalogues import local_names
from actionplans.diff import Diff, compare
from actionplans.models import Plan
from actionplans.views.district import get_district, page_of
from districts.models import District
from portal.numbers import whole_of


@login_not_required
@require_safe
def plan_changes(
    request: HttpRequest, state: str, district: str, number: int
) -> HttpResponse:
    """`to` and `from` are what the form sends; the address itself names the first."""
    place = get_district(state, district)
    wanted = whole_of(request.GET.get("to", ""))
    if wanted is not None and wanted != number:
        address = reverse("plan-changes", args=[state, district, wanted])
        return redirect(f"{address}?{request.GET.urlencode()}")
    known, shown, other = versions_of(place, number, request.GET)
    way = page_of(place)
    context = {
        **way,
        "crumbs": [*way["crumbs"], (place.get_absolute_url(), way["here"])],
        "plan": shown,
        "other": other,
        "versions": known,
        "diff": what_changed(other, shown),
    }
    return render(request, "actionplans/plan_changes.html", context)


def versions_of(
    place: District, number: int, asked: QueryDict
) -> tuple[list[Plan], Plan, Plan | None]:
    """All that can be compared, the one shown, and the one it is compared with."""
    known = versions.sealed(Plan.objects.public().filter(district=place))
    shown = one_of(known, str(number))
    other = asked.get("from", "")
    return (
        known,
        shown,
        one_of(known, other) if other else versions.before(shown, known),
    )


def what_changed(other: Plan | None, shown: Plan) -> Diff | None:
    """None of the first version, which changed nothing."""
    if other is None:
        return None
    before, after = map(versions.sealed_contents, (other, shown))
    return compare(before, after, local_names())


def one_of(known: list[Plan], number: str) -> Plan:
    for version in known:
        if str(version.number) == number:
            return version
    raise Http404
