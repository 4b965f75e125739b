"""Searching districts, products, codes, services and offices, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.finding.hero import hero_of
from actionplans.finding.makers import Find, Maker
from actionplans.finding.question import MAKERS
from actionplans.finding.results import Group, Results, results_of
from districts import search as registers
from districts.search import Kind
from portal import marking
from portal.entries import Hit
from portal.facets import chosen

ROWS_A_PAGE = 25
# Of each kind, where several stand on one page.
SHOWN_OF_EACH, SHOWN_BESIDE_MAKERS = 10, 5
SUGGESTED, SUGGESTED_OF_EACH = 8, 4


@dataclass(frozen=True, slots=True)
class Shown:
    """Some finds of one kind, of a total, and the list of all.

    Where the product at the head of the page is of this kind, it is only on that list,
    which then is the whole and has one more.
    """

    kind: Kind
    rows: list[Find]
    total: int
    whole: int
    href: str


@login_not_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Whatever is asked gets an answer: finds by kind, or a way on."""
    found = results_of(request.GET)
    question = found.question
    page = _page(found, request.GET.get("page"))
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Search"),
        "found": found,
        "question": question,
        "chosen": chosen(found.facets),
        "hero": hero_of(found) if question.show in ("", MAKERS) else None,
        "makers": page if _lists_makers(found) else None,
        "alone": None if _lists_makers(found) else page,
        "groups": [] if question.show else _groups(found),
        "marks": _marks(found),
    }
    return render(request, "actionplans/search.html", context)


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Links for what is being typed: a part of a page, without its frame."""
    answer = registers.suggestions(request.GET.get("q", ""), SUGGESTED_OF_EACH)
    groups: dict[Kind, list[Hit]] = {}
    for hit in answer.hits[:SUGGESTED]:
        groups.setdefault(Kind(hit.entry.kind), []).append(hit)
    context = {"groups": groups, "count": len(answer.hits[:SUGGESTED])}
    return render(request, "actionplans/suggestions.html", context)


def _lists_makers(found: Results) -> bool:
    return bool(found.product) and found.question.show in ("", MAKERS)


def _page(found: Results, number: str | None) -> Page[Any] | None:
    """The list that has pages: the makers, or the only kind that is shown."""
    if _lists_makers(found):
        rows: list[Maker] | list[Find] = found.makers
    elif found.question.show:
        of_kind = (g.rows for g in found.groups if g.kind == found.question.show)
        rows = next(of_kind, [])
    else:
        return None
    return Paginator(rows, ROWS_A_PAGE).get_page(number)


def _groups(found: Results) -> list[Shown]:
    """The first finds of each kind but the product at the head of the page."""
    most = SHOWN_BESIDE_MAKERS if found.product else SHOWN_OF_EACH
    shown = (_shown(group, found, most) for group in found.groups)
    return [group for group in shown if group.rows]


def _shown(group: Group, found: Results, most: int) -> Shown:
    rows = [find for find in group.rows if find.hit.entry != found.product]
    href = found.question.href(show=group.kind.value)
    return Shown(group.kind, rows[:most], len(rows), len(group.rows), href)


def _marks(found: Results) -> tuple[str, ...]:
    """What is marked in the words of the sources: what was asked, and its name here."""
    title = found.product.title if found.product else ""
    return marking.beginnings([found.answer.corrected or found.answer.asked, title])
