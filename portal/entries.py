"""What can be found, and what was found for a question.

Nothing here knows a model, or how things are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found, and what a page needs to show it.

    `names` are those besides the titles. `text` is a description, searched by its
    words; those of `about` (where it lies, what it belongs to) count only beside words
    of the names or the text. `codes` are digits, searched from their beginning. `href`
    is the name of a URL pattern and its arguments, `anchor` a place on that page. Of
    what fits equally well, that of more `weight` comes first; what is `last` stands
    below the others of its kind. Where one name of an entry that `widens` is asked
    for, the words of its other names are searched as well.
    """

    kind: str
    key: str
    title: str
    title_hi: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    about: str = ""
    codes: tuple[str, ...] = ()
    href: tuple[str, ...] = ()
    anchor: str = ""
    detail: str = ""
    detail_hi: str = ""
    weight: int = 0
    last: bool = False
    widens: bool = False

    @property
    def all_names(self) -> Iterator[str]:
        titles = (self.title, self.title_hi)
        yield from (name for name in titles if name and name not in self.codes)
        yield from self.names

    @property
    def url(self) -> str:
        """The address of its page in the language of the moment, if it has one."""
        if not self.href:
            return ""
        name, *args = self.href
        return reverse(name, args=args, fragment=self.anchor or None)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, by which of its names, and how well that fits."""

    entry: Entry
    score: float
    name: str

    @property
    def other_name(self) -> str:
        """The name by which it was found, if that is no part of its titles."""
        titles = f"{self.entry.title} {self.entry.title_hi}".casefold()
        return "" if self.name.casefold() in titles else self.name


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question: the kind with the best find first.

    `corrected` is what was searched instead, where the question had a slip; `also` are
    other names of the thing asked for that found more; `totals` count each kind before
    it was cut to the limit.
    """

    asked: str
    corrected: str = ""
    also: tuple[str, ...] = ()
    hits: list[Hit] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.hits)

    @property
    def groups(self) -> dict[str, list[Hit]]:
        """The hits of each kind."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.entry.kind, []).append(hit)
        return groups
