"""Reading what was said of a draft: shown, hidden, answered."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.consultations import (
    holds_address,
    phase,
    tally,
    waiting_first,
    with_offices,
)
from actionplans.desk.access import get_plan
from actionplans.forms.consultation import ModerationForm
from actionplans.models import Consultation, ConsultationComment, Plan
from portal import history
from portal.cells import csv_response
from portal.http import DeskRequest
from portal.models import Change
from portal.rules import role_for
from portal.templatetags.portal import day
from portal.terms import Action

COMMENTS_A_PAGE = 10
Status = ConsultationComment.Status


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as the desk reads it.

    For whoever may decide on it there is a form: at once if it waits to be read, else
    on the page of the comment.
    """

    comment: ConsultationComment
    may_decide: bool
    form: ModerationForm | None

    @classmethod
    def listed(cls, comment: ConsultationComment, may_decide: bool) -> Said:
        waits = comment.status == ConsultationComment.Status.WAITING
        asks = may_decide and waits
        return cls(
            comment, may_decide, ModerationForm(instance=comment) if asks else None
        )

    @property
    def holds_address(self) -> bool:
        return holds_address(self.comment.text)


@require_safe
def consultation(request: DeskRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    rows = list(plan.consultations.defer("body").order_by("pk"))
    chosen = _chosen(rows, request.GET.get("n", ""))
    context = {
        "plan": plan,
        "consultation": chosen,
        "others": [(n, row) for n, row in enumerate(rows, 1) if row != chosen],
        "may_moderate": request.user.may(Action.MODERATE, plan.district),
        **(_read(request, plan, chosen) if chosen else {}),
    }
    return render(request, "actionplans/desk/consultation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: DeskRequest, pk: int, comment: int) -> HttpResponse:
    plan = get_plan(request, pk)
    role = role_for(request.user, Action.MODERATE, plan.district)
    if role is None:
        raise PermissionDenied
    rows = with_offices(ConsultationComment.objects.filter(consultation__plan=plan))
    row = get_object_or_404(rows, pk=comment)
    form = ModerationForm(instance=row)
    if request.method == "POST":
        with transaction.atomic():
            # The page goes on showing what is stored, whatever the form is given.
            form = ModerationForm(request.POST, instance=copy(row))
            if form.is_valid():
                form.instance.answered_by = request.user.appointment_for(
                    role, plan.district
                )
                form.save()
                history.record(_decided(row, form), by=request.user)
                messages.success(request, _("What you decided on it is saved."))
                return redirect("desk:plan-consultation", pk)
    context = {"plan": plan, "said": Said(row, may_decide=True, form=form)}
    return render(request, "actionplans/desk/comment.html", context)


@require_safe
def consultation_csv(request: DeskRequest, pk: int) -> HttpResponse:
    """What the public reads of every consultation on the plan, as a table."""
    plan = get_plan(request, pk)
    shown = ConsultationComment.objects.filter(
        consultation__plan=plan, status=ConsultationComment.Status.SHOWN
    ).defer("consultation__body")
    heads = [
        _("First day"),
        _("Section"),
        _("They write as"),
        _("Office"),
        _("Received"),
        _("Comment"),
        _("What became of it"),
        _("Answer"),
    ]
    rows = [
        [
            day(said.consultation.opens_on),
            f"{said.section}. {said.get_section_display()}",
            said.get_standing_display(),
            said.said_by or "",
            day(said.received_at),
            said.text,
            said.get_outcome_display(),
            said.answer,
        ]
        for said in with_offices(shown.select_related("consultation")).order_by(
            "consultation", "section", "received_at", "pk"
        )
    ]
    name = slugify(f"consultation {plan.district.name} {plan.period}")
    return csv_response(name, heads, rows)


def _read(request: DeskRequest, plan: Plan, chosen: Consultation) -> dict[str, object]:
    comments = waiting_first(chosen.comments.all())
    page = Paginator(comments, COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    may_moderate = request.user.may(Action.MODERATE, plan.district)
    return {
        "phase": phase(chosen).value,
        "tally": tally(chosen),
        "page": page,
        "comments": [Said.listed(row, may_moderate) for row in page],
    }


def _decided(before: ConsultationComment, form: ModerationForm) -> list[Change]:
    """Nobody hides or rewords what was public without a trace."""
    return [
        history.change(
            before,
            name,
            getattr(before, name),
            getattr(form.instance, name),
            reason=form.instance.hidden_because or "read",
        )
        for name in form.Meta.fields
        if getattr(before, name) != getattr(form.instance, name)
    ]


def _chosen(rows: list[Consultation], number: str) -> Consultation | None:
    """The one with that number on the plan, else the last."""
    by_number = {str(n): row for n, row in enumerate(rows, 1)}
    return by_number.get(number) or (rows[-1] if rows else None)
