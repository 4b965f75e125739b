"""What is asked of whoever corrects a step of a plan, or a text that is sealed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplans.corrections import says_day, says_order
from actionplans.errata import wrongly_put
from actionplans.forms.layout import DayInput, laid_out
from actionplans.models import Erratum, PlanEvent
from portal.forms import ModelForm


class EventForm(forms.Form):
    """The day and the order number as they should have been recorded."""

    effective_on = forms.DateField(label=_("It holds from"), widget=DayInput)
    order_number = forms.CharField(
        label=_("Number of the order"), max_length=60, required=False
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        help_text=_("The office that confirms reads this; it stays on record."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is corrected.")},
    )

    def __init__(self, *args: Any, event: PlanEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial = {
            "effective_on": event.effective_on,
            "order_number": event.order_number,
        }
        if not says_day(event):
            del self.fields["effective_on"]
        if not says_order(event):
            del self.fields["order_number"]
        else:
            self.fields["order_number"].required = bool(event.order_number)
        self.helper = laid_out(*self.fields)

    def said(self) -> dict[str, Any]:
        """What `corrections.ask` takes; what is not asked stays as it was."""
        said = self.cleaned_data
        return {
            "on": said.get("effective_on", self.event.effective_on),
            "order_number": said.get("order_number", self.event.order_number).strip(),
            "reason": said["reason"].strip(),
        }


class ErratumForm(ModelForm):
    """Words of the sealed plan, the right ones, and why."""

    class Meta:
        model = Erratum
        fields: ClassVar = ["section", "wrong", "right", "reason"]
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("wrong", "right", "reason")
        }
        help_texts: ClassVar = {
            "wrong": _("Copy the words from the section, as few as make sense."),
            "right": _("Numbers stay as they are: another one needs an amendment."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(*self.fields)

    def clean(self) -> dict[str, Any]:
        """The wrong words, too, have to be those that are sealed."""
        cleaned = super().clean() or {}
        if {"section", "wrong"} <= cleaned.keys():
            self.instance.section = cleaned["section"]
            self.instance.wrong = cleaned["wrong"]
            if why := wrongly_put(self.instance):
                self.add_error("wrong", why)
        return cleaned
