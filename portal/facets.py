"""Facets: links that narrow a list, each with how many rows it would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

    @property
    def chosen(self) -> list[FacetLink]:
        return [link for link in self.links if link.is_chosen]
