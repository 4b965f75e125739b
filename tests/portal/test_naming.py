"""Which language a text is marked with, told by its script."""

import pytest

from portal.naming import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("Brass artware, 12 units", "en"),
        ("मुरादाबाद", "hi"),
        ("Brass (पीतल)", "hi"),
        ("₹ 85 लाख", "hi"),
        ("বাংলা", "bn"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("ગુજરાતી", "gu"),
        ("ଓଡ଼ିଆ", "or"),
        ("தமிழ்", "ta"),
        ("తెలుగు", "te"),
        ("ಕನ್ನಡ", "kn"),
        ("മലയാളം", "ml"),
        ("漢字", "en"),
    ],
)
def test_the_script_tells_the_language(text, language):
    assert language_of(text) == language
