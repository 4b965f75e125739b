"""All that a search finds, narrowed as on its page: makers first, then each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Place
from actionplans.finding.makers import Find, Maker
from actionplans.finding.question import MAKERS, SHOWS
from actionplans.finding.results import Results, results_of
from actionplans.freshness import Freshness
from actionplans.stages import Stage
from portal.datasets import Column, Dataset, WrongFilter, in_both
from portal.kinds import ADDRESS, CODE, LIST, NUMBER, TEXT


class Row(NamedTuple):
    """Something found: a maker of the product that is meant, or what bears a name."""

    kind: str
    searched: str
    named: Any
    detail: str
    detail_hi: str
    address: str
    found_as: list[str]
    place: Place | None
    maker: Maker | None = None
    districts: int | None = None


def _found(query: QueryDict | None = None) -> Iterator[Row]:
    """In the order of the page; where it shows one kind alone, only that."""
    found = results_of(query or QueryDict())
    question = found.question
    if question.unknown:
        wrong = gettext("“%s” is not known here.")
        raise WrongFilter({str(name): [wrong % odd] for name, odd in question.unknown})
    return (row for row in _rows(found) if question.show in ("", row.kind))


def _rows(found: Results) -> Iterator[Row]:
    searched = found.answer.corrected or found.answer.asked
    yield from (_of_maker(maker, searched) for maker in found.makers)
    for group in found.groups:
        yield from (_of_find(find, searched) for find in group.rows)


def _of_maker(maker: Maker, searched: str) -> Row:
    place, state = maker.place, maker.place.state
    of_state = (state.name, state.name_hi, place.href)
    return Row(MAKERS, searched, place, *of_state, maker.wordings, place, maker)


def _of_find(find: Find, searched: str) -> Row:
    entry = find.hit.entry
    about = (entry.detail, entry.detail_hi, entry.url)
    named = Named(entry.title, entry.title_hi)
    found_as = [find.hit.name]
    return Row(
        *(entry.kind, searched, named, *about, found_as, find.place),
        districts=find.district_count,
    )


class Named(NamedTuple):
    """A name in both languages."""

    name: str
    name_hi: str


SEARCH = Dataset(
    name="search",
    title=_("Search"),
    about=_(
        "All that a search finds. First the districts that make the product that is"
        " meant, if one is; then everything that bears such a name, best first within"
        " each kind. Ask with q; narrow and order it as on the page."
    ),
    sources=("LGD", "OURS", "HS_2022"),
    columns=[
        Column("kind", _("kind"), CODE, "kind", choices=SHOWS),
        Column(
            "searched", _("words that were searched, without slips"), TEXT, "searched"
        ),
        *in_both("name", _("name"), "named.name"),
        Column(
            "found_as",
            _("name by which it was found; of makers the words of the sources"),
            LIST,
            "found_as",
        ),
        *in_both("detail", _("State, sector or description"), "detail"),
        Column("address", _("its page"), ADDRESS, "address"),
        Column("districts", _("districts that name the product"), NUMBER, "districts"),
        Column(
            "products",
            _("of makers, what they make: the product or its varieties, by their keys"),
            LIST,
            lambda row: [thing.slug for thing in row.maker.things] if row.maker else [],
        ),
        Column(
            "schemes",
            _("of makers, schemes whose sources say so"),
            LIST,
            lambda row: row.maker.schemes if row.maker else [],
        ),
        Column(
            "stage",
            _("furthest stage of the district"),
            CODE,
            "place.standing.stage.slug",
            choices=Stage,
        ),
        Column(
            "freshness",
            _("freshness of its record"),
            CODE,
            "place.standing.freshness",
            choices=Freshness,
        ),
    ],
    rows=_found,
)
