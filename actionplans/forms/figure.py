"""A figure as it is typed: for a report, and when a filed one is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.models import Reading, ReadingEntry, WhyNot
from actionplans.progress import FigureState, Kind
from portal.fields import HundredthsFormField

DONE, NOT_DONE = 1_00, 0
YES, NO = "yes", "no"
WHY_NOT = [("", gettext_lazy("choose a reason")), *WhyNot.choices]
# What people write where they have no number; compared in small letters.
NIL_WORDS = {"nil", "शून्य"}
NOT_AVAILABLE_WORDS = {"na", "n/a", "n.a.", "not available", "उपलब्ध नहीं", "अनुपलब्ध"}


class FigureForm(forms.Form):
    """A figure or the lack of one, as the kind of its target asks for it."""

    value = HundredthsFormField(label=gettext_lazy("Figure"), required=False)
    numerator = HundredthsFormField(label=gettext_lazy("Part"), required=False)
    denominator = HundredthsFormField(label=gettext_lazy("Whole"), required=False)
    answer = forms.ChoiceField(
        label=gettext_lazy("Is it done?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        widget=forms.RadioSelect,
        required=False,
    )
    nil = forms.BooleanField(label=gettext_lazy("Nil"), required=False)
    not_available = forms.BooleanField(
        label=gettext_lazy("Not available"), required=False
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("If not available, why"), choices=WHY_NOT, required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in {"value", "numerator", "denominator", "answer"} - {*self.asked}:
            del self.fields[name]
        if kind == Kind.DONE:
            del self.fields["nil"]
        for name in {*self.asked} - {"answer"}:
            self.fields[name].widget.attrs["class"] = "cell"
        if self.is_bound:
            self.data = self._with_words_ticked()

    @property
    def asked(self) -> list[str]:
        """The fields that hold the figure itself."""
        if self.kind == Kind.RATE:
            return ["numerator", "denominator"]
        return ["answer" if self.kind == Kind.DONE else "value"]

    def clean_denominator(self) -> int | None:
        whole: int | None = self.cleaned_data["denominator"]
        if whole is not None and whole <= 0:
            raise forms.ValidationError(
                _("The whole must be above zero. Tick Nil if there was nothing.")
            )
        return whole

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = [name for name in self.asked if cleaned.get(name) not in (None, "")]
        ticked = [name for name in ("nil", "not_available") if cleaned.get(name)]
        if ticked and (typed or len(ticked) > 1):
            self.add_error(
                self.asked[0],
                _("Give the figure, or tick one of the boxes: not both."),
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """What is kept of the row, by the fields of an entry."""
        said = self.cleaned_data
        value = said.get("value")
        if answer := said.get("answer"):
            value = DONE if answer == YES else NOT_DONE
        figure = {
            "value": value,
            "numerator": said.get("numerator"),
            "denominator": said.get("denominator"),
        }
        return {
            **figure,
            "state": self._state(figure),
            "reason": said["reason"] if said["not_available"] else "",
            "source": said["source"],
            "note": said.get("note", ""),
        }

    def _with_words_ticked(self) -> Any:
        """Who writes nil where a number goes means the box."""
        for name in self.asked:
            key = self.add_prefix(name)
            word = str(self.data.get(key, "")).strip().lower()
            box = _box_of(word)
            if box in self.fields:
                ticked = {key: "", self.add_prefix(box): "on"}
                return {**{one: self.data.get(one) for one in self.data}, **ticked}
        return self.data

    def _state(self, figure: Mapping[str, int | None]) -> str:
        if self.cleaned_data.get("nil"):
            return FigureState.NIL
        if self.cleaned_data["not_available"]:
            return FigureState.NOT_AVAILABLE
        asked = ["value"] if self.kind != Kind.RATE else self.asked
        whole = all(figure[name] is not None for name in asked)
        return FigureState.VALUE if whole else ""


def _box_of(word: str) -> str:
    if word in NIL_WORDS:
        return "nil"
    return "not_available" if word in NOT_AVAILABLE_WORDS else ""


def initial_figure(kind: str, stored: ReadingEntry | Reading) -> dict[str, Any]:
    """A figure as it stands in the fields of its form."""
    done = kind == Kind.DONE and stored.state == FigureState.VALUE
    return {
        "value": stored.value,
        "numerator": stored.numerator,
        "denominator": stored.denominator,
        "answer": (YES if stored.value else NO) if done else "",
        "nil": stored.state == FigureState.NIL,
        "not_available": stored.state == FigureState.NOT_AVAILABLE,
        "reason": stored.reason,
        "source": stored.source,
        "note": stored.note,
    }
