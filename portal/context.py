"""What the frame of every page needs. One query: when the data last changed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from portal.models import DataVersion
from portal.twins import twins_of

# What of a query makes another page of an address; the rest only narrows it.
TELLING = ("n", "page")


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "owner": settings.OWNER,
        "contact_email": settings.CONTACT_EMAIL,
        "has_emblem": bool(settings.EMBLEM),
        "canonical": SimpleLazyObject(lambda: lasting(request, get_language())),
        "lasting_english": SimpleLazyObject(lambda: lasting(request, "en")),
        "lasting_hindi": SimpleLazyObject(lambda: lasting(request, "hi")),
        "in_english": SimpleLazyObject(lambda: _in(request, "en")),
        "in_hindi": SimpleLazyObject(lambda: _in(request, "hi")),
        "is_hindi": get_language() == "hi",
        "last_updated": SimpleLazyObject(lambda: DataVersion.current().changed_at),
        "twins": SimpleLazyObject(lambda: twins_of(request)),
        "place_tag": SimpleLazyObject(lambda: place_tag(request)),
    }


def _in(request: HttpRequest, language: str) -> str:
    """The same page in the language; from a page that does not exist, the home page."""
    here = request.get_full_path()
    there = translate_url(here, language)
    if there != here or get_language() == language:
        return there
    with override(language):
        return reverse("home")


def lasting(request: HttpRequest, language: str) -> str:
    """The whole address of the page, as search engines are to know it."""
    path = translate_url(escape_uri_path(request.path), language)
    kept = {name: request.GET[name] for name in TELLING if name in request.GET}
    return urljoin(settings.SITE_URL, f"{path}?{urlencode(kept)}" if kept else path)


def place_tag(request: HttpRequest) -> str:
    """Where the official holds a post: the first place, and how many more."""
    held = getattr(request.user, "current_appointments", [])
    if not held:
        return ""
    first = str(held[0].place)
    return first if len(held) == 1 else f"{first} +{len(held) - 1}"
