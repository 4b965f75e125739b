"""An adopted plan to print: as a page, and as a PDF; both from its sealed bytes."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actionplans.models import Seal
from actionplans.paper import Paper, confirmed_errata, paper_of, pdf
from actionplans.verification import gives_its_hash
from portal.terms import PUBLIC


def public_seal(state: str, district: str, number: int) -> Seal:
    rows = Seal.objects.filter(plan__status__in=PUBLIC, plan__number=number)
    rows = rows.filter(plan__district__state__slug=state)
    return get_object_or_404(
        rows.select_related("plan__district"), plan__district__slug=district
    )


@login_not_required
@never_cache
@require_safe
def plan_print(
    request: HttpRequest, state: str, district: str, number: int
) -> HttpResponse:
    seal = public_seal(state, district, number)
    if not gives_its_hash(seal):
        return redirect("seal", seal.sha256)
    address = [state, district, number]
    context = {
        "paper": paper_for(request, seal),
        "plan_address": reverse("plan-version", args=address),
        "pdf_address": reverse("plan-pdf", args=address),
    }
    return render(request, "actionplans/plan_print.html", context)


@login_not_required
@require_safe
def plan_pdf(
    request: HttpRequest, state: str, district: str, number: int
) -> HttpResponseBase:
    return as_pdf(request, public_seal(state, district, number))


def as_pdf(request: HttpRequest, seal: Seal) -> HttpResponseBase:
    """Printed once; who has it already is told that it did not change.

    What no longer gives its seal is not printed under it.
    """
    if not gives_its_hash(seal):
        return redirect("seal", seal.sha256)
    file = pdf(paper_for(request, seal))
    etag = f'"{file.stem}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    return FileResponse(
        file.open("rb"),
        filename=_file_name(seal),
        content_type="application/pdf",
        headers={"ETag": etag, "Content-Length": file.stat().st_size},
    )


def paper_for(request: HttpRequest, seal: Seal) -> Paper:
    address = request.build_absolute_uri(reverse("seal", args=[seal.sha256]))
    return paper_of(seal, confirmed_errata(seal.plan), address)


def _file_name(seal: Seal) -> str:
    place = slugify(seal.plan.district.name)
    mark = "demonstration-" if settings.DEMO else ""
    return f"{mark}{place}-plan-{seal.plan.number}.pdf"
