"""The pages that explain the site."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.consultations import REMEMBERED
from actionplans.freshness import Freshness
from actionplans.progress import Kind, Verdict
from actionplans.progress.measure import AT_RISK_FROM, ON_TRACK_FROM
from actionplans.stages import Stage
from portal.reviewed import REVIEWED
from portal.terms import Role
from portal.views import read_sources
from tests import make

pytestmark = pytest.mark.django_db

PAGES = [*REVIEWED, "sitemap"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_everybody_reads_them_in_both_languages(client, name, prefix):
    answer = client.get(prefix + reverse(name))

    assert answer.status_code == 200
    assert f'<html lang="{"hi" if prefix else "en"}">' in answer.text


def test_about_says_what_every_role_does(client):
    text = client.get(reverse("about")).text

    for role in Role:
        assert str(role.label) in text


def test_method_explains_every_verdict_in_the_order_in_which_they_are_tried(client):
    text = client.get(reverse("method")).text

    places = [text.index(f"<li>{verdict.label}:") for verdict in Verdict]
    assert places == sorted(places)


@pytest.mark.parametrize("words", [Stage, Freshness, Kind])
def test_method_explains_every_word_as_the_other_pages_write_it(client, words):
    text = client.get(reverse("method")).text

    for word in words:
        assert f"{word.label}</" in text


def test_method_names_the_thresholds_that_the_verdicts_use(client):
    text = client.get(reverse("method")).text

    for threshold in (ON_TRACK_FROM, AT_RISK_FROM):
        assert f"at least {int(threshold * 100)} %" in text


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_it_is_and_where(client, name):
    text = client.get(reverse(name)).text

    assert text.count("<h1") == 1
    assert 'aria-label="Breadcrumb"' in text
    description = re.search(r'<meta name="description" content="([^"]+)"', text)
    assert description
    assert "What each district of India will export" not in description[1]


def test_sources_name_title_and_licence_of_each(client):
    text = client.get(reverse("sources")).text

    assert read_sources()
    for source in read_sources():
        assert source["title"].replace("&", "&amp;").replace("'", "&#x27;") in text


@pytest.mark.parametrize("name", REVIEWED)
def test_a_page_says_when_it_was_last_reviewed(client, name):
    text = client.get(reverse(name)).text

    on = REVIEWED[name]
    assert f"last reviewed on {on.day} {on:%b %Y}." in text


def test_reviews_lie_in_the_past_and_not_before_the_portal():
    """A day in the future, or that of a template nobody read, is no review."""
    days = set(REVIEWED.values())

    assert max(days) <= timezone.localdate()
    assert min(days) >= dt.date(2026, 11, 1)


def test_a_page_costs_the_frame_alone(client, django_assert_num_queries):
    for name in ("about", "accessibility", "copyright", "privacy", "sources", "help"):
        with django_assert_num_queries(1):
            client.get(reverse(name))


def test_privacy_tells_of_the_cookies_as_they_are_set(client, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-s", "__Host-c"
    settings.SESSION_COOKIE_AGE = 7 * 60 * 60

    text = client.get(reverse("privacy")).text

    assert "<code>__Host-s</code>" in text
    assert "<code>__Host-c</code>" in text
    assert "at most 7 hours" in text


def test_privacy_is_right_that_the_mark_of_a_comment_is_kept_for_a_day():
    assert dt.timedelta(days=1) == REMEMBERED


def test_no_cookie_is_set_to_read(client):
    client.get("/")
    client.get("/search/?q=honey")
    for name in PAGES:
        client.get(reverse(name))

    assert dict(client.cookies) == {}


def test_a_visitor_who_signs_in_gets_the_cookie_that_privacy_names(client, settings):
    client.get(reverse("account_login"))

    assert list(client.cookies) == [settings.CSRF_COOKIE_NAME]


@pytest.mark.parametrize("words", [Stage, Freshness, Verdict])
def test_help_shows_every_word_with_its_shape(client, words):
    text = client.get(reverse("help")).text

    for word in words:
        assert f"</svg>{word.label}</span>" in text


def test_contact_names_the_office_behind_the_portal(client, settings):
    settings.OWNER = "Directorate of Examples"
    settings.WEB_MANAGER = "उप निदेशक (वेब)"
    settings.CONTACT_EMAIL = "web@examples.example"

    text = client.get(reverse("contact")).text

    assert '<span lang="en">Directorate of Examples</span></dd>' in text
    assert '<span lang="hi">उप निदेशक (वेब)</span></dd>' in text
    assert 'href="mailto:web@examples.example"' in text


def test_contact_says_that_nobody_is_named(client, settings):
    settings.DEMO = False
    settings.OWNER = settings.WEB_MANAGER = ""

    text = client.get(reverse("contact")).text

    assert "<dd>not recorded</dd>" in text
    assert "<dd>not named yet</dd>" in text


def test_the_site_map_leads_to_every_state(client):
    states = [make.state(name) for name in ("Goa", "Sikkim")]

    text = client.get(reverse("sitemap")).text

    for state in states:
        assert f'href="{state.get_absolute_url()}"' in text
