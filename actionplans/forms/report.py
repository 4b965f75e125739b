"""The quarterly report as it is typed: a row for each target, intervention and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from actionplans.asked import ActionRow, FigureRow
from actionplans.forms.change import ChangeForm
from actionplans.forms.figure import WHY_NOT, FigureForm, initial_figure
from actionplans.forms.line import LINES, LineRowForm
from actionplans.forms.row import Cell, RowForm
from actionplans.merging import (
    change_in_words,
    change_stamp,
    figure_in_words,
    figure_stamp,
)
from actionplans.models import ActionStatus
from actionplans.progress import Kind
from actionplans.reporting import Typed
from actionplans.sheet import Sheet, lines_of
from portal.naming import local_name
from portal.numbers import exact_rupees, hundredths

Form = TypeVar("Form", bound=RowForm)
Data = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a row is, in a word; `key` names its shape."""

    word: str
    key: str


class FigureRowForm(RowForm):
    """A target, and its figure in the quarter."""

    def __init__(self, row: FigureRow, data: Data = None) -> None:
        self.row = row
        self.anchor = row.anchor
        self.kind = row.target.kind
        self.called = _name_of(row)
        super().__init__(figure_stamp(row.entry), data)

    @property
    def is_done(self) -> bool:
        """Whether it asks for yes or no."""
        return self.kind == Kind.DONE

    @property
    def asked(self) -> list[str]:
        """The names of the fields that hold the figure itself."""
        by_kind = {Kind.RATE: ["numerator", "denominator"], Kind.DONE: ["answer"]}
        return by_kind.get(Kind(self.kind), ["value"])

    @property
    def empty(self) -> list[str]:
        """Those of them that somebody would fill in now."""
        if self.is_filed or self.said["nil"] or self.said["not_available"]:
            return []
        return [name for name in self.asked if not self.said[name]]

    @property
    def cells(self) -> list[Cell]:
        """Where the figure itself is typed."""
        if self.kind == Kind.RATE:
            part = self.cell("numerator", _("Part"), keypad="decimal")
            return [part, self.cell("denominator", _("Whole"), keypad="decimal")]
        return [self.cell("value", _("Figure"), keypad="decimal")]

    @property
    def answers(self) -> Cell:
        choices = (("yes", _("Yes")), ("no", _("No")))
        return self.cell("answer", _("Is it done?"), choices=choices)

    @property
    def source(self) -> Cell:
        return self.cell("source", _("Source"), length=200)

    @property
    def note(self) -> Cell:
        return self.cell("note", _("Note"), length=300)

    @property
    def reason(self) -> Cell:
        return self.cell("reason", _("If not available, why"), choices=tuple(WHY_NOT))

    @property
    def details(self) -> list[Cell]:
        return [self.source, self.note, self.reason]

    @cached_property
    def issue(self) -> str:
        return self.row.issue

    @property
    def asks(self) -> str:
        """The question about what is stored, as long as nothing else is wrong."""
        return "" if self.has_problem else self.issue

    @property
    def says_more(self) -> bool:
        """Whether something stands below the figure, or must."""
        said = self.said
        below = (said["note"], said["reason"], said["not_available"])
        return bool(self.has_problem or self.issue or any(below))

    @property
    def says_at(self) -> str:
        """The id of what is said about the figure, if anything is."""
        return f"{self.anchor}-says" if self.says_more else ""

    @property
    def stand(self) -> Stand:
        if self.has_problem:
            return Stand(_("Not saved"), "off-track")
        if self.is_filed:
            return self._stand_filed()
        if self.issue:
            return Stand(_("To check"), "at-risk")
        if self.row.is_given:
            verdict = self.row.outlook.verdict
            return Stand(str(verdict.label), verdict)
        return Stand(_("No data") if self.row.figure else _("To enter"), "no-data")

    def _stand_filed(self) -> Stand:
        verdict = self.row.result.verdict
        if self.row.filed is None:
            return Stand(_("No data"), "no-data")
        return Stand(str(verdict.label), verdict)

    def as_stored(self) -> dict[str, str]:
        entry = self.row.entry
        if entry is None or not self.was:
            empty = dict.fromkeys(FigureForm.base_fields, "")
            return {**empty, "source": self.row.source}
        initial = initial_figure(self.kind, entry)
        return {name: _as_typed(value) for name, value in initial.items()}

    def bound(self, data: Mapping[str, str]) -> FigureForm:
        return FigureForm(data, kind=self.kind, prefix=self.anchor)

    def values(self, form: FigureForm) -> dict[str, Any]:
        return form.values()

    def stamp(self, values: dict[str, Any]) -> str:
        return figure_stamp(values)

    def in_words(self, stamp: str) -> str:
        return figure_in_words(self.kind, stamp)


