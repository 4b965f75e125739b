"""A row of a page on which many people write: as drawn, as sent, what becomes of it.

Nothing must be filled in to be saved; only what cannot be read is refused, and only in
its own row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from actionplans.merging import Outcome, outcome
from actionplans.models import Evidence
from districts.models import District


@dataclass(frozen=True, slots=True)
class Clash:
    """What two people wrote into the same row, and what stood there before."""

    mine: str
    theirs: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field as the page draws it: what stands in it, and how it is typed into."""

    id: str
    name: str
    label: str
    value: str
    error: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    type: str = "text"
    keypad: str = ""
    length: int | None = None
    # Whether the cursor stands in it when the page opens.
    waits: bool = False

    @property
    def look(self) -> str:
        kind = "form-select" if self.choices else "form-control"
        return f"{kind} {kind}-sm"


class RowForm:
    """One row: its fields hold what is stored or, where it was sent, what was typed.

    `was` is the stamp of what the page shows, `takes` what is to be kept of it. The
    subclass says how to read, to draw and to name what stands in the row.
    """

    anchor: str
    called: str
    district: District
    is_filed = False
    # The evidence behind it.
    files: Sequence[Evidence] = ()
    # The field in which the cursor stands when the page opens, if it is one of these.
    starts_in = ""

    def __init__(self, stored: str, data: Mapping[str, str] | None) -> None:
        self.was = stored
        self.errors: dict[str, str] = {}
        self.clash: Clash | None = None
        self.takes: Any = None
        self.is_taken = False
        self.said = self.as_stored()
        if data is not None and f"{self.anchor}-was" in data:
            self._read(data, data[f"{self.anchor}-was"], stored)

    def as_stored(self) -> dict[str, str]:
        """What the fields hold as long as nobody types."""
        raise NotImplementedError

    def bound(self, data: Mapping[str, str]) -> forms.Form:
        raise NotImplementedError

    def values(self, form: Any) -> Any:
        """What would be kept of a form that could be read."""
        raise NotImplementedError

    def stamp(self, values: Any) -> str:
        raise NotImplementedError

    def in_words(self, stamp: str) -> str:
        raise NotImplementedError

    @property
    def is_touched(self) -> bool:
        """Whether something readable was typed that the page did not show."""
        return self.is_taken or self.clash is not None

    @property
    def has_problem(self) -> bool:
        return bool(self.errors) or self.clash is not None

    @property
    def mine(self) -> str:
        """What was typed, for a page that can no longer take it."""
        if self.errors:
            return "; ".join(filter(None, self.said.values()))
        return self.in_words(self.stamp(self.takes))

    def cell(self, name: str, label: Any, **look: Any) -> Cell:
        field = f"{self.anchor}-{name}"
        return Cell(
            id=f"id_{field}",
            name=field,
            label=str(label),
            value=self.said[name],
            error=self.errors.get(name, ""),
            waits=name == self.starts_in,
            **look,
        )

    def _read(self, data: Mapping[str, str], was: str, stored: str) -> None:
        form = self.bound(data)
        is_read = form.is_valid()
        self.was = was
        self.said = {
            name: form.data.get(form.add_prefix(name), "") for name in form.fields
        }
        for name, sentences in form.errors.items():
            self.errors[name] = " ".join(str(one) for one in sentences)
        if is_read:
            self._judge(self.values(form), stored)

    def _judge(self, values: Any, stored: str) -> None:
        mine, before = self.stamp(values), self.was
        found = outcome(before, stored, mine)
        self.takes, self.is_taken = values, found == Outcome.TAKE
        self.was = stored
        if found == Outcome.SAME:
            self.said = self.as_stored()
        elif found == Outcome.CLASH:
            words = map(self.in_words, (mine, stored, before))
            self.clash = Clash(*words)
