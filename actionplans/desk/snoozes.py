"""Putting off what waits: one thing, until a day, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans.forms.snooze import SnoozeForm
from actionplans.waiting import putting_off
from actionplans.waiting.items import Item
from actionplans.worklist import waits_in
from districts.models import District
from portal.http import DeskRequest
from portal.periods import written


@require_http_methods(["GET", "HEAD", "POST"])
def snooze(request: DeskRequest, kind: str, place: int, thing: int) -> HttpResponse:
    item = _waiting(request, kind, place, thing)
    if "wake" in request.POST:
        putting_off.wake(item.row, by=request.user)
        messages.success(request, _("It waits for you again."))
        return redirect("desk:worklist")
    form = SnoozeForm(request.POST or None, put_off=item.put_off)
    if form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        putting_off.keep(item.row, until, reason, by=request.user)
        words = {"day": written(until), "place": item.district.name}
        messages.success(request, _("%(place)s: put off until %(day)s.") % words)
        return redirect("desk:worklist")
    context = {"item": item, "form": form}
    return render(request, "actionplans/desk/snooze.html", context)


def _waiting(request: DeskRequest, kind: str, place: int, thing: int) -> Item:
    """Only what waits for the official can be put off."""
    mine = District.objects.filter(request.user.charge().q())
    district = get_object_or_404(mine, pk=place)
    for item in waits_in(district, request.user):
        if (item.row.kind, item.row.thing) == (kind, thing):
            return item
    raise Http404
