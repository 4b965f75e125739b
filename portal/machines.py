"""What machines ask for at addresses that everybody knows, and the owner's emblem."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.environment import PICTURE_TYPES

TEXT = "text/plain; charset=utf-8"
# Sign-in, and answers to questions. Django's admin is not named: its address is known
# to headquarters alone.
NOT_FOR_ROBOTS = ("/desk/", "/accounts/", "/search", "/compare/?")
# RFC 9116 recommends less than a year, so that nobody trusts what is forgotten.
SECURITY_HOLDS = dt.timedelta(days=180)
A_DAY = 24 * 60 * 60


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read.

    Of a demonstration all of it, because only who reads an answer learns that it asks
    not to be listed; a page that is closed to robots can still be listed by its links.
    """
    lines = ["User-agent: *"]
    if settings.DEMO:
        lines.append("Disallow:")
    else:
        closed = [f"{lang}{path}" for lang in ("", "/hi") for path in NOT_FOR_ROBOTS]
        lines += [f"Disallow: {path}" for path in closed]
        lines.append(f"Sitemap: {_absolute('sitemap-index')}")
    return HttpResponse("\n".join([*lines, ""]), content_type=TEXT)


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a hole (RFC 9116); the same all day."""
    today = dt.datetime.combine(timezone.localdate(), dt.time.min, dt.UTC)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {today + SECURITY_HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, hi",
        f"Canonical: {_absolute('security')}",
        f"Policy: {_absolute('contact')}#security",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=TEXT)


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def emblem(request: HttpRequest) -> HttpResponse:
    """The picture that the deployment provides; nothing in it may run."""
    if not settings.EMBLEM:
        raise Http404
    file = Path(settings.EMBLEM)
    response = HttpResponse(
        file.read_bytes(), content_type=PICTURE_TYPES[file.suffix.lower()]
    )
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return response


def _absolute(name: str) -> str:
    return urljoin(settings.SITE_URL, reverse(name))
