"""The correction of a figure that was filed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.figure import FigureForm, initial_figure
from actionplans.forms.layout import laid_out
from actionplans.models import Reading
from actionplans.progress import FigureState

CORRECTED = ["state", "value", "numerator", "denominator", "reason", "source"]


class CorrectionForm(FigureForm):
    """The figure as it should have been, and why it was not."""

    because = forms.CharField(
        label=gettext_lazy("Why the figure is corrected"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, reading: Reading, kind: str, **kwargs: Any) -> None:
        self.reading = reading
        initial = initial_figure(kind, reading)
        super().__init__(*args, kind=kind, initial=initial, **kwargs)
        # What was noted with the first figure stays there; this one has its reason.
        del self.fields["note"]
        boxes = [name for name in ("nil", "not_available") if name in self.fields]
        self.helper = laid_out(*self.asked, *boxes, "reason", "source", "because")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("because"):
            self.add_error("because", _("Say why the figure is corrected."))
        if self.errors:
            return cleaned
        values = self.values()
        if not values["state"]:
            self.add_error(
                self.asked[0],
                _("Give the figure as it should be, or tick one of the boxes."),
            )
        elif values["state"] == FigureState.NOT_AVAILABLE and not values["reason"]:
            self.add_error("reason", _("Say why the figure is not available."))
        elif all(getattr(self.reading, name) == values[name] for name in CORRECTED):
            self.add_error(
                self.asked[0], _("This is what stands there already: change it.")
            )
        return cleaned
