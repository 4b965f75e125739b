"""The workbook of a quarter: handed out, handed in, tried, taken and taken back."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.deadlines import has_filed
from actionplans.forms.workbook import WorkbookForm, answers_in
from actionplans.models import FilledWorkbook
from actionplans.preparing import prepare_all
from actionplans.reporting import not_open, not_open_yet
from actionplans.workbook.build import build
from actionplans.workbook.mark import marked as marked_content
from actionplans.workbook.read import read
from actionplans.workbook.take import (
    ALL,
    Answers,
    Closed,
    NotReady,
    content_of,
    districts_for,
    drop,
    look,
    take,
)
from actionplans.workbook.trial import by_district
from actionplans.workbook.undo import Touched, undo
from actionplans.workbook.written import written
from districts.models import District
from portal.conditions import open_q
from portal.downloads import handed_out
from portal.http import DeskRequest
from portal.numbers import grouped, whole_of
from portal.periods import Quarter
from portal.sheets import XLSX
from portal.terms import Action

WORKBOOKS_PER_PAGE = 20
CONFLICT = 409


@require_safe
def workbook(request: DeskRequest, quarter: Quarter) -> HttpResponseBase:
    """All districts whose reports are open, or one of them."""
    if why := not_open_yet(quarter):
        return _not_yet(request, quarter, why)
    places = _open(request, quarter)
    name = f"progress-{quarter.financial_year}-Q{quarter.number}"
    if key := request.GET.get("district", ""):
        one = _district(request, key)
        places, name = places.filter(pk=one.pk), f"{name}-{one.slug}"
    living = [place for place in places if not not_open(place, quarter)]
    if not living:
        return workbooks(request, quarter)
    content = build(prepare_all(living, quarter), quarter)
    return handed_out(BytesIO(content), name=f"{name}.xlsx", content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def workbooks(request: DeskRequest, quarter: Quarter) -> HttpResponse:
    if why := not_open_yet(quarter):
        return _not_yet(request, quarter, why)
    mine = districts_for(request.user)
    if request.method == "POST" and not mine.exists():
        raise PermissionDenied
    form = WorkbookForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        quarter=quarter,
    )
    if form.is_valid():
        return redirect("desk:workbook-trial", form.save().pk)
    rows = FilledWorkbook.objects.filter(user=request.user, quarter=quarter.code)
    page = Paginator(rows, WORKBOOKS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "quarter": quarter,
        "form": form,
        "page": page,
        "open": _open(request, quarter).count(),
    }
    return render(request, "actionplans/desk/workbooks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: DeskRequest, pk: int) -> HttpResponse:
    tried = _own(request, pk)
    if "drop" in request.POST:
        return _dropped(request, tried)
    if "undo" in request.POST:
        return _undone(request, tried)
    if tried.done_at:
        context = {"workbook": tried, "quarter": _quarter(tried)}
        context["rows"] = written(tried)
        return render(request, "actionplans/desk/workbook_done.html", context)
    if request.method == "POST":
        return _taken(request, tried)
    return _tried(request, tried, answers_in(request.POST))


@require_safe
def marked(request: DeskRequest, pk: int) -> FileResponse:
    """The workbook with its faults coloured; one that is taken has none."""
    tried = get_object_or_404(_mine(request), pk=pk, done_at=None)
    content = content_of(tried)
    found = look(tried, read(content), request.user)
    name = f"marked-{tried.pk}.xlsx"
    file = BytesIO(marked_content(content, found))
    return handed_out(file, name=name, content_type=XLSX)


def _tried(request: DeskRequest, tried: FilledWorkbook, given: Answers) -> HttpResponse:
    found = look(tried, read(content_of(tried)), request.user)
    is_sent = request.method == "POST"
    context = {
        "workbook": tried,
        "quarter": _quarter(tried),
        "trial": found,
        "is_sent": is_sent,
        "may_answer": not found.faults,
        "all_right": ALL in given.ticked,
        "asked": [
            (
                place,
                [(i, given.about(i), is_sent and not given.settles(i)) for i in items],
            )
            for place, items in by_district(found.asked)
        ],
        "plain": by_district(found.plain),
    }
    status = CONFLICT if is_sent else 200
    template = "actionplans/desk/workbook_trial.html"
    return render(request, template, context, status=status)


def _taken(request: DeskRequest, tried: FilledWorkbook) -> HttpResponse:
    given = answers_in(request.POST)
    try:
        count = take(tried, request.user, given)
    except NotReady:
        return _tried(request, tried, given)
    except Closed:
        return redirect("desk:workbooks", tried.quarter)
    said = ngettext(
        "%(number)s entry is taken over. Nothing is filed yet.",
        "%(number)s entries are taken over. Nothing is filed yet.",
        count,
    )
    messages.success(request, said % {"number": grouped(count)})
    return redirect("desk:workbook-trial", tried.pk)


def _dropped(request: DeskRequest, tried: FilledWorkbook) -> HttpResponse:
    try:
        drop(tried)
    except Closed:
        return redirect("desk:workbook-trial", tried.pk)
    messages.success(request, _("It is dropped: nothing was taken over."))
    return redirect("desk:workbooks", tried.quarter)


def _undone(request: DeskRequest, tried: FilledWorkbook) -> HttpResponse:
    try:
        undo(tried, request.user)
    except Touched as touched:
        said = _("Nothing is taken back. %(why)s") % {"why": touched}
        messages.error(request, said)
    except Closed:
        pass
    else:
        messages.success(request, _("Everything stands again as it did before."))
    return redirect("desk:workbook-trial", tried.pk)


def _open(request: DeskRequest, quarter: Quarter) -> QuerySet[District]:
    return districts_for(request.user).filter(~has_filed(quarter))


def _district(request: DeskRequest, key: str) -> District:
    seen = District.objects.filter(open_q(request.user, Action.SEE))
    place = get_object_or_404(seen, pk=whole_of(key))
    if not request.user.may(Action.PREPARE_REPORT, place):
        raise PermissionDenied
    return place


def _mine(request: DeskRequest) -> QuerySet[FilledWorkbook]:
    return FilledWorkbook.objects.filter(user=request.user)


def _own(request: DeskRequest, pk: int) -> FilledWorkbook:
    return get_object_or_404(_mine(request), pk=pk)


def _quarter(tried: FilledWorkbook) -> Quarter:
    return Quarter.from_code(tried.quarter)


def _not_yet(request: DeskRequest, quarter: Quarter, why: str) -> HttpResponse:
    context = {"quarter": quarter, "why": why}
    return render(request, "actionplans/desk/quarter_closed.html", context)
