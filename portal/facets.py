"""Facets: links that narrow a list, each with how many rows it would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from portal.naming import language_of

# So many stand in the open; the others of a long facet unfold.
OPEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """A value that narrows the list; the link of the chosen one takes it away."""

    label: str
    count: int
    href: str
    is_chosen: bool = False

    @classmethod
    def of(
        cls, asked: QueryDict, name: str, value: str, *, label: str, count: int
    ) -> FacetLink:
        """To the list as `asked` for, from its first page, with this value besides."""
        is_chosen = asked.get(name) == value
        query = asked.copy()
        query.pop("page", None)
        query.pop(name, None)
        if not is_chosen:
            query[name] = value
        return cls(
            label=label,
            count=count,
            href=f"?{query.urlencode()}",
            is_chosen=is_chosen,
        )

    @property
    def lang(self) -> str:
        """The language of the label, unless it is that of the page."""
        language = language_of(self.label)
        return "" if language == get_language() else language


@dataclass(frozen=True, slots=True)
class Facet:
    """One question about the rows of a list, and its answers as links."""

    title: str
    links: Sequence[FacetLink]

    @property
    def shown(self) -> list[FacetLink]:
        """The first few and, wherever it stands, the chosen one."""
        folded = self.rest
        return [link for link in self.links if link not in folded]

    @property
    def rest(self) -> list[FacetLink]:
        """To unfold a single one would save no room."""
        folded = [link for link in self.links[OPEN:] if not link.is_chosen]
        return folded if len(folded) > 1 else []


@dataclass(frozen=True, slots=True)
class Values:
    """What a facet may ask for: the rows with each value, by key; how each is called.

    Those that most rows have come first, if they have no order of their own.
    """

    rows: Iterable[tuple[int, str]]
    labels: Mapping[str, str]
    in_order: bool = False

    def links(
        self, name: str, asked: QueryDict, among: set[int] | None
    ) -> list[FacetLink]:
        """Those that some row has, and the chosen one; None are all rows."""
        rows = (value for key, value in self.rows if among is None or key in among)
        numbers = Counter(rows)
        links = [
            FacetLink.of(asked, name, value, label=label, count=numbers[value])
            for value, label in self.labels.items()
            if numbers[value] or value == asked.get(name)
        ]
        if self.in_order:
            return links
        return sorted(links, key=lambda link: (-link.count, link.label))


def chosen(facets: Iterable[Facet]) -> list[tuple[str, FacetLink]]:
    """What was chosen, with the titles of the facets."""
    return [(f.title, link) for f in facets for link in f.links if link.is_chosen]


class Narrowing(django_filters.FilterSet):
    """Filters that know the rows each leaves alone, to count those of the others."""

    @property
    def is_asked(self) -> bool:
        return any(self.data.get(name) for name in self.filters)

    def chosen(self, name: str) -> Any:
        """What a filter asks for, if all of them can be read."""
        return self.form.cleaned_data.get(name) if self.is_valid() else None

    @cached_property
    def fitting(self) -> dict[str, set[int]]:
        """For each filter that asks for something, the rows that fit it alone."""
        return {
            name: self.keys_of(name, value)
            for name, value in self.form.cleaned_data.items()
            if value not in EMPTY_VALUES
        }

    def keys_of(self, name: str, value: Any) -> set[int]:
        rows = self.filters[name].filter(self.queryset.order_by(), value)
        return set(rows.values_list("pk", flat=True))

    def keys(self, *, but: str = "") -> set[int] | None:
        """Those that fit every filter; None if nothing is asked for.

        One may be left out, to count its values.
        """
        asked = [keys for name, keys in self.fitting.items() if name != but]
        return set.intersection(*asked) if asked else None

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Nothing while a filter cannot be read, which the form says."""
        if not self.is_valid():
            return queryset.none()
        keys = self.keys()
        return queryset if keys is None else queryset.filter(pk__in=keys)

    def facets(self, offered: Mapping[str, Values], asked: QueryDict) -> list[Facet]:
        """What narrows the list, by the names of filters; nothing while one is odd."""
        if not self.is_valid():
            return []
        return [
            Facet(
                str(self.filters[name].label),
                values.links(name, asked, self.keys(but=name)),
            )
            for name, values in offered.items()
        ]
