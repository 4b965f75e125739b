"""All that is public of one product, and each of its lists by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas
from actionplans.codes import Shelf, neighbours
from actionplans.contacts import contacts
from actionplans.makers import makers
from actionplans.product_parts import PRODUCT_PARTS, ProductPart
from actionplans.twins.columns import district_of
from actionplans.twins.goods import CODES, CONTACT, SHELVED, shelved
from actionplans.twins.interventions import INTERVENTIONS
from actionplans.twins.places import OFFICES, WHERE
from actionplans.twins.plan import BOTTLENECK
from actionplans.twins.targets import TARGETS
from actionplans.views.products import product_shown, registrations
from districts.datasets import FACTS, PRODUCT_COLUMNS
from districts.listing import naming_districts
from districts.models import DistrictProduct, PotentialFact, Product
from portal.datasets import Column, Dataset, Record, Table, follow, in_both
from portal.kinds import CODE, DAY, LIST, NUMBER, TEXT, YES_NO

MAKER = [
    *WHERE,
    Column(
        "wordings",
        _("wordings of the sources, each with its schemes"),
        LIST,
        lambda maker: [
            f"{wording} ({', '.join(schemes)})"
            for wording, schemes in maker.wordings.items()
        ],
    ),
    Column("since", _("day on which it was identified"), DAY, "row.since"),
    Column("is_thrust", _("thrust product"), YES_NO, "row.is_thrust"),
    Column(
        "exported",
        _("export status"),
        CODE,
        "row.exported",
        choices=DistrictProduct.Exported,
    ),
    Column(
        "potential",
        _("export potential"),
        CODE,
        "row.potential",
        choices=DistrictProduct.Rating,
    ),
    *OFFICES,
]
# What else the columns read of the rows of a list: of which thing in each, and what.
READ_ALSO = {
    "targets": ("target", ["plan_product__product", "owner"]),
    "interventions": (
        "intervention",
        ["plan_product__product", "bottleneck", "fund_source", "supporting", "targets"],
    ),
    "bottlenecks": ("", ["plan_product__product"]),
}


def _rows(_query: QueryDict, slug: str, part: ProductPart) -> Sequence[Any]:
    return _whole(part, get_object_or_404(Product, slug=slug))


def _whole(part: ProductPart, product: Product) -> Sequence[Any]:
    """All rows of the list, in the order of its pages."""
    rows = part.rows(part.found(product))
    if part.slug in READ_ALSO:
        way, also = READ_ALSO[part.slug]
        prefetch_related_objects([*map(follow(way), rows)], *also)
    return rows


def _facts(_query: QueryDict, slug: str, part: ProductPart) -> QuerySet[PotentialFact]:
    known = part.found(get_object_or_404(Product, slug=slug))
    facts = PotentialFact.objects.filter(place__in=[maker.row.pk for maker in known])
    return facts.order_by("place__district", "pk")


COLUMNS = {
    "districts": MAKER,
    "record": FACTS.columns,
    "targets": TARGETS.columns,
    "interventions": INTERVENTIONS.columns,
    "bottlenecks": [*district_of("plan.district"), *BOTTLENECK],
}
LISTS_OF_PRODUCTS = {
    slug: Dataset(
        name=f"product-{slug}",
        title=part.title,
        about=part.title,
        columns=COLUMNS[slug],
        rows=_rows,
    )
    for slug, part in PRODUCT_PARTS.items()
}
LISTS_OF_PRODUCTS["record"] = Table(
    name="product-record",
    title=PRODUCT_PARTS["record"].title,
    about=FACTS.about,
    columns=FACTS.columns,
    rows=_facts,
)
INDICATION = [
    Column("number", _("registration number"), CODE, "number"),
    Column("name", _("name"), TEXT, "name"),
    Column(
        "states",
        _("States it belongs to"),
        LIST,
        lambda row: [state.name for state in row.states.all()],
    ),
]
VARIETY = [
    *in_both("name", _("name"), "name"),
    Column("slug", _("key in addresses"), CODE, "slug"),
    Column("districts", _("districts that name it"), NUMBER, "district_count"),
]


def _product(_query: QueryDict, slug: str) -> dict[str, Any]:
    shown = product_shown(slug)
    found = {name: _whole(part, shown) for name, part in PRODUCT_PARTS.items()}
    known = [maker.row.pk for maker in found["record"]]
    places = [maker.place for maker in found["districts"]]
    varieties = shown.varieties.annotate(district_count=naming_districts())
    return {
        "product": shown,
        "hs_codes": list(shown.hs_codes.all()),
        **found,
        "record": FACTS.among(place__in=known),
        "contacts": contacts(places, product=slug),
        "neighbours": shelved(_shelves_beside(shown)),
        "varieties": list(varieties),
        "indications": list(registrations(shown)),
    }


def _shelves_beside(product: Product) -> Iterator[Shelf]:
    for near in neighbours(product, makers(Atlas.current())):
        yield Shelf(near.heading, near.whole)
        yield from near.below


PRODUCT = Record(
    name="product",
    title=_("One product"),
    about=_(
        "Its names and codes, the districts that name it, what they put on record, what"
        " plans in force want of it, do for it and find in its way, whom to ask. The"
        " parts districts, record, targets, interventions and bottlenecks are also"
        " lists by themselves, as /products/turmeric/targets.csv."
    ),
    parts={
        "product": PRODUCT_COLUMNS,
        "hs_codes": CODES,
        **COLUMNS,
        "contacts": CONTACT,
        "neighbours": SHELVED,
        "varieties": VARIETY,
        "indications": INDICATION,
    },
    gather=_product,
)
