"""What machines ask for at fixed addresses, and the owner's emblem."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db

SECURITY = "/.well-known/security.txt"


def said(client, address):
    """The fields of a text of names and values, in their order."""
    answer = client.get(address)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return [tuple(line.split(": ", 1)) for line in answer.text.splitlines()]


def test_robots_keep_out_of_the_desk_and_of_searches_in_both_languages(
    client, settings
):
    settings.DEMO, settings.SITE_URL = False, "https://portal.example"

    lines = said(client, "/robots.txt")

    assert lines[0] == ("User-agent", "*")
    closed = [path for name, path in lines[1:] if name == "Disallow"]
    assert closed == [
        *("/desk/", "/accounts/", "/search", "/compare/?"),
        *("/hi/desk/", "/hi/accounts/", "/hi/search", "/hi/compare/?"),
    ]
    assert lines[-1] == ("Sitemap", "https://portal.example/sitemap.xml")


def test_robots_are_not_told_where_the_admin_is(client, settings):
    settings.DEMO = False

    assert settings.ADMIN_PATH.strip("/") not in client.get("/robots.txt").text


def test_robots_may_see_that_a_demonstration_asks_not_to_be_listed(client, settings):
    settings.DEMO = True

    answer = client.get("/robots.txt")

    assert answer.text == "User-agent: *\nDisallow:\n"
    assert answer["X-Robots-Tag"] == "noindex"


def test_who_finds_a_hole_learns_whom_to_tell(client, settings):
    settings.SITE_URL = "https://portal.example"
    settings.CONTACT_EMAIL = "web@portal.example"

    fields = dict(said(client, SECURITY))

    assert fields["Contact"] == "mailto:web@portal.example"
    assert fields["Preferred-Languages"] == "en, hi"
    assert fields["Canonical"] == f"https://portal.example{SECURITY}"
    assert fields["Policy"] == "https://portal.example/contact/#security"
    assert 'id="security"' in client.get("/contact/").text


def test_the_promise_about_holes_ends_within_a_year(client):
    expires = dict(said(client, SECURITY))["Expires"]

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", expires)
    left = dt.datetime.fromisoformat(expires) - timezone.now()
    assert dt.timedelta(days=30) < left < dt.timedelta(days=365)


def test_no_emblem_is_shown_unless_the_deployment_has_one(client, settings):
    settings.EMBLEM = ""

    assert "<img" not in client.get("/about/").text
    assert client.get(reverse("emblem")).status_code == 404


def test_the_emblem_of_the_owner_stands_above_every_page(client, settings, tmp_path):
    picture = tmp_path / "emblem.SVG"
    picture.write_bytes(b"<svg/>")
    settings.EMBLEM, settings.OWNER = str(picture), "Directorate of <Examples>"

    page = client.get("/hi/about/").text
    answer = client.get(reverse("emblem"))

    shown = re.search(r'<img class="emblem" src="(.+?)" alt="(.+?)">', page)
    assert shown
    assert shown.groups() == ("/emblem/", "Directorate of &lt;Examples&gt;")
    assert answer.content == b"<svg/>"
    assert answer["Content-Type"] == "image/svg+xml"


def test_nothing_in_an_emblem_runs(client, settings, tmp_path):
    picture = tmp_path / "emblem.svg"
    picture.write_bytes(b"<svg><script/></svg>")
    settings.EMBLEM = str(picture)

    answer = client.get(reverse("emblem"))

    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/robots.txt", SECURITY, "/sitemap.xml"])
def test_addresses_for_machines_have_no_language_and_set_no_cookie(client, address):
    make.district()

    assert client.get(address).cookies == {}
    assert client.get(f"/hi{address}").status_code == 404
