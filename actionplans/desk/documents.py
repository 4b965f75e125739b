"""Documents: handed out to officials who may see the district, and released."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.desk.access import get_plan
from actionplans.documents import as_download
from actionplans.forms.document import ReleaseForm
from actionplans.models import Document, DocumentRelease, Plan
from districts.models import District
from portal.accounts.models import Appointment
from portal.conditions import open_q
from portal.http import DeskRequest
from portal.models import DataVersion
from portal.rules import role_for
from portal.terms import Action


@require_safe
def document(request: DeskRequest, sha256: str) -> FileResponse:
    seen = District.objects.filter(open_q(request.user, Action.SEE))
    rows = Document.objects.filter(district__in=seen, sha256=sha256)
    # The same file may have been attached twice.
    found = rows.select_related("district").order_by("pk").first()
    if found is None:
        raise Http404
    response = as_download(found)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def plan_document(request: DeskRequest, pk: int) -> HttpResponse:
    """The document of an old plan, and its release to the public."""
    plan = get_plan(request, pk)
    if plan.document is None:
        raise Http404
    release = DocumentRelease.objects.filter(document=plan.document).first()
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        by = _releasing(request, plan)
        if release or form.is_valid():
            _release(plan.document, by)
            messages.success(request, _("The document is released to everybody."))
            return redirect("desk:plan", pk)
    context = {
        "plan": plan,
        "document": plan.document,
        "release": release,
        "form": form,
        "may_release": request.user.may(Action.RELEASE, plan),
    }
    return render(request, "actionplans/desk/plan_document.html", context)


def _releasing(request: DeskRequest, plan: Plan) -> Appointment:
    role = role_for(request.user, Action.RELEASE, plan)
    by = role and request.user.appointment_for(role, plan.district)
    if not by:
        raise PermissionDenied
    return by


@transaction.atomic
def _release(document: Document, by: Appointment) -> None:
    _row, is_new = DocumentRelease.objects.get_or_create(
        document=document, defaults={"released_by": by}
    )
    if is_new:
        DataVersion.rise()
