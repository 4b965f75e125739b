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
    Maker,
    maker_item,
    makers_of,
    product_item,
)
from actionplans.finding.question import MAKERS, SHOWS, Question, labels
from actionplans.makers import Makers, makers
from districts.catalogue import Catalogue
from districts.models import Jurisdiction, Product
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
    family: list[Product]
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
    known, offered = makers(atlas), labels(atlas)
    question = Question.read(query, offered)
    answer = search(question.words, None, exactly=question.exactly)
    product = the_product(answer, known.catalogue)
    family = _family(product, known.catalogue)
    everybody = makers_of(family, known, by_state=question.by_state)
    items = [maker_item(maker) for maker in everybody]
    finds = {kind: _finds(hits, known) for kind, hits in answer.groups.items()}
    products = [product_item(find, known) for find in finds.get(Kind.PRODUCT, [])]
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
        all_makers=everybody,
        makers=narrowed(items, question.chosen),
        groups=[Group(Kind(kind), rows) for kind, rows in finds.items()],
        facets=facets(in_sight, question, offered) if in_sight else [],
    )


def _family(product: Entry | None, catalogue: Catalogue) -> list[Product]:
    return catalogue.family(catalogue.products[product.key]) if product else []


def the_product(answer: Answer, catalogue: Catalogue) -> Entry | None:
    """The one product that is clearly meant, if it is the best of all finds."""
    best = answer.hits[0] if answer.hits else None
    if not best or best.entry.kind != Kind.PRODUCT or best.score < TEXT * ALSO:
        return None
    if best.entry.last or best.entry.key not in catalogue.products:
        return None
    others = (hit.score for hit in answer.groups[best.entry.kind][1:])
    is_named = best.score >= EXACT - NEARLY
    return best.entry if is_named or _is_clear(best, max(others, default=0)) else None


def _is_clear(best: Hit, second: float) -> bool:
    return best.score - second >= CLEARLY or (best.score > BEGINNING > second)


def _finds(hits: list[Hit], known: Makers) -> list[Find]:
    """Each with what is known of it besides its names."""
    return [_find(hit, known) for hit in hits]


def _find(hit: Hit, known: Makers) -> Find:
    key = hit.entry.key
    if hit.entry.kind == Kind.DISTRICT:
        return Find(hit, place=known.addresses.get(key))
    if hit.entry.kind == Kind.PRODUCT and key in known.catalogue.products:
        named = known.naming([known.catalogue.products[key]])
        return Find(hit, district_count=len(named))
    return Find(hit)
