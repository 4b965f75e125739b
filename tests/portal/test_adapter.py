"""Nobody signs up, and the database alone tells no second-factor secret."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from portal.accounts.adapter import AccountAdapter, MFAAdapter


def test_nobody_signs_up(rf):
    assert not AccountAdapter().is_open_for_signup(rf.get("/accounts/signup/"))


def test_a_secret_is_unreadable_where_it_is_kept():
    kept = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in kept
    assert MFAAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_an_older_key_still_decrypts(settings):
    kept = MFAAdapter().encrypt("secret")
    settings.SECOND_FACTOR_KEYS = [
        Fernet.generate_key().decode(),
        *settings.SECOND_FACTOR_KEYS,
    ]

    assert MFAAdapter().decrypt(kept) == "secret"


def test_a_foreign_key_decrypts_nothing(settings):
    kept = MFAAdapter().encrypt("secret")
    settings.SECOND_FACTOR_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        MFAAdapter().decrypt(kept)
