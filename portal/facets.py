"""Facets: links that narrow a list, each with how many rows it would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

# So many stand in the open; the others of a long facet unfold.
OPEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """A value that narrows the list; the link of the chosen one takes it back.

    `lang` is the language of the label where it is not that of the page.
    """

    label: str
    count: int
    href: str
    is_chosen: bool = False
    lang: str = ""

    @classmethod
    def of(
        cls,
        asked: QueryDict,
        name: str,
        value: str,
        *,
        label: str,
        count: int,
        lang: str = "",
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
            lang=lang,
        )


@dataclass(frozen=True, slots=True)
class Facet:
    """One question about the rows of a list, and its answers as links."""

    title: str
    links: Sequence[FacetLink]

    @property
    def shown(self) -> list[FacetLink]:
        """The first few and, wherever it stands, the chosen one."""
        return [
            link for at, link in enumerate(self.links) if at < OPEN or link.is_chosen
        ]

    @property
    def rest(self) -> list[FacetLink]:
        return [link for link in self.links[OPEN:] if not link.is_chosen]
