"""The quarterly report as a form: a row for each target and each intervention.

Nothing must be filled in to save; only what cannot be read is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.asked import ActionRow, Course, FigureRow
from actionplans.forms.figure import FigureForm, initial_figure
from actionplans.forms.layout import DayInput
from actionplans.models import ActionStatus, Report
from actionplans.sheet import Sheet
from portal.fields import RupeesFormField
from portal.forms import RevisedForm
from portal.naming import local_name
from portal.periods import written

Row = FigureRow | ActionRow


class LinesForm(RevisedForm):
    """The three lines of text, and the revision of the whole report."""

    class Meta:
        model = Report
        fields = ["done", "next_steps", "help_needed"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}


class ChangeForm(forms.Form):
    """What changed in an intervention; as it stands, nothing did."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=ActionStatus.choices, required=False
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Per cent done"), min_value=0, max_value=100, required=False
    )
    released = RupeesFormField(
        label=gettext_lazy("Released so far"), min_value=0, required=False
    )
    spent = RupeesFormField(
        label=gettext_lazy("Spent so far"), min_value=0, required=False
    )
    due_on = forms.DateField(
        label=gettext_lazy("New due date"), widget=DayInput, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it moved"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            look = "form-select" if name == "status" else "form-control"
            field.widget.attrs["class"] = f"{look}-sm"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("due_on") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the due date moved."))
        return cleaned

    def values(self, now: Course) -> dict[str, Any] | None:
        """What is kept as changed, or None if all is as it was."""
        said = self.cleaned_data
        course = {
            "status": said["status"] or now.status,
            "percent": now.percent if said["percent"] is None else said["percent"],
            "released": said["released"],
            "spent": said["spent"],
        }
        moved = said["due_on"] if said["due_on"] != now.due_on else None
        if not moved and all(getattr(now, name) == course[name] for name in course):
            return None
        return {**course, "due_on": moved, "reason": said["reason"] if moved else ""}


class SheetForm:
    """The whole report: its lines, and a small form beside each row of the sheet."""

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        self.sheet = sheet
        self.lines = LinesForm(data, instance=sheet.report)
        self.figures = [(row, _figure_form(row, data)) for row in sheet.figures]
        self.changes = [(row, _change_form(row, data)) for row in sheet.actions]

    def is_valid(self) -> bool:
        """Every part is asked, so that each says at once what it cannot read."""
        parts = [form.is_valid() for _row, form in self._rows()]
        return self.lines.is_valid() and all(parts)

    @property
    def is_stale(self) -> bool:
        """Whether somebody else saved since the page was drawn."""
        return self.lines.is_bound and bool(self.lines.non_field_errors())

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """What is stored now, wherever something else was typed."""
        rows = [(_called(row, field), _stored(field)) for row, field in self._touched()]
        return [*self.lines.theirs, *rows]

    @property
    def errors(self) -> list[tuple[Row, str]]:
        """Each sentence with the row in which it stands."""
        return [
            (row, str(sentence))
            for row, form in self._rows()
            for sentences in form.errors.values()
            for sentence in sentences
        ]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, for a page that can no longer take it."""
        rows = [
            (str(field.label), _in_words(field, field.value()))
            for field in self.lines.visible_fields()
        ]
        rows += [
            (_called(row, field), _in_words(field, field.value()))
            for row, field in self._touched()
        ]
        return [(label, text) for label, text in rows if text]

    def touched_figures(self) -> dict[UUID, dict[str, Any]]:
        return {
            row.target.line_id: form.values()
            for row, form in self.figures
            if form.has_changed()
        }

    def touched_changes(self) -> dict[UUID, dict[str, Any] | None]:
        return {
            row.intervention.line_id: form.values(row.now)
            for row, form in self.changes
            if form.has_changed()
        }

    def _rows(self) -> Iterator[tuple[Row, forms.Form]]:
        yield from self.figures
        yield from self.changes

    def _touched(self) -> Iterator[tuple[Row, forms.BoundField]]:
        for row, form in self._rows():
            for name in form.changed_data:
                yield row, form[name]


def _figure_form(row: FigureRow, data: Any) -> FigureForm:
    initial: dict[str, Any] = {"source": row.source}
    if row.entry:
        initial = initial_figure(row.target.kind, row.entry)
        initial["source"] = row.entry.source or row.source
    kind = row.target.kind
    form = FigureForm(data, kind=kind, initial=initial, prefix=row.anchor)
    if row.issue and data is None:
        form.ask(f"{row.anchor}-asks")
    return form


def _change_form(row: ActionRow, data: Any) -> ChangeForm:
    source = row.entry or row.now
    names = ["status", "percent", "released", "spent"]
    initial = {name: getattr(source, name) for name in names}
    if row.entry:
        initial |= {"due_on": row.entry.due_on, "reason": row.entry.reason}
    return ChangeForm(data, initial=initial, prefix=row.anchor)


def _called(row: Row, field: forms.BoundField) -> str:
    """What a field of a row is called where the rows stand together."""
    if isinstance(row, FigureRow):
        return f"{local_name(row.target.indicator)}: {field.label}"
    return f"{row.intervention.action}: {field.label}"


def _stored(field: forms.BoundField) -> str:
    return _in_words(field, field.initial) or _("nothing")


def _in_words(field: forms.BoundField, value: Any) -> str:
    choices = dict(getattr(field.field, "choices", []))
    if value in choices:
        return str(choices[value]) if value else ""
    if isinstance(field.field, forms.BooleanField):
        return _("ticked") if value else ""
    if isinstance(value, dt.date):
        return written(value)
    return str(field.field.prepare_value(value) if value is not None else "")
