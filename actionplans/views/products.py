"""The page of a product: who makes it, how far their plans have come, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas, Place
from actionplans.models import Target
from actionplans.views.overview import ghosts
from districts.models import DistrictProduct, GIRegistration, Product
from districts.views import naming_districts
from portal.naming import local_name
from portal.terms import Status
from portal.tiles import Tile, dots


@dataclass(frozen=True, slots=True)
class Maker:
    """A district that names the product; its words, each with the schemes using it."""

    place: Place
    wordings: dict[str, list[str]]


@login_not_required
@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Product.objects.select_related("variety_of", "service_category")
    shown = get_object_or_404(rows.prefetch_related("hs_codes"), slug=slug)
    atlas = Atlas.current()
    makers = makers_of(shown, atlas)
    registered = GIRegistration.objects.filter(number=shown.gi_number or 0)
    registered = registered.prefetch_related("states")
    context = {
        "crumbs": [
            (reverse("home"), gettext("Home")),
            (reverse("products"), gettext("Products")),
        ],
        "here": local_name(shown),
        "product": shown,
        "makers": makers,
        "state_count": len({maker.place.state.pk for maker in makers}),
        "varieties": shown.varieties.annotate(district_count=naming_districts()),
        "registrations": registered,
        "targets": targets_on(shown),
        "all_dots": dots(ghosts(atlas)),
        "marked_dots": dots(_tiles(makers)),
    }
    return render(request, "actionplans/product.html", context)


def makers_of(shown: Product, atlas: Atlas) -> list[Maker]:
    """The living districts that name it, plans furthest along first; two queries."""
    rows = DistrictProduct.objects.filter(product=shown, until=None)
    named = {row.district_id: row for row in rows.prefetch_related("namings")}
    makers = [
        _maker(place, named[place.key]) for place in atlas.places if place.key in named
    ]
    return sorted(makers, key=lambda maker: -maker.place.standing.stage)


def _maker(place: Place, row: DistrictProduct) -> Maker:
    wordings: dict[str, list[str]] = {}
    for naming in row.namings.all():
        schemes = wordings.setdefault(naming.wording, [])
        if naming.scheme not in schemes:
            schemes.append(naming.scheme)
    return Maker(place, wordings)


def _tiles(makers: list[Maker]) -> list[Tile]:
    spots = [(maker.place.column, maker.place.row) for maker in makers]
    return [Tile(c, r, 0) for c, r in spots if c is not None and r is not None]


def targets_on(shown: Product) -> list[Target]:
    """Targets on it in the plans in force."""
    rows = Target.objects.filter(
        plan_product__product=shown, plan__status=Status.PUBLISHED
    )
    return list(
        rows.select_related("indicator", "plan__district__state").order_by(
            "plan__district__name", "due_on"
        )
    )
