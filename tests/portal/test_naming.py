"""Which language a text is marked with, told by its script."""

import pytest
from django.utils.translation import override

from districts.models import District
from portal.naming import alphabetical, language_of


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


def test_things_are_sorted_by_their_names_in_the_language_of_the_page():
    names = [("Akola", "अकोला"), ("Barhat", "बड़हट"), ("Badgam", "बडगाम"), ("Una", "")]
    things = [District(name=name, name_hi=hindi) for name, hindi in reversed(names)]

    in_english = sorted(things, key=alphabetical)
    with override("hi"):
        in_hindi = sorted(things, key=alphabetical)

    assert [one.name for one in in_english] == ["Akola", "Badgam", "Barhat", "Una"]
    # A letter with a dot beneath stands beside the one without.
    assert [one.name for one in in_hindi] == ["Una", "Akola", "Badgam", "Barhat"]
