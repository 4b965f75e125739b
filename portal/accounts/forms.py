"""Sign-in forms that say more, or other things, than those of the library."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What password managers fill in beside the password.
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].label = _("E-mail address")
        # The link to set it anew stands below, where newcomers find it too.
        self.fields["password"].help_text = ""


def _code_or_recovery_code() -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        help_text=_("The six digits of the app, or one of your recovery codes."),
        widget=forms.TextInput(attrs=DIGITS),
    )


class AuthenticateForm(mfa.AuthenticateForm):
    code = _code_or_recovery_code()


class ReauthenticateForm(mfa.ReauthenticateForm):
    code = _code_or_recovery_code()


class ActivateTOTPForm(totp.ActivateTOTPForm):
    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs=DIGITS))
