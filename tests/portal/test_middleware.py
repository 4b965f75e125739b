"""What every response says, and which language it speaks."""

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from portal.middleware import language_of_address


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "en"), ("/hi/", "hi"), ("/hi", "hi"), ("/himachal/", "en"), ("/fr/", "en")],
)
def test_the_address_alone_says_the_language(rf, path, language):
    request = rf.get(path, headers={"Accept-Language": "hi,fr"})
    request.COOKIES["django_language"] = "hi"
    spoken = []

    def view(request):
        spoken.append(translation.get_language())
        return HttpResponse()

    response = language_of_address(view)(request)

    assert spoken == [language]
    assert language == request.LANGUAGE_CODE
    assert response["Content-Language"] == language


def test_every_response_is_armoured(client):
    headers = client.get(reverse("health")).headers

    assert set(headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    }
    assert headers["Permissions-Policy"].startswith("camera=()")
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
