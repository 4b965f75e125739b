"""Bottlenecks on their way up: which wait for whom, and one of them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans import bottlenecks, interventions
from actionplans import escalations as moves
from actionplans.desk.access import get_district
from actionplans.desk.following import BottleneckFilter, Counted
from actionplans.forms.escalation import AnswerForm, AskForm, MoveForm, SettleForm
from actionplans.models import Bottleneck, Escalation, Line
from portal.http import DeskRequest
from portal.numbers import whole_of
from portal.terms import Status

ASK, ANSWER, SETTLE = "ask", "answer", "settle"
MOVES: dict[str, Callable[..., Escalation]] = {
    ASK: moves.ask,
    ANSWER: moves.answer,
    SETTLE: moves.settle,
}
DONE = {
    ASK: _("It is put to them; the list shows with whom it waits."),
    ANSWER: _("Your answer is recorded."),
    SETTLE: _("It is closed."),
}
# Heading and button of each form.
LABELS = {
    ASK: (_("Put it to an office"), _("Ask")),
    ANSWER: (_("Answer"), _("Answer")),
    SETTLE: (_("Close it"), _("Close it")),
}
Forms = dict[str, MoveForm]


@require_safe
def escalations(request: DeskRequest) -> HttpResponse:
    rows = bottlenecks.in_charge(request.user)
    wanted = BottleneckFilter(request.GET, queryset=rows, request=request)
    counts = bottlenecks.counts(wanted.besides("waiting"))
    total, waiting = sum(counts.values()), wanted.chosen.get("waiting")
    found = bottlenecks.most_pressing_first(wanted.qs)
    pages = Counted(found, counts[waiting] if waiting else total)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page": page,
        "rows": bottlenecks.standings(page),
        "all": total,
        "chips": wanted.chips(counts),
    }
    return render(request, "actionplans/desk/escalations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck(
    request: DeskRequest, state: str, district: str, line: UUID
) -> HttpResponse:
    place = get_district(request, state, district)
    row = bottlenecks.newest_row(place, line)
    if row is None:
        raise Http404
    last = moves.last_move(row.line)
    forms = _forms(request, row.line, last)
    if request.method != "POST":
        return _page(request, row, forms)
    kind = request.POST.get("move", "")
    form = forms.get(kind)
    if form is None:
        if _is_stale(request, kind, last):
            return _too_late(request, row)
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, row, forms)
    try:
        MOVES[kind](row.line, by=request.user, **form.cleaned_data)
    except moves.MovedMeanwhile:
        return _too_late(request, row)
    messages.success(request, DONE[kind])
    return redirect(request.path)


def _forms(request: DeskRequest, line: Line, last: Escalation | None) -> Forms:
    """What this official may do about it now; what was sent is filled in."""

    def made(kind: str, form: type[MoveForm], **more: Any) -> MoveForm:
        data = request.POST if request.POST.get("move") == kind else None
        number = last.number if last else 0
        return form(data, prefix=kind, number=number, **more)

    forms = {}
    if moves.may_answer(request.user, last):
        forms[ANSWER] = made(ANSWER, AnswerForm)
    if rungs := moves.may_ask(request.user, line, last):
        forms[ASK] = made(ASK, AskForm, rungs=rungs)
    if moves.may_settle(request.user, last):
        forms[SETTLE] = made(SETTLE, SettleForm)
    return forms


def _is_stale(request: DeskRequest, kind: str, last: Escalation | None) -> bool:
    """Whether what was sent answers a page that somebody's move has overtaken."""
    seen = whole_of(request.POST.get(f"{kind}-seen", ""))
    now = last.number if last else 0
    return kind in MOVES and seen is not None and seen < now


def _too_late(request: DeskRequest, row: Bottleneck) -> HttpResponse:
    """The page as it is now, and what was typed: in its form, if that is still open."""
    kind = request.POST["move"]
    forms = _forms(request, row.line, moves.last_move(row.line))
    if kind in forms:
        forms[kind].refresh()
    typed = "" if kind in forms else request.POST.get(f"{kind}-text", "")
    return _page(request, row, forms, is_late=True, typed=typed)


def _page(
    request: DeskRequest,
    row: Bottleneck,
    forms: Forms,
    *,
    is_late: bool = False,
    typed: str = "",
) -> HttpResponse:
    against = row.interventions.select_related("plan", "lead")
    history = row.line.escalations.select_related(
        "appointment__ra", "appointment__state", "appointment__district"
    )
    context = {
        "row": row,
        "district": row.plan.district,
        "is_in_force": row.plan.status == Status.PUBLISHED,
        "actions": interventions.lines_of(against),
        "history": history,
        "forms": [(kind, LABELS[kind], form) for kind, form in forms.items()],
        "is_late": is_late,
        "typed": typed,
    }
    status = HTTPStatus.CONFLICT if is_late else HTTPStatus.OK
    return render(request, "actionplans/desk/bottleneck.html", context, status=status)