class ChangeRowForm(RowForm):
    """An intervention, and what changed in it."""

    def __init__(self, row: ActionRow, data: Data = None) -> None:
        self.row = row
        self.anchor = row.anchor
        self.called = row.intervention.action
        super().__init__(change_stamp(row.entry), data)

    @property
    def cells(self) -> list[Cell]:
        labels = {name: field.label for name, field in ChangeForm.base_fields.items()}
        looks: dict[str, dict[str, Any]] = {
            "status": {"choices": tuple(ActionStatus.choices)},
            "percent": {"keypad": "numeric"},
            "due_on": {"type": "date"},
            "reason": {"length": 200},
        }
        return [
            self.cell(name, label, **looks.get(name, {}))
            for name, label in labels.items()
        ]

    def as_stored(self) -> dict[str, str]:
        source = self.row.entry or self.row.now
        entry = self.row.entry
        day = entry.due_on if entry else None
        return {
            "status": source.status,
            "percent": str(source.percent),
            "released": _money(source.released),
            "spent": _money(source.spent),
            "due_on": day.isoformat() if day else "",
            "reason": entry.reason if entry else "",
        }

    def bound(self, data: Mapping[str, str]) -> ChangeForm:
        return ChangeForm(data, prefix=self.anchor)

    def values(self, form: ChangeForm) -> dict[str, Any] | None:
        return form.values(self.row.now)

    def stamp(self, values: dict[str, Any] | None) -> str:
        return change_stamp(values)

    def in_words(self, stamp: str) -> str:
        return change_in_words(stamp)


class SheetForm:
    """A sheet as its page shows it; rows that were not sent stand as stored."""

    def __init__(self, sheet: Sheet, data: Data = None) -> None:
        self.sheet = sheet
        self.data = data
        self.figures = [self._placed(FigureRowForm(row, data)) for row in sheet.figures]
        self.changes = [self._placed(ChangeRowForm(row, data)) for row in sheet.actions]

    @cached_property
    def lines(self) -> list[LineRowForm]:
        """Made only where somebody looks: grids have none."""
        lines = zip(LINES, lines_of(self.sheet.report), strict=True)
        return [
            self._placed(LineRowForm(name, label, text, self.data))
            for name, (label, text) in lines
        ]

    def _placed(self, form: Form) -> Form:
        form.district = self.sheet.district
        form.is_filed = self.sheet.report.is_filed
        return form

    @property
    def rows(self) -> Iterator[RowForm]:
        yield from self.figures
        yield from self.changes
        yield from self.lines

    def put_in(self, problems: Mapping[str, RowForm]) -> None:
        """Rows that could not be kept stand as they were sent."""
        self.figures = [_instead(form, problems) for form in self.figures]
        self.changes = [_instead(form, problems) for form in self.changes]
        self.lines = [_instead(form, problems) for form in self.lines]

    @property
    def touched(self) -> list[RowForm]:
        return [row for row in self.rows if row.is_touched]

    @property
    def taken(self) -> list[RowForm]:
        return [row for row in self.rows if row.is_taken]

    def typed(self) -> Typed:
        """What is to be kept; the lines are written into the report at once."""
        for line in self.lines:
            if line.is_taken:
                setattr(self.sheet.report, line.anchor, line.takes)
        figures = [form for form in self.figures if form.is_taken]
        changes = [form for form in self.changes if form.is_taken]
        return Typed(
            self.sheet,
            {form.row.target.line_id: form.takes for form in figures},
            {form.row.intervention.line_id: form.takes for form in changes},
        )


def _instead(form: Form, problems: Mapping[str, RowForm]) -> Form:
    found = problems.get(form.anchor, form)
    assert isinstance(found, type(form))
    return found


def _name_of(row: FigureRow) -> str:
    product = row.target.plan_product
    name = local_name(row.target.indicator)
    return f"{name}, {local_name(product.product)}" if product else name


def _as_typed(value: Any) -> str:
    """What a field holds: a number in its digits, a tick as a browser sends it."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, int):
        return hundredths(value)
    return str(value or "")


def _money(amount: int | None) -> str:
    return "" if amount is None else exact_rupees(amount)
