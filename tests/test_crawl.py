"""Every link within the site, as somebody who follows them all."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from actionplans.sitemaps import SECTIONS
from portal.models import DataVersion
from portal.terms import Status
from tests import make

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a\b[^>]*?\bhref="(.*?)"')
TITLE = re.compile(r"<title>(.+?)</title>")
DESCRIPTION = re.compile(r'<meta name="description" content="(.+?)"')
OTHER = {"en": "hi", "hi": "en"}
SITE_NAME = {
    "en": "Districts as Export Hubs",
    "hi": "निर्यात केंद्र के रूप में जिले",
}


@pytest.fixture
def site():
    """A small site with something on every kind of page."""
    state = make.state("Bihar")
    place = make.district("Darbhanga", state=state)
    make.district_product(place, make.product("Honey"))
    make.plan(Status.PUBLISHED, place)
    make.district("Dudu", state=state, until="2025-01-31")
    make.plan(Status.UNSTRUCTURED, make.district("Gaya", state=state))
    make.plan(Status.SUPERSEDED, make.district("Patna", state=state))
    make.comment(make.consultation(make.plan()))
    DataVersion.rise()


class Crawl:
    """All pages that links lead to from a start; of lists, one page of each filter."""

    def __init__(self, client, start):
        self.client = client
        # Each page that opened, with its text; and each link that did not.
        self.pages, self.broken = {}, []
        self._seen = set()
        self._ways = deque([(start, "")])
        while self._ways:
            self._follow(*self._ways.popleft())

    def _follow(self, way, on):
        path, fragment = urldefrag(way)
        if (kind := kind_of(path)) not in self._seen:
            self._seen.add(kind)
            self._open(path, on)
        text = self.pages.get(path)
        if fragment and text is not None and f'id="{fragment}"' not in text:
            self.broken.append((on, way, "no such place on the page"))

    def _open(self, path, on):
        answer = self.client.get(path)
        if answer.status_code == 302:
            self._ways.append((answer.url, on))
        elif answer.status_code != 200:
            self.broken.append((on, path, answer.status_code))
        elif answer.streaming:
            answer.getvalue()
        elif answer["Content-Type"].startswith("text/html"):
            self.pages[path] = answer.text
            links = (unescape(link) for link in LINK.findall(answer.text))
            within = (urljoin(path, link) for link in links if is_ours(link))
            self._ways.extend((link, path) for link in within)


def is_ours(link):
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc


def kind_of(path):
    """An address with the names of its filters, whatever they say."""
    parts = urlsplit(path)
    return parts.path, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))


@pytest.fixture
def crawl(client, site):
    """From the home page; each page leads to itself in the other language."""
    return Crawl(client, "/")


def test_no_link_is_broken_and_every_page_is_whole(client, crawl):
    """Nor does a page that search engines are told of lack a link to it."""
    told = {page for section in SECTIONS for page in told_of(client, section)}

    assert crawl.broken == []
    assert told - set(crawl.pages) == set()
    faults = {path: faults_of(path, text) for path, text in crawl.pages.items()}
    assert {path: found for path, found in faults.items() if found} == {}


def told_of(client, section):
    xml = client.get(reverse("sitemap-section", args=[section])).text
    found = re.findall(r"<loc>(.+?)</loc>", xml)
    return [page.removeprefix(settings.SITE_URL) for page in found]


def faults_of(path, text):
    """What a page lacks that every page has."""
    language = "hi" if path.startswith("/hi/") else "en"
    title = TITLE.search(text)
    wanted = {
        "one h1": len(re.findall(r"<h1\b", text)) == 1,
        "one main": len(re.findall(r"<main\b", text)) == 1,
        "its language": f'<html lang="{language}">' in text,
        "a title with the site's name": title
        and title[1].endswith(SITE_NAME[language])
        and not title[1].startswith("\N{EN DASH}"),
        "a description": DESCRIPTION.search(text),
        "the other language": f'hreflang="{OTHER[language]}"' in text,
        "no empty link": 'href=""' not in text,
    }
    return [what for what, has in wanted.items() if not has]
