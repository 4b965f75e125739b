"""What an official typed is not lost with the session.

Every form of the desk carries a signed id of its user and address. A POST that fails
because nobody is signed in any more, or because the CSRF token is stale, is parked
under it for a day and offered again after sign-in. Nobody without such an id, so no
other site, can have anything parked.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.http import require_safe

from portal.models import ParkedPost

FIELD = "form_id"
SALT = "portal.parking"
KEPT = dt.timedelta(hours=24)
LEFT_OUT = {FIELD, "csrfmiddlewaretoken"}


def form_id(user_pk: int, path: str) -> str:
    return signing.dumps([user_pk, path], salt=SALT)


def park(request: HttpRequest) -> ParkedPost | None:
    """The post, parked for the user whose form it was; None if it is not ours."""
    try:
        user_pk, path = signing.loads(
            request.POST.get(FIELD, ""), salt=SALT, max_age=KEPT
        )
    except signing.BadSignature:
        return None
    if path != request.path:
        return None
    ParkedPost.objects.filter(parked_at__lt=timezone.now() - KEPT).delete()
    fields = {
        _kept(name): [_kept(str(value)) for value in values]
        for name, values in request.POST.lists()
        if name not in LEFT_OUT
    }
    return ParkedPost.objects.create(
        user_id=user_pk, path=path, fields=fields, had_files=bool(request.FILES)
    )


def _kept(text: str) -> str:
    """The text without what PostgreSQL keeps in no text."""
    return text.replace("\0", "")


def parks_lost_posts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, between authentication and the one that asks to sign in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        lost = request.method == "POST" and not request.user.is_authenticated
        if lost and FIELD in request.POST and (parked := park(request)):
            return _to_sign_in(parked)
        return get_response(request)

    return middleware


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    parked = park(request) if FIELD in request.POST else None
    if parked is None:
        return plain_csrf_failure(request, reason)
    if request.user.pk == parked.user_id:
        return redirect("parked", parked.key)
    return _to_sign_in(parked)


def _to_sign_in(parked: ParkedPost) -> HttpResponse:
    query = urlencode({"next": reverse("parked", args=[parked.key])})
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{query}")


@require_safe
def offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Shows what was parked to whom it belongs, to be sent again with one button."""
    recent = ParkedPost.objects.filter(parked_at__gte=timezone.now() - KEPT)
    parked = get_object_or_404(recent, key=key, user=request.user.pk)
    pairs: list[tuple[str, Any]] = [
        (name, value) for name, values in parked.fields.items() for value in values
    ]
    context = {"parked": parked, "pairs": pairs, "shown": [p for p in pairs if p[1]]}
    return render(request, "portal/parked.html", context)
