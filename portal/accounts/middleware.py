"""The desk is closed to strangers, and to officials without their second factor.

Where it is open to everybody nobody is asked who it is, so that what needs no session
is the same for all.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language_from_path

from portal.accounts.second_factor import lacks_second_factor

CLOSED_WITHOUT = ("/desk/", f"/{settings.ADMIN_PATH}")


class LoginRequired(LoginRequiredMiddleware):
    """Django's own, which asks every visitor of an open page who it is."""

    def process_view(
        self, request: HttpRequest, view_func: Any, *where: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, *where)


def second_factor_required(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_closed(request):
            return get_response(request)
        user = request.user
        if user.is_authenticated and lacks_second_factor(user):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _is_closed(request: HttpRequest) -> bool:
    path = request.path_info
    prefix = get_language_from_path(path)
    if prefix:
        path = path.removeprefix(f"/{prefix}")
    return path.startswith(CLOSED_WITHOUT)
