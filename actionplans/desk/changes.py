"""What a plan says otherwise than a version that was adopted before it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplans import versions
from actionplans.catalogues import local_names
from actionplans.desk.access import get_plan, may_move_on
from actionplans.diff import compare
from actionplans.models import Plan
from actionplans.views.changes import one_of
from portal.http import DeskRequest


@require_safe
@may_move_on
def plan_changes(request: DeskRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk, whole=True)
    rows = Plan.objects.filter(district=plan.district)
    known = [version for version in versions.sealed(rows) if version.pk != plan.pk]
    asked = request.GET.get("from", "")
    other = one_of(known, asked) if asked else versions.before(plan, known)
    is_sealed = hasattr(plan, "seal")
    own = versions.sealed_contents if is_sealed else versions.draft_contents
    diff = (
        compare(versions.sealed_contents(other), own(plan), local_names())
        if other
        else None
    )
    context = {
        "plan": plan,
        "other": other,
        "versions": known,
        "diff": diff,
    }
    return render(request, "actionplans/desk/plan_changes.html", context)
