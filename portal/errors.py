"""Error pages in our look, in the language of the address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

# What does not open has no twin either.
WITHOUT_TWINS = {"twins": None}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", WITHOUT_TWINS, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", WITHOUT_TWINS, status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without what a page asks for: whatever failed may fail again."""
    context = {"contact_email": settings.CONTACT_EMAIL}
    return HttpResponseServerError(loader.get_template("500.html").render(context))
