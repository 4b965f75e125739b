"""Putting off something that waits: until when, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from actionplans.forms.layout import DayInput, laid_out
from actionplans.models import Snooze
from actionplans.waiting.putting_off import LONGEST_DAYS, PutOff
from portal.periods import ONE_DAY, written


class SnoozeForm(forms.ModelForm):
    """A day from tomorrow to a month ahead, and a reason for oneself."""

    class Meta:
        model = Snooze
        fields = ["until", "reason"]
        widgets = {"until": DayInput}
        error_messages = {
            "until": {"required": lazy("Choose a day.")},
            "reason": {"required": lazy("Say why it can wait.")},
        }

    def __init__(self, *args: Any, put_off: PutOff | None, **kwargs: Any) -> None:
        if put_off:
            kwargs["initial"] = {"until": put_off.until, "reason": put_off.reason}
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.first, self.last = today + ONE_DAY, today + dt.timedelta(LONGEST_DAYS)
        days = {"min": self.first.isoformat(), "max": self.last.isoformat()}
        self.fields["until"].widget.attrs |= days
        self.fields["until"].help_text = _("At the latest %(day)s.") % {
            "day": written(self.last)
        }
        self.helper = laid_out("until", "reason")

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if not self.first <= until <= self.last:
            words = {"first": written(self.first), "last": written(self.last)}
            raise forms.ValidationError(
                _("Give a day from %(first)s to %(last)s.") % words
            )
        return until
