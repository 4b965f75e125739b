"""Who holds which post over a district; headquarters appoints and ends."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.desk.access import get_district
from actionplans.forms.people import AppointForm, EndForm
from actionplans.people import history, open_posts, posts
from districts.models import District
from portal import history as changes
from portal.accounts.second_factor import ask_again, was_asked_lately
from portal.http import DeskRequest
from portal.periods import written
from portal.terms import Action


@require_safe
def people(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district)
    context = {
        "district": place,
        "posts": posts(place),
        "history": history(place),
        "office": place.regional_authority(),
        "may_appoint": request.user.may(Action.APPOINT, place),
    }
    return render(request, "actionplans/desk/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district, Action.APPOINT)
    if not was_asked_lately(request):
        return _asked_first(request)
    form = AppointForm(_typed(request), district=place, by=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            post = form.save()
            reason = post.order_number
            given = changes.change(post, "user", "", post.user, reason=reason)
            changes.record([given], by=request.user)
        words = {"name": post.user.name, "role": post.get_role_display()}
        messages.success(request, _("%(name)s is appointed: %(role)s.") % words)
        return _back(place)
    context = {"district": place, "form": form}
    return render(request, "actionplans/desk/appoint.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_end(
    request: DeskRequest, state: str, district: str, pk: int
) -> HttpResponse:
    place = get_district(request, state, district, Action.APPOINT)
    if not was_asked_lately(request):
        return _asked_first(request)
    post = get_object_or_404(open_posts(place), pk=pk)
    if post.user_id == request.user.pk:
        raise PermissionDenied
    before = post.until
    form = EndForm(_typed(request), instance=post)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with transaction.atomic():
            post.save(update_fields=["until"])
            ended = changes.change(post, "until", before, post.until, reason=reason)
            changes.record([ended], by=request.user)
        until = form.cleaned_data["until"]
        words = {"name": post.user.name, "day": written(until)}
        messages.success(
            request, _("%(name)s no longer holds the post from %(day)s.") % words
        )
        return _back(place)
    context = {"district": place, "form": form, "post": post}
    return render(request, "actionplans/desk/appointment_end.html", context)


def _asked_first(request: DeskRequest) -> HttpResponse:
    """To the second factor; what was typed waits in the session until they are back."""
    if request.method == "POST":
        request.session[request.path] = request.POST.urlencode()
    return ask_again(request)


def _typed(request: DeskRequest) -> QueryDict | None:
    if request.method == "POST":
        return request.POST
    kept: str | None = request.session.pop(request.path, None)
    return QueryDict(kept) if kept else None


def _back(place: District) -> HttpResponse:
    return redirect("desk:people", place.state.slug, place.slug)
