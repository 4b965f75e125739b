"""Error pages in our look, in the language of the address."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def error_page(
    request: HttpRequest, template: str, status: HTTPStatus, **shown: Any
) -> HttpResponse:
    """What does not open has no twin either."""
    return render(request, template, {**shown, "twins": None}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, "400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, "403.html", HTTPStatus.FORBIDDEN)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return error_page(request, "429.html", HTTPStatus.TOO_MANY_REQUESTS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without what a page asks for: whatever failed may fail again."""
    context = {"contact_email": settings.CONTACT_EMAIL}
    return HttpResponseServerError(loader.get_template("500.html").render(context))
