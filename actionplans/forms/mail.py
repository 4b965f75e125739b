"""How often an official gets reminders by mail, and in which language."""

from __future__ import annotations

from typing import Any

from django import forms

from actionplans.forms.layout import laid_out
from portal.accounts.models import User
from portal.forms import ModelForm


class MailForm(ModelForm):
    class Meta:
        model = User
        fields = ["mail_rhythm", "mail_language"]
        widgets = dict.fromkeys(fields, forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("mail_rhythm", "mail_language")
