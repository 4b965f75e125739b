"""Requests of officials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from portal.accounts.models import User


class DeskRequest(HttpRequest):
    """A request by somebody signed in: the middleware lets nobody else through."""

    user: User
    htmx: HtmxDetails
