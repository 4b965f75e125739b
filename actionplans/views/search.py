"""Searching districts, products, codes and offices, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas
from actionplans.stages import Standing
from districts.models import Product
from districts.search import Kind, search
from districts.views import naming_districts
from portal.search import Answer, Hit

SHOWN_OF_EACH = 20


@dataclass(frozen=True, slots=True)
class Find:
    """A district comes with where it stands, a product with how many name it."""

    hit: Hit
    standing: Standing | None
    district_count: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """The finds of one kind."""

    kind: Kind
    total: int
    rows: list[Find]


@login_not_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Whatever is asked gets an answer: finds by kind, or a way on."""
    question = request.GET.get("q", "").strip()
    answer = search(question, SHOWN_OF_EACH)
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Search"),
        "question": question,
        "answer": answer,
        "groups": grouped(answer),
    }
    return render(request, "actionplans/search.html", context)


def grouped(answer: Answer) -> list[Group]:
    found = standings_of(keys_of(answer, Kind.DISTRICT))
    named = district_counts(keys_of(answer, Kind.PRODUCT))
    return [
        Group(
            Kind(kind),
            answer.totals.get(kind, len(hits)),
            [
                Find(hit, found.get(hit.entry.key), named.get(hit.entry.key))
                for hit in hits
            ],
        )
        for kind, hits in answer.groups.items()
    ]


def keys_of(answer: Answer, kind: Kind) -> list[str]:
    return [hit.entry.key for hit in answer.groups.get(kind, [])]


def district_counts(slugs: list[str]) -> dict[str, int]:
    """How many districts name each of these products."""
    if not slugs:
        return {}
    rows = Product.objects.filter(slug__in=slugs).order_by()
    return dict(rows.annotate(named=naming_districts()).values_list("slug", "named"))


def standings_of(keys: list[str]) -> dict[str, Standing]:
    """Where these districts stand, by their key in the index; former ones nowhere."""
    if not keys:
        return {}
    wanted = set(keys)
    places = {f"{p.state.slug}/{p.slug}": p for p in Atlas.current().places}
    return {key: p.standing for key, p in places.items() if key in wanted}
