"""What changed in an intervention this quarter, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.asked import Course
from actionplans.forms.layout import DayInput
from actionplans.models import ActionStatus
from portal.fields import RupeesFormField


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
