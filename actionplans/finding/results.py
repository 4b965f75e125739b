"""What the search page and its twins answer: every row, before it is cut into pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from actionplans.atlas import Atlas
from actionplans.finding.facets import facets, narrowed
from actionplans.finding.makers import (
    Find,
    Land,
    Maker,
    maker_item,
    makers_of,
    product_item,
)
from actionplans.finding.question import MAKERS, SHOWS, Question, labels
from districts.makers import Makers, Thing
from districts.models import Jurisdiction
from districts.search import Kind, search
from portal.entries import Answer, Entry, Hit
from portal.facets import Facet, FacetLink
from portal.search import ALSO, BEGINNING, EXACT, NEARLY, TEXT

# By so much the best product must beat the next to be the clear answer.
CLEARLY = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The finds of one kind."""

    kind: Kind
    rows: list[Find]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a question.

    Where one product is clearly meant, it is the `product`, and `makers` are the
    districts that name it or one of its varieties, `all_makers` before they were
    narrowed. `groups` are all finds by name, products narrowed too. The facets count
    the makers or, where these are not shown, the products.
    """

    atlas: Atlas
    question: Question
    answer: Answer
    product: Entry | None
    family: list[Thing]
    all_makers: list[Maker]
    makers: list[Maker]
    groups: list[Group]
    facets: list[Facet]

    def __bool__(self) -> bool:
        return bool(self.makers or any(group.rows for group in self.groups))

    @property
    def shows(self) -> Facet:
        """The kinds of results, each a link to those alone."""
        counts = {group.kind.value: len(group.rows) for group in self.groups}
        if self.product:
            counts = {MAKERS: len(self.makers), **counts}
        now = self.question.show
        links = [
            FacetLink(
                label=str(SHOWS[kind]),
                count=count,
                href=self.question.href(show="" if kind == now else kind),
                is_chosen=kind == now,
            )
            for kind, count in counts.items()
        ]
        return Facet(gettext("Show"), links)

    @property
    def offices(self) -> list[tuple[Jurisdiction, int]]:
        """The Regional Authorities of the makers, with how many of them each has."""
        found = [m.place.jurisdiction for m in self.makers if m.place.jurisdiction]
        counts = Counter(row.ra_id for row in found)
        first = {row.ra_id: row for row in reversed(found)}
        return [(first[key], count) for key, count in counts.most_common()]


def results_of(query: QueryDict) -> Results:
    """What an address of the search page asks for; a fixed number of queries."""
    atlas = Atlas.current()
    land, known = Land.of(atlas), labels(atlas)
    question = Question.read(query, known)
    answer = search(question.words, None, exactly=question.exactly)
    product = the_product(answer, land.makers)
    family = land.makers.family(land.makers.things[product.key]) if product else []
    makers = makers_of(family, land, by_state=question.by_state)
    items = [maker_item(maker) for maker in makers]
    finds = {kind: _finds(hits, land) for kind, hits in answer.groups.items()}
    products = [product_item(find, land) for find in finds.get(Kind.PRODUCT, [])]
    if products:
        finds[Kind.PRODUCT] = narrowed(products, question.chosen)
    in_sight = items if product else products
    if question.show not in ("", MAKERS):
        in_sight = products if question.show == Kind.PRODUCT else []
    return Results(
        atlas=atlas,
        question=question,
        answer=answer,
        product=product,
        family=family,
        all_makers=makers,
        makers=narrowed(items, question.chosen),
        groups=[Group(Kind(kind), rows) for kind, rows in finds.items()],
        facets=facets(in_sight, question, known) if in_sight else [],
    )


def the_product(answer: Answer, makers: Makers) -> Entry | None:
    """The one product that is clearly meant, if it is the best of all finds."""
    best = answer.hits[0] if answer.hits else None
    if not best or best.entry.kind != Kind.PRODUCT or best.score < TEXT * ALSO:
        return None
    if best.entry.last or best.entry.key not in makers.things:
        return None
    others = (hit.score for hit in answer.groups[best.entry.kind][1:])
    is_named = best.score >= EXACT - NEARLY
    return best.entry if is_named or _is_clear(best, max(others, default=0)) else None


def _is_clear(best: Hit, second: float) -> bool:
    return best.score - second >= CLEARLY or (best.score > BEGINNING > second)


def _finds(hits: list[Hit], land: Land) -> list[Find]:
    """Each with what is known of it besides its names."""
    return [_find(hit, land) for hit in hits]


def _find(hit: Hit, land: Land) -> Find:
    entry = hit.entry
    if entry.kind == Kind.DISTRICT:
        return Find(hit, place=land.addresses.get(entry.key))
    if entry.kind == Kind.PRODUCT and entry.key in land.makers.things:
        thing = land.makers.things[entry.key]
        return Find(hit, district_count=len(land.making([thing])))
    return Find(hit)
