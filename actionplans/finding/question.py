"""What the search page is asked, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actionplans.atlas import Atlas
from actionplans.stages import Stage
from districts.models import Naming, Sector
from districts.search import Kind
from portal.naming import local_name
from portal.search import LONGEST

YES = "yes"
MAKERS = "makers"
BY_STATE = "state"


class Exported(TextChoices):
    """The export status of a product of a district, where "" would be no choice."""

    EXPORTED = "exported", _("Exported already")
    POTENTIAL = "potential", _("Could be exported")
    UNKNOWN = "unknown", _("Not recorded")


# By the name in the address: what narrows, and how it is called on the page.
LABELS = {
    "stage": _("Furthest stage"),
    "state": _("State"),
    "sector": _("Sector"),
    "scheme": _("Scheme"),
    "gi": _("Geographical indication"),
    "export": _("Export status"),
}
SHOWS = {
    MAKERS: _("Districts that name it"),
    **{kind.value: kind.label for kind in Kind},
}
Labels = dict[str, dict[str, Any]]


def labels(atlas: Atlas) -> Labels:
    """Every value that each facet knows, with its label, in the order of the page."""
    states = {place.state.slug: place.state for place in atlas.places}
    return {
        "stage": {stage.slug: stage.label for stage in reversed(Stage)},
        "state": {slug: local_name(state) for slug, state in states.items()},
        "sector": dict(Sector.choices),
        # Officers and traders know them by their letters.
        "scheme": {scheme.value: scheme.value for scheme in Naming.Scheme},
        "gi": {YES: _("Registered")},
        "export": dict(Exported.choices),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The words and what narrows the answer.

    `chosen` has the value of each facet; what the address gives a facet that it does
    not know is `unknown` and narrows nothing. Of `show`, "" is everything.
    """

    words: str
    exactly: bool
    chosen: dict[str, str]
    unknown: list[tuple[str, str]]
    show: str
    by_state: bool

    @classmethod
    def read(cls, query: QueryDict, known: Labels) -> Question:
        given = {name: query.get(name, "") for name in known}
        show = query.get("show", "")
        odd = [(n, value) for n, value in given.items() if value not in {"", *known[n]}]
        if show not in {"", *SHOWS}:
            odd.append(("show", show))
        return cls(
            words=" ".join(query.get("q", "")[:LONGEST].split()),
            exactly=query.get("exactly") == YES,
            chosen={n: value for n, value in given.items() if value in known[n]},
            unknown=[(str(LABELS.get(n, _("Show"))), value) for n, value in odd],
            show=show if show in SHOWS else "",
            by_state=query.get("order") == BY_STATE,
        )

    @property
    def address(self) -> dict[str, str]:
        """All that is asked, under the names of the address."""
        return {
            "q": self.words,
            "exactly": YES if self.exactly else "",
            **self.chosen,
            "show": self.show,
            "order": BY_STATE if self.by_state else "",
        }

    def href(self, **changes: str) -> str:
        """The same question but for these; an empty one is left out."""
        asked = {**self.address, **changes}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def as_typed(self) -> str:
        return self.href(exactly=YES)

    @property
    def forgiving(self) -> str:
        return self.href(exactly="")

    @property
    def not_narrowed(self) -> str:
        return self.href(**dict.fromkeys(self.chosen, ""))

    @property
    def of_every_kind(self) -> str:
        return self.href(show="")

    @property
    def state_by_state(self) -> str:
        return self.href(order=BY_STATE)

    @property
    def furthest_first(self) -> str:
        return self.href(order="")

    @property
    def shown(self) -> Any:
        """How the only kind of results is called that is shown."""
        return SHOWS.get(self.show, "")
