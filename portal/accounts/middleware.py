"""The desk is closed to officials who have not set up their second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_path

from portal.accounts.second_factor import lacks_second_factor

CLOSED_WITHOUT = ("/desk/", f"/{settings.ADMIN_PATH}")


def second_factor_required(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and _is_closed(request) and lacks_second_factor(user):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _is_closed(request: HttpRequest) -> bool:
    path = request.path_info
    prefix = get_language_from_path(path)
    if prefix:
        path = path.removeprefix(f"/{prefix}")
    return path.startswith(CLOSED_WITHOUT)
