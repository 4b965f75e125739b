"""What surrounds every page: languages, demonstration band, navigation, errors."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from actionplans.views import lost
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
    found = re.findall(r'rel="alternate" hreflang="([\w-]+)" href="(.+?)"', page)
    return dict(found)


def canonical(page):
    return re.findall(r'rel="canonical" href="(.+?)"', page)


def meta(page):
    """What the head says of the page, by name and by property."""
    found = dict(re.findall(r'<meta name="([\w-]+)" content="(.*?)"', page))
    return found | dict(re.findall(r'<meta property="(.+?)" content="(.*?)"', page))


def navigation(page):
    return page[page.index('<nav class="nav-m"') : page.index("</nav>")]


def test_a_page_leads_to_itself_in_the_other_language(client):
    page = client.get("/about/?from=home").text

    assert '<html lang="en">' in page
    there = 'href="/hi/about/?from=home" lang="hi" hreflang="hi">हिन्दी</a>'
    assert there in page
    assert len(page.split('class="tongue"')) == 2


def test_a_page_in_hindi_leads_back_to_english(client):
    page = client.get("/hi/about/").text

    assert '<html lang="hi">' in page
    assert 'href="/about/" lang="en" hreflang="en">English</a>' in page


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_search_engines_learn_one_lasting_address_for_each_language(
    client, settings, prefix
):
    settings.SITE_URL = "https://portal.example"

    page = client.get(f"{prefix}/districts/?page=2&stage=adopted&from=home").text

    twins = {
        "en": "https://portal.example/districts/?page=2",
        "hi": "https://portal.example/hi/districts/?page=2",
    }
    assert alternates(page) == {**twins, "x-default": twins["en"]}
    assert canonical(page) == [twins["hi" if prefix else "en"]]
    assert meta(page)["og:url"] == canonical(page)[0]


@pytest.mark.parametrize("address", ["/no/such/page/", "/districts/a/b/"])
def test_a_page_that_is_not_there_has_no_lasting_address(client, address):
    page = client.get(address).text

    assert canonical(page) == []
    assert alternates(page) == {}


def test_a_page_says_its_name_and_then_that_of_the_site(client):
    site = "Districts as Export Hubs"
    whole = f"<title>About this portal \N{EN DASH} {site}</title>"

    assert whole in client.get("/about/").text
    assert f"<title>{site}</title>" in client.get("/").text


def test_a_page_shared_elsewhere_shows_its_name_and_what_it_is(client):
    found = meta(client.get("/about/").text)

    assert found["og:title"] == "About"
    assert found["og:type"] == "website"
    assert found["description"].startswith("Why this portal exists")


def test_a_page_that_describes_itself_no_further_is_told_from_others(client):
    state = make.state("Goa")

    found = meta(client.get(state.get_absolute_url()).text)

    assert "Goa" in found["description"]


@pytest.mark.parametrize("where", ["public", "desk"])
def test_the_browser_takes_the_colour_of_the_masthead(client, settings, where):
    css = (Path(settings.BASE_DIR) / "static/css/portal.css").read_text()
    if where == "public":
        page = client.get("/about/").text
        wanted = re.findall(r"--surface: (#\w+)", css)
    else:
        client.force_login(make.official(Role.AUDITOR))
        page = client.get(reverse("desk:plans")).text
        wanted = re.findall(r"\.desk \.mast { background: (#\w+)", css)

    assert re.findall(r'name="theme-color" content="(#\w+)"', page) == wanted


def test_from_a_page_that_does_not_exist_the_other_language_starts_at_home(client):
    assert 'href="/" lang="en" hreflang="en">' in client.get("/hi/no/").text
    assert 'href="/hi/" lang="hi" hreflang="hi">' in client.get("/no/").text


def test_a_demonstration_says_so_and_keeps_search_engines_away(client, settings):
    settings.DEMO = True

    answer = client.get("/about/")

    assert NOINDEX in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
    assert BAND in answer.text


def test_a_real_site_has_no_band_and_may_be_found(client, settings):
    settings.DEMO = False

    answer = client.get("/about/")
    page = answer.text

    assert NOINDEX not in page
    assert "X-Robots-Tag" not in answer
    assert BAND not in page
    assert "A demonstration, not an official site" not in page


def test_every_entry_of_the_navigation_opens(client):
    entries = re.findall(r'href="(.+?)"', navigation(client.get("/about/").text))

    assert len(entries) == 6
    assert [client.get(entry).status_code for entry in entries] == [200] * 6


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/monitor/", ("/monitor/", "page")),
        ("/about/", None),
        ("/products/?q=honey", ("/products/", "page")),
        ("/products/none-such/", ("/products/", "true")),
        ("/hs/", ("/products/", "true")),
        ("/hi/hs/none-such/", ("/hi/products/", "true")),
        ("/sectors/handicraft/", ("/products/", "true")),
        ("/hi/services/", ("/hi/products/", "true")),
        ("/districts/bihar/products/", ("/districts/", "true")),
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

    loaded = re.findall(r"<(?!a\b|meta\b)[^>]*(?:src|href|action)=[^>]*>", page)
    elsewhere = [tag for tag in loaded if re.search(r'="(https?:)?//', tag)]
    told = ("canonical", "alternate")
    assert [tag for tag in elsewhere if not any(word in tag for word in told)] == []
    assert "<script" not in page


def test_links_that_leave_the_portal_say_so(client):
    page = client.get("/about/").text

    leaving = re.findall(r'<a href="https?://.*?</a>.{0,60}', page)
    assert leaving
    for link in leaving:
        assert 'rel="external noopener"' in link
        assert "(external site)" in link


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_a_missing_page_offers_a_search_in_our_look(client, prefix):
    response = client.get(f"{prefix}/no/such/page/")

    assert response.status_code == 404
    assert f'<html lang="{"hi" if prefix else "en"}">' in response.text
    assert f'action="{prefix}/search/"' in response.text
    assert "css/portal" in response.text


@pytest.mark.parametrize(
    ("handler", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (lost.not_found, 404)],
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
