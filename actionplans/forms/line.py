"""The three lines of text of a quarterly report, each a row of its own."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

from actionplans.forms.row import Cell, RowForm

LINES = ["done", "next_steps", "help_needed"]


class LineForm(forms.Form):
    text = forms.CharField(required=False)


class LineRowForm(RowForm):
    """One of the three lines of text; its stamp is the text itself."""

    def __init__(
        self, name: str, label: str, text: str, data: Mapping[str, str] | None = None
    ) -> None:
        self.anchor = name
        self.called = label
        super().__init__(_plain(text), data)

    def as_stored(self) -> dict[str, str]:
        return {"text": self.was}

    def bound(self, data: Mapping[str, str]) -> LineForm:
        return LineForm(data, prefix=self.anchor)

    def values(self, form: LineForm) -> str:
        return _plain(form.cleaned_data["text"])

    def stamp(self, values: str) -> str:
        return values

    def in_words(self, stamp: str) -> str:
        return stamp or _("nothing")

    @property
    def text(self) -> Cell:
        return self.cell("text", self.called)

    def _read(self, data: Mapping[str, str], was: str, stored: str) -> None:
        super()._read(data, _plain(was), stored)


def _plain(text: str) -> str:
    """Browsers send their own line ends."""
    return text.replace("\r\n", "\n").strip()
