"""How sign-in differs here: nobody signs up, second-factor secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.second_factor import signed_in_lately


def display_name(user: AbstractBaseUser) -> str:
    """What mails and pages of sign-in call a user."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "No account has this address and this password. Mind capital letters, or"
            " set the password anew."
        ),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _(
            "Too many attempts went wrong. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Headquarters makes every account."""
        return False

    def is_reauthentication_required(self, **kwargs: Any) -> bool:
        """Not of who signed in, with all that it takes, a moment ago."""
        return not signed_in_lately(self.request)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser
    ) -> list[dict[str, Any]]:
        """Whoever has a second factor proves themselves by it, not by less."""
        methods = super().get_reauthentication_methods(user)
        stronger = [m for m in methods if m["id"] != "reauthenticate"]
        return stronger or methods


class MFAAdapter(DefaultMFAAdapter):
    """Keeps secrets unreadable to whoever gets hold of the database alone."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code does not hold. Wait for the next one and type it at once."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SECOND_FACTOR_KEYS])
