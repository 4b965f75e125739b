"""A quarterly report being prepared: what it asks for, and what is still to be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Field
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplans.asked import ActionRow, FigureRow
from actionplans.models import Indicator, Plan, Report
from districts.models import District
from portal.naming import local_name
from portal.periods import Quarter


@dataclass(frozen=True, slots=True)
class Issue:
    """What must be said before the report can be filed, and where on its page."""

    sentence: str
    anchor: str
    indicator: Indicator | None = None

    def __str__(self) -> str:
        if not self.indicator:
            return self.sentence
        return f"{local_name(self.indicator)}: {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A quarterly report being prepared: all that its page shows."""

    district: District
    quarter: Quarter
    report: Report
    plan: Plan | None
    figures: list[FigureRow]
    actions: list[ActionRow]

    @property
    def given(self) -> list[FigureRow]:
        return [row for row in self.figures if row.is_given]

    @property
    def missing(self) -> list[FigureRow]:
        return [row for row in self.figures if not row.figure]

    @property
    def doubtful(self) -> list[FigureRow]:
        """Those about which something is still to be said."""
        return [row for row in self.figures if row.issue]

    @property
    def is_late(self) -> bool:
        """Whether it would be filed late today."""
        return timezone.localdate() > self.quarter.due_on

    @property
    def changes(self) -> list[ActionRow]:
        return [row for row in self.actions if row.entry]

    @property
    def lines(self) -> list[tuple[str, str]]:
        return lines_of(self.report)

    @property
    def issues(self) -> list[Issue]:
        return list(self._issues())

    def _issues(self) -> Iterator[Issue]:
        for row in self.doubtful:
            yield Issue(row.issue, row.anchor, row.target.indicator)
        is_empty = len(self.missing) == len(self.figures) and not self.changes
        if issue := lack(self.report, has_plan=bool(self.plan), is_empty=is_empty):
            yield issue


def lack(report: Report, *, has_plan: bool, is_empty: bool) -> Issue | None:
    """What the report lacks as a whole; `is_empty` without a figure and a change."""
    if any(text for _label, text in lines_of(report)):
        return None
    if not has_plan:
        sentence = _(
            "Write at least one of the three lines: without a plan in force"
            " they are the report."
        )
        return Issue(sentence, "lines")
    if is_empty:
        sentence = _("Give at least a figure, a change of an intervention or a line.")
        return Issue(sentence, "lines")
    return None


def lines_of(report: Report) -> list[tuple[str, str]]:
    """The three lines of text, each with its label."""
    fields = map(Report._meta.get_field, ["done", "next_steps", "help_needed"])
    return [
        (str(capfirst(field.verbose_name)), getattr(report, field.name))
        for field in fields
        if isinstance(field, Field)
    ]
