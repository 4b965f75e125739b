"""What is said of a bottleneck on its way up: asked, answered, or what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.deadlines import DAYS_TO_ANSWER
from actionplans.forms.layout import DayInput, laid_out
from actionplans.models import Escalation
from portal.terms import Rung

LONGEST_WAIT = dt.timedelta(days=365)
LONGEST = Escalation._meta.get_field("text").max_length


class MoveForm(forms.Form):
    """One text. `seen` is the number of the last move when the page was drawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["seen"].initial = number
        self.helper = laid_out(*self.fields)

    def refresh(self) -> None:
        """Sent again, it is about what stands there now."""
        now = {self.add_prefix("seen"): str(self.number)}
        self.data = dict(self.data.items()) | now


class AskForm(MoveForm):
    """Whom one asks for what, and by when."""

    rung = forms.TypedChoiceField(
        label=gettext_lazy("Whom you ask"), choices=Rung, coerce=lambda n: Rung(int(n))
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=DayInput,
        help_text=gettext_lazy(
            "Silent beyond this day, the office may be passed over."
        ),
    )

    field_order = ["seen", "rung", "text", "answer_by"]

    def __init__(self, *args: Any, rungs: Sequence[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rung = self.fields["rung"]
        assert isinstance(rung, forms.ChoiceField)
        rung.choices = [(one.value, one.label) for one in rungs]
        self.fields["answer_by"].initial = timezone.localdate() + DAYS_TO_ANSWER
        text = self.fields["text"]
        text.label = _("What you ask for")
        text.help_text = _("What should be done, and what was tried already.")

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Give a day that lies ahead."))
        if day > timezone.localdate() + LONGEST_WAIT:
            raise forms.ValidationError(_("Give a day within a year."))
        return day


class AnswerForm(MoveForm):
    """What the office that was asked will do, or why it cannot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label = _("Your answer")
        text.help_text = _(
            "What your office will do and by when, or why it is beyond it."
        )


class SettleForm(MoveForm):
    """What came of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label = _("What came of it")
        text.help_text = _("Closed, it waits for nobody; it can be put anew later.")
