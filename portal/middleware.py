"""What every request passes through and no app cares about."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def language_of_address(get_response: GetResponse) -> GetResponse:
    """Speaks the language that the address says, and English where it says none.

    Unlike Django's own middleware it asks neither a cookie nor the browser's list of
    languages, so that one address is one page for everybody.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info)
        language = language or settings.LANGUAGE_CODE
        # Stays active afterwards, for responses that are still being streamed.
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Tells browsers which of their powers no page here ever needs."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response

    return middleware


def keeps_search_engines_away(get_response: GetResponse) -> GetResponse:
    """Asks that nothing of a demonstration be listed: pages, files and data alike."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.DEMO:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware
