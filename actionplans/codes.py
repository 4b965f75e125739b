"""The tree of the Harmonized System, with what is made under each of its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from actionplans.makers import Made, Makers, number_of_places
from districts.models import HEADING_DIGITS, HSCode, Product


@dataclass(frozen=True, slots=True)
class Branch:
    """A code; how many products bear it or one below, and in how many districts."""

    code: HSCode
    products: int
    districts: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A code, and the products that bear exactly this one."""

    code: HSCode
    made: list[Made]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """A code in its place: what lies above, below and beside it, and what is made.

    `wider` are the products that bear no more than a code above this one, so that they
    may or may not belong here.
    """

    branch: Branch
    above: list[HSCode]
    below: list[Branch]
    beside: list[Branch]
    made: list[Made]
    wider: list[Shelf]


def tree(known: Makers) -> list[tuple[Branch, list[Branch]]]:
    """The sections in the order of their chapters, with these; one query."""
    chapters = HSCode.objects.filter(parent__isnull=False, parent__parent=None)
    own = groupby(
        chapters.select_related("parent").order_by("code"), attrgetter("parent")
    )
    return [
        (_branch(section, known), _branches(codes, known)) for section, codes in own
    ]


def code_page(code: HSCode, known: Makers) -> CodePage:
    """Two queries, if all above the code is at hand."""
    above = list(_above(code))[::-1]
    beside = HSCode.objects.filter(parent=code.parent_id).exclude(pk=code.pk)
    return CodePage(
        branch=_branch(code, known),
        above=above,
        below=_branches(code.children.order_by("code"), known),
        beside=[one for one in _branches(beside, known) if one.products],
        made=known.of(code.code),
        wider=[Shelf(one, known.at[one.code]) for one in above if one.code in known.at],
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What else is made under a heading: as a whole, and at each of its subheadings."""

    heading: HSCode
    whole: list[Made]
    below: list[Shelf]


def neighbours(product: Product, known: Makers) -> list[Neighbours]:
    """Beside a product whose codes are at hand, for each of its headings; one query."""
    headings = {code.code[:HEADING_DIGITS] for code in product.hs_codes.all()}
    within = Q(code__in=headings) | Q(parent__code__in=headings)
    shelves = {
        row.code: Shelf(row, _others(known.at.get(row.code, []), product))
        for row in HSCode.objects.filter(within).order_by("code")
    }
    return [
        Neighbours(shelf.code, shelf.made, _below(code, shelves))
        for code, shelf in shelves.items()
        if code in headings
    ]


def _others(made: Iterable[Made], product: Product) -> list[Made]:
    return [one for one in made if one.product.pk != product.pk]


def _below(heading: str, shelves: Mapping[str, Shelf]) -> list[Shelf]:
    return [
        shelf
        for code, shelf in shelves.items()
        if code.startswith(heading) and code != heading and shelf.made
    ]


def _above(code: HSCode) -> Iterator[HSCode]:
    while code.parent:
        code = code.parent
        yield code


def _branches(codes: Iterable[HSCode], known: Makers) -> list[Branch]:
    return [_branch(code, known) for code in codes]


def _branch(code: HSCode, known: Makers) -> Branch:
    made = known.of(code.code)
    return Branch(code, len(made), number_of_places(made))
