"""Whether a hash is that of a sealed plan, or of a recorded one's document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actionplans.models import Plan
from actionplans.paper import Note, sealed_facts
from actionplans.verification import (
    Fault,
    faults_of_one,
    is_intact,
    seals_with_event,
    was_public,
)
from portal.naming import local_name

# What may come along when a seal is copied from paper or out of a PDF.
NO_SIGN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
SHA256 = re.compile(r"[0-9a-f]{64}")
CHECKS = (Fault.BYTES, Fault.CHAIN, Fault.ROWS)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was computed anew, in the words of what came out."""

    holds: bool
    text: str


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """A field for a hash, which leads to its page."""
    typed = request.GET.get("sha256", "")
    wanted = NO_SIGN.sub("", typed).lower()
    if SHA256.fullmatch(wanted):
        return redirect("seal", wanted)
    context = {**_way(), "typed": typed, "is_no_hash": bool(typed.strip())}
    return render(request, "actionplans/verify.html", context)


@login_not_required
@never_cache
@require_safe
def seal(request: HttpRequest, sha256: str) -> HttpResponse:
    """Worked out anew for whoever asks: tampering raises no version of the data."""
    found = _sealed(sha256) or _recorded(sha256)
    context = {**_way(), "typed": sha256, "sha256": sha256, **(found or {})}
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    template = "actionplans/seal.html" if found else "actionplans/verify.html"
    return render(
        request, template, {**context, "is_unknown": not found}, status=status
    )


@login_not_required
@require_safe
def seal_bytes(request: HttpRequest, sha256: str) -> HttpResponse:
    """The sealed text exactly as it was sealed: whoever hashes it gets the hash."""
    sealed = get_object_or_404(seals_with_event(), sha256=sha256)
    plan = _plan(sealed.plan_id)
    if not was_public(plan):
        return seal(request, sha256)
    name = _file_name(plan)
    return HttpResponse(
        sealed.body.encode(),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": f'"{sha256}"',
        },
    )


def _sealed(sha256: str) -> dict[str, Any] | None:
    sealed = seals_with_event().filter(sha256=sha256).first()
    if sealed is None:
        return None
    plan = _plan(sealed.plan_id)
    faults = faults_of_one(sealed)
    is_open = was_public(plan)
    is_told = is_open and Fault.BYTES not in faults
    return {
        **_about(plan, is_open=is_open, facts=sealed_facts(sealed) if is_told else []),
        "seal": sealed,
        "checks": [Check(c not in faults, _outcome(c, c in faults)) for c in CHECKS],
        "holds": not faults,
    }


def _recorded(sha256: str) -> dict[str, Any] | None:
    """The document of an old plan: its hash is its seal."""
    rows = Plan.objects.with_place().filter(document__sha256=sha256).order_by("pk")
    plan = next(iter(sorted(rows, key=lambda row: not was_public(row))), None)
    if plan is None or plan.document is None:
        return None
    holds = is_intact(plan.document)
    return {
        **_about(plan, is_open=was_public(plan), facts=[]),
        "document": plan.document,
        "checks": [Check(holds, _outcome(Fault.FILE, not holds))],
        "holds": holds,
    }


def _file_name(plan: Plan) -> str:
    mark = "demonstration-" if settings.DEMO else ""
    return f"{mark}{slugify(plan.district.name)}-plan-{plan.number}.json"


def _plan(pk: int) -> Plan:
    return Plan.objects.with_place().get(pk=pk)


def _about(plan: Plan, *, is_open: bool, facts: list[Note]) -> dict[str, Any]:
    return {
        "plan": plan,
        "is_open": is_open,
        "facts": facts,
        "district_name": local_name(plan.district),
        "plan_address": _address(plan) if is_open else "",
        "file_name": _file_name(plan),
        "seal": None,
        "document": None,
    }


def _address(plan: Plan) -> str:
    """Where this version is read, or why it is no longer."""
    place = plan.district
    return reverse("plan-version", args=[place.state.slug, place.slug, plan.number])


def _outcome(check: Fault, is_fault: bool) -> str:
    if is_fault:
        return str(check.label)
    return {
        Fault.BYTES: _("The stored bytes give this hash."),
        Fault.CHAIN: _("It follows the seal before it."),
        Fault.ROWS: _("The plan in the database gives these bytes again."),
        Fault.FILE: _("The stored file gives this hash."),
    }[check]


def _way() -> dict[str, Any]:
    return {
        "crumbs": [(reverse("home"), _("Home"))],
        "here": _("Verify a seal"),
        "is_no_hash": False,
        "is_unknown": False,
    }
