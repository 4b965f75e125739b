"""When a second factor is asked for."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.accounts.models import User

FRESH_SECONDS = 5 * 60


def is_exempt(user: User) -> bool:
    """Invented officials of a demonstration have no telephone."""
    return settings.DEMO and user.is_demonstration


def lacks_second_factor(user: User) -> bool:
    """Whether somebody with an appointment has yet to set up the second factor."""
    return (
        not is_exempt(user)
        and bool(user.current_appointments)
        and not is_mfa_enabled(user)
    )


def was_asked_lately(request: HttpRequest) -> bool:
    """Whether the user proved who they are within the last five minutes.

    By the second factor, or by the password where the account is exempt.
    """
    assert isinstance(request.user, User)
    exempt = is_exempt(request.user)
    return any(exempt or method == "mfa" for method in _lately(request))


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether the user signed in, or was asked again, within the last five minutes."""
    return bool(_lately(request))


def _lately(request: HttpRequest) -> list[str]:
    """How the user proved who they are within the last five minutes."""
    earliest = time.time() - FRESH_SECONDS
    records = get_authentication_records(request, request.user)
    return [record["method"] for record in records if record["at"] >= earliest]


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks, and from there back to where they were."""
    assert isinstance(request.user, User)
    exempt = is_exempt(request.user)
    page = "account_reauthenticate" if exempt else "mfa_reauthenticate"
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse(page)}?{query}")
