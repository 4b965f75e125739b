"""The pages that explain the site."""

import re

import pytest
from django.urls import reverse

from actionplans.freshness import Freshness
from actionplans.progress import Kind, Verdict
from actionplans.progress.measure import AT_RISK_FROM, ON_TRACK_FROM
from actionplans.stages import Stage
from portal.terms import Role
from portal.views import read_sources

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["about", "method", "sources"])
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


@pytest.mark.parametrize("name", ["about", "method", "sources"])
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
