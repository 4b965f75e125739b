"""Where everything is: a page for people, lists for search engines."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.contents import CONTENTS
from actionplans.sitemaps import SECTIONS, Section
from districts.models import State


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """For people: every page that stands for itself, and every State."""
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Site map"),
        "contents": CONTENTS,
        "states": State.objects.all(),
    }
    return render(request, "actionplans/sitemap.html", context)


@login_not_required
@require_safe
@views.x_robots_tag
def index(request: HttpRequest) -> HttpResponse:
    """For search engines: where the list of each section is."""
    parts = [part for name in SECTIONS for part in _parts(name, SECTIONS[name]())]
    return render(
        request,
        "sitemap_index.xml",
        {"sitemaps": parts},
        content_type="application/xml",
    )


@login_not_required
@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    """For search engines: the pages of one section."""
    return views.sitemap(request, {**SECTIONS}, section).render()


def _parts(name: str, section: Section) -> list[views.SitemapIndexItem]:
    """The addresses under which a section is had, a page at a time."""
    first = urljoin(settings.SITE_URL, reverse("sitemap-section", args=[name]))
    return [
        views.SitemapIndexItem(f"{first}?p={page}" if page > 1 else first)
        for page in section.paginator.page_range
    ]
