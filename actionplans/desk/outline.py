"""A draft at a glance: its eleven sections and what each still lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplans.gate import Gap, gaps
from actionplans.models import Plan, SectionCode


class State(models.TextChoices):
    COMPLETE = "complete", _("complete")
    LACKING = "lacking", _("something missing")
    EMPTY = "empty", _("empty")


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the outline."""

    code: SectionCode
    state: State


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a draft, and everything that keeps it from being submitted."""

    entries: list[Entry]
    gaps: list[Gap]

    @classmethod
    def of(cls, whole: Plan) -> Outline:
        """No query if the plan was fetched `whole`."""
        found = gaps(whole)
        lacking = Counter(gap.section for gap in found)
        begun = {s.code for s in whole.sections.all() if s.body or s.not_applicable}
        begun |= _with_parts(whole)
        return cls(
            [Entry(c, _state(lacking[c], c in begun)) for c in SectionCode], found
        )

    @property
    def complete(self) -> int:
        return sum(entry.state == State.COMPLETE for entry in self.entries)

    @property
    def total(self) -> int:
        return len(self.entries)


def _with_parts(whole: Plan) -> set[int]:
    parts = {
        SectionCode.PRODUCTS: whole.products,
        SectionCode.BOTTLENECKS: whole.bottlenecks,
        SectionCode.INTERVENTIONS: whole.interventions,
        SectionCode.TARGETS: whole.targets,
    }
    return {code for code, rows in parts.items() if rows.all()}


def _state(lacking: int, is_begun: bool) -> State:
    if not lacking:
        return State.COMPLETE
    return State.LACKING if is_begun else State.EMPTY
