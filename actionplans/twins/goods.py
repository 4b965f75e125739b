"""What is made under each HS code, in each sector, in each class of services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas
from actionplans.codes import Branch, Shelf, code_page, tree
from actionplans.contacts import contacts
from actionplans.makers import Made, makers, places_of
from actionplans.sectors import (
    SectorLine,
    sector_line,
    sector_lines,
    targets_by_product,
)
from actionplans.services import services_made
from actionplans.twins.columns import address_of
from actionplans.twins.offices import COUNTS
from actionplans.twins.places import WHERE, Row, rows_of
from actionplans.views.overview import Overview, overview
from districts.codes import known
from districts.models import HSCode, Product, Sector
from portal.datasets import Column, Dataset, Elsewhere, Record, follow, in_both
from portal.kinds import ADDRESS, CODE, NUMBER, TEXT, YES_NO


def of_made(way: str = "") -> list[Column]:
    """The product at the end of a path, with how many districts name it."""
    places = follow(f"{way}places")
    return [
        *in_both("product", _("product"), f"{way}product.name"),
        Column("product_slug", _("its key in addresses"), CODE, f"{way}product.slug"),
        Column(
            "kind",
            _("goods or service"),
            CODE,
            f"{way}product.kind",
            choices=Product.Kind,
        ),
        Column("sector", _("sector"), CODE, f"{way}product.sector", choices=Sector),
        Column(
            "districts",
            _("districts that name it"),
            NUMBER,
            lambda row: len(places(row)),
        ),
        Column(
            "address", _("page of the product"), ADDRESS, address_of(f"{way}product")
        ),
    ]


MADE = of_made()
CODES = [
    Column("code", _("HS code"), CODE, "code"),
    Column("description", _("description, in English"), TEXT, "description"),
]
BRANCH = [
    Column(
        "code",
        _("roman numeral, or two, four or six digits"),
        CODE,
        "code.code",
    ),
    Column("description", _("description, in English"), TEXT, "code.description"),
    Column(
        "products", _("products that bear it or a code below it"), NUMBER, "products"
    ),
    Column("districts", _("districts that name any of them"), NUMBER, "districts"),
    Column("address", _("its page"), ADDRESS, address_of("code")),
]
CONTACT = [
    *in_both(
        "regional_authority", _("Regional Authority; empty: none recorded"), "ra.name"
    ),
    Column("regional_authority_slug", _("its key in addresses"), CODE, "ra.slug"),
    Column("email", _("e-mail of the office; empty: not recorded"), TEXT, "ra.email"),
    Column(
        "districts",
        _("districts for which it answers"),
        NUMBER,
        lambda contact: len(contact.places),
    ),
    Column(
        "is_provisional",
        _("that it answers for them is partly a guess"),
        YES_NO,
        "is_provisional",
    ),
    Column("address", _("list of these districts"), ADDRESS, "href"),
]
SHELVED = [Column("code", _("HS code"), CODE, "code.code"), *of_made("made.")]


class Shelved(NamedTuple):
    """What is made, and one of the codes that it bears."""

    code: HSCode
    made: Made


def shelved(shelves: Iterable[Shelf]) -> list[Shelved]:
    return [Shelved(shelf.code, made) for shelf in shelves for made in shelf.made]


def places_making(made: Iterable[Made]) -> list[Row]:
    return list(rows_of(places_of(made)))


# --- The Harmonized System


def _codes(*_asked: Any) -> Iterator[Branch]:
    for section, chapters in tree(makers(Atlas.current())):
        yield section
        yield from chapters


HS = Dataset(
    name="hs",
    title=_("HS codes to browse"),
    about=_(
        "Sections and chapters of the Harmonized System, with how much of the catalogue"
        " lies under each. Every code is in the table of HS codes."
    ),
    sources=("HS_2022", "OURS"),
    columns=[
        *BRANCH,
        Column(
            "section",
            _("section of a chapter; empty: it is one itself"),
            CODE,
            "code.parent.code",
        ),
    ],
    rows=_codes,
)


def _code(_query: QueryDict, code: str) -> dict[str, Any]:
    """Another way to write a code, or one of more digits, leads to ours."""
    found = known(code)
    if found is None:
        raise Http404
    if found.code != code:
        raise Elsewhere(reverse("hs-code-json", args=[found.code]))
    page = code_page(found, makers(Atlas.current()))
    return {
        "code": page.branch,
        "above": page.above,
        "below": page.below,
        "beside": page.beside,
        "products": page.made,
        "wider": shelved(page.wider),
        "districts": places_making(page.made),
    }


HS_CODE = Record(
    name="hs-code",
    title=_("One HS code"),
    about=_(
        "The codes above, below and beside it, the products that bear it or a code"
        " below it, those that bear a wider one only, and the districts."
    ),
    parts={
        "code": BRANCH,
        "above": CODES,
        "below": BRANCH,
        "beside": BRANCH,
        "products": MADE,
        "wider": SHELVED,
        "districts": WHERE,
    },
    gather=_code,
)


# --- Sectors and services


def _sectors(*_asked: Any) -> list[SectorLine]:
    return sector_lines(makers(Atlas.current()))


SECTORS = Dataset(
    name="sectors",
    title=_("Sectors"),
    about=_(
        "The sectors of the catalogue, those of most districts first. A district counts"
        " in every sector of which it has identified a product."
    ),
    sources=("OURS",),
    columns=[
        Column("sector", _("sector"), CODE, "sector", choices=Sector),
        Column("products", _("products"), NUMBER, lambda line: len(line.made)),
        Column("districts", _("districts"), NUMBER, lambda line: len(line.places)),
        Column(
            "states",
            _("States and Union Territories"),
            NUMBER,
            lambda line: len(line.states),
        ),
        Column(
            "address",
            _("its page"),
            ADDRESS,
            lambda line: reverse("sector", args=[line.sector]),
        ),
    ],
    rows=_sectors,
)


class Aimed(NamedTuple):
    """What is made, with how many targets plans in force set on it."""

    made: Made
    targets: int | None


class Counted(NamedTuple):
    """The counts of the districts of a sector."""

    overview: Overview


def _sector(_query: QueryDict, sector: Sector) -> dict[str, Any]:
    line = sector_line(sector, makers(Atlas.current()))
    targets = targets_by_product(sector)
    return {
        "sector": line,
        "products": [Aimed(one, targets.get(one.product.pk)) for one in line.made],
        "plans": Counted(overview(line.places)),
        "districts": places_making(line.made),
        "contacts": contacts(line.places, sector=sector.value),
    }


SECTOR = Record(
    name="sector",
    title=_("One sector"),
    about=_(
        "Its products with the targets on them, its districts with how far their plans"
        " have come, and whom to ask."
    ),
    parts={
        "sector": SECTORS.columns,
        "products": [
            *of_made("made."),
            Column("targets", _("targets in plans in force"), NUMBER, "targets"),
        ],
        "plans": COUNTS,
        "districts": WHERE,
        "contacts": CONTACT,
    },
    gather=_sector,
)


def _services(*_asked: Any) -> list[Made]:
    return services_made(makers(Atlas.current()))


_CLASS = "product.service_category"
SERVICES = Dataset(
    name="services",
    title=_("Services"),
    about=_(
        "The services of the catalogue, each with its class. The classes are in a"
        " table of their own."
    ),
    sources=("OURS",),
    columns=[
        *MADE,
        Column("class", _("class of services"), CODE, f"{_CLASS}.code"),
        Column("class_name", _("what the class is called"), TEXT, f"{_CLASS}.name"),
        Column("classification", _("classification"), TEXT, f"{_CLASS}.scheme"),
    ],
    rows=_services,
)
