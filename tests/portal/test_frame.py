"""What surrounds every page: languages, demonstration band, navigation, errors."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from portal import errors
from portal.context import place_tag
from portal.models import DataVersion
from portal.terms import Role
from tests import make

pytestmark = pytest.mark.django_db

NOINDEX = '<meta name="robots" content="noindex">'
BAND = "Names of places and products are real; figures are invented."


def alternates(page):
    """The address of the page in each language, as search engines read it."""
    found = re.findall(r'rel="alternate" hreflang="(\w+)" href="(.+?)"', page)
    return dict(found)


def navigation(page):
    return page[page.index('<nav class="nav-m"') : page.index("</nav>")]


def test_a_page_leads_to_itself_in_the_other_language(client):
    page = client.get("/about/?from=home").text

    assert '<html lang="en">' in page
    assert '<a href="/hi/about/?from=home" lang="hi" hreflang="hi">हिन्दी</a>' in page
    twins = {"en": "/about/?from=home", "hi": "/hi/about/?from=home"}
    assert alternates(page) == twins


def test_a_page_in_hindi_leads_back_to_english(client):
    page = client.get("/hi/about/").text

    assert '<html lang="hi">' in page
    assert '<a href="/about/" lang="en" hreflang="en">English</a>' in page
    assert alternates(page) == {"en": "/about/", "hi": "/hi/about/"}


def test_from_a_page_that_does_not_exist_the_other_language_starts_at_home(client):
    assert '<a href="/" lang="en" hreflang="en">' in client.get("/hi/no/").text
    assert '<a href="/hi/" lang="hi" hreflang="hi">' in client.get("/no/").text


def test_a_demonstration_says_so_and_keeps_search_engines_away(client, settings):
    settings.DEMO = True

    page = client.get("/about/").text

    assert NOINDEX in page
    assert BAND in page


def test_a_real_site_has_no_band_and_may_be_found(client, settings):
    settings.DEMO = False

    page = client.get("/about/").text

    assert NOINDEX not in page
    assert BAND not in page
    assert "A demonstration, not an official site" not in page


def test_every_entry_of_the_navigation_opens(client):
    entries = re.findall(r'href="(.+?)"', navigation(client.get("/about/").text))

    assert len(entries) == 5
    assert [client.get(entry).status_code for entry in entries] == [200] * 5


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/about/", ("/about/", "page")),
        ("/products/?q=honey", ("/products/", "page")),
        ("/products/none-such/", ("/products/", "true")),
        ("/", None),
    ],
)
def test_the_navigation_marks_where_one_is(client, address, marked):
    page = navigation(client.get(address).text)

    found = re.findall(r'href="(.+?)" aria-current="(.+?)"', page)
    assert found == ([marked] if marked else [])


def test_a_keyboard_can_skip_to_what_the_page_is_about(client):
    page = client.get("/about/").text

    body = page[page.index("<body") :]
    assert re.search(r"<a [^>]*href=\"(.+?)\"", body)[1] == "#main"
    assert 'id="main"' in body


def test_the_footer_says_when_the_data_last_changed(client):
    DataVersion.rise()
    DataVersion.objects.update(changed_at=dt.datetime(2026, 11, 20, 20, tzinfo=dt.UTC))

    assert "Last updated 21 Nov 2026, 01:30" in client.get("/about/").text


def test_the_footer_names_the_office_that_answers_for_the_site_if_one_does(
    client, settings
):
    settings.OWNER = "Directorate of <Examples>"

    assert "Directorate of &lt;Examples&gt;" in client.get("/about/").text


def test_pages_ask_no_other_host_and_run_no_script(client):
    page = client.get("/about/").text

    assert not re.search(r'(src|href|action)="(https?:)?//', page)
    assert "<script" not in page


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_a_missing_page_offers_a_search_in_our_look(client, prefix):
    response = client.get(f"{prefix}/no/such/page/")

    assert response.status_code == 404
    assert f'<html lang="{"hi" if prefix else "en"}">' in response.text
    assert f'action="{prefix}/search/"' in response.text
    assert "css/portal" in response.text


@pytest.mark.parametrize(
    ("handler", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)],
)
def test_error_pages_stand_without_session_and_user(handler, status):
    request = RequestFactory().get("/desk/")

    with override("hi"):
        response = handler(request, PermissionDenied())

    assert response.status_code == status
    assert '<html lang="hi">' in response.text


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_fault_is_told_without_asking_the_database(
    language, django_assert_num_queries
):
    with override(language), django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.text
    assert f'href="{"/hi/" if language == "hi" else "/"}"' in response.text


def test_the_desk_says_for_which_place_and_signs_out_by_a_button(client):
    officer = make.official(Role.RA_OFFICER, make.regional_authority("Jaipur"))
    client.force_login(officer)

    page = client.get(reverse("desk:plans")).text

    assert '<body class="desk">' in page
    place = officer.current_appointments[0].place
    assert f'<span class="tag">{place}</span>' in page
    sign_out = page[page.index(f'action="{reverse("account_logout")}"') :]
    assert sign_out.index("csrfmiddlewaretoken") < sign_out.index("Sign out")
    assert navigation(page).count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("name", "arguments", "marked"),
    [
        ("district", [], "desk:districts"),
        ("report", [20262], "desk:reports"),
        ("bottleneck", ["00000000-0000-0000-0000-000000000000"], "desk:escalations"),
    ],
)
def test_the_desk_marks_the_list_to_which_a_page_leads_back(name, arguments, marked):
    place = reverse(f"desk:{name}", args=["bihar", "darbhanga", *arguments])

    page = render_to_string("_desk_nav.html", {"path": place})

    found = re.findall(r'href="(.+?)" aria-current="true"', page)
    assert found == [reverse(marked)]


@pytest.mark.parametrize(
    ("places", "tag"),
    [([], ""), (["RA Jaipur"], "RA Jaipur"), (["Kota", "Bundi", "Baran"], "Kota +2")],
)
def test_the_tag_names_the_first_place_and_counts_the_others(places, tag):
    held = [SimpleNamespace(place=place) for place in places]
    request = SimpleNamespace(user=SimpleNamespace(current_appointments=held))

    assert place_tag(request) == tag
