"""Two to four districts, or products, side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas, Place
from actionplans.comparison import districts, products
from actionplans.comparison.choice import MOST, Choice, choice, key_of, places_of
from districts.models import Product
from districts.search import Kind
from portal.naming import local_name


@dataclass(frozen=True, slots=True)
class Chosen:
    """A district or product that stands here, and the link that takes it away."""

    thing: Place | Product
    href: str
    without: str

    @property
    def title(self) -> str:
        return local_name(self.thing)


@dataclass(frozen=True, slots=True)
class Another:
    """A district or product that may be set beside it, and what both have."""

    thing: Place | Product
    href: str
    shared: Collection[Product] = ()


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    atlas = Atlas.current()
    made = choice(request.GET, atlas)
    gathered = of_products if made.kind == Kind.PRODUCT else of_districts
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Compare"),
        "choice": made,
        "fields": range(len(made.keys) + 1, MOST + 1),
        **gathered(made, atlas),
    }
    return render(request, "actionplans/compare.html", context)


def of_districts(made: Choice, atlas: Atlas) -> dict[str, Any]:
    """Side by side from two on; of one alone, whom it may be compared with."""
    places = places_of(made.keys, atlas)
    found: dict[str, Any] = {
        "chosen": [Chosen(p, p.href, made.without(key)) for key, p in places.items()]
    }
    if len(places) > 1:
        found["districts"] = districts.side_by_side(places.values(), atlas)
    for place in places.values() if len(places) == 1 else ():
        found["near"] = [
            Another(other, made.with_another(key_of(other)))
            for other in districts.neighbours(place, atlas)
        ]
        found["akin"] = [
            Another(other, made.with_another(key_of(other)), shared)
            for other, shared in districts.peers(place, atlas)
        ]
    return found


def of_products(made: Choice, atlas: Atlas) -> dict[str, Any]:
    side = products.side_by_side(made.keys, atlas)
    shown = [column.product for column in side.columns]
    found: dict[str, Any] = {
        "chosen": [
            Chosen(product, product.get_absolute_url(), made.without(product.slug))
            for product in shown
        ]
    }
    if len(shown) > 1:
        found["products"] = side
    elif shown:
        found["akin"] = [
            Another(other, made.with_another(other.slug))
            for other in products.akin(shown[0])
        ]
    return found
