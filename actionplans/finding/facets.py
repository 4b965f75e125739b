"""What narrows a list: the values its rows have, each counted as a link to its rows.

A count is that of the list behind it, for both ask the same `fits`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from actionplans.finding.question import LABELS, Labels, Question
from portal.facets import Facet, FacetLink

# Their values have no order of their own: those with most rows come first.
BY_COUNT = {"state", "sector"}

T = TypeVar("T")
# The values of one fact under the names of the facets.
Fact = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """A row of the list. It fits if one of its facts has everything that is chosen."""

    shown: T
    facts: Sequence[Fact]


def fits(fact: Fact, chosen: Mapping[str, str]) -> bool:
    return all(value in fact[name] for name, value in chosen.items())


def narrowed(items: Iterable[Item[T]], chosen: Mapping[str, str]) -> list[T]:
    return [
        item.shown for item in items if any(fits(fact, chosen) for fact in item.facts)
    ]


def facets(
    items: Sequence[Item[Any]], question: Question, known: Labels
) -> list[Facet]:
    """Those by which the list can be narrowed, or is."""
    found = (_facet(name, items, question, known[name]) for name in known)
    return [facet for facet in found if facet]


def _facet(
    name: str, items: Sequence[Item[Any]], question: Question, known: dict[str, Any]
) -> Facet | None:
    """None where it would narrow nothing."""
    others = {n: value for n, value in question.chosen.items() if n != name}
    among = len(narrowed(items, others))
    counted = _counted(name, items, others)
    chosen = question.chosen.get(name)
    if not chosen and all(count == among for count in counted.values()):
        return None
    links = [
        FacetLink(
            label=str(label),
            count=counted[value],
            href=question.href(**{name: "" if value == chosen else value}),
            is_chosen=value == chosen,
        )
        for value, label in known.items()
        if counted[value] or value == chosen
    ]
    if name in BY_COUNT:
        links.sort(key=lambda link: (-link.count, link.label))
    return Facet(str(LABELS[name]), links)


def _counted(
    name: str, items: Iterable[Item[Any]], chosen: Mapping[str, str]
) -> Counter[str]:
    """How many rows have each value of the facet beside what else is chosen."""
    counted: Counter[str] = Counter()
    for item in items:
        counted.update(
            {value for f in item.facts if fits(f, chosen) for value in f[name]}
        )
    return counted
