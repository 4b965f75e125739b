"""What a thing with a name in two languages is called; which language a text has."""

import unicodedata
from typing import Any

from django.utils.translation import get_language

# Unicode gives each of these scripts a block of the same size, one after the other.
_FIRST_LETTER, _BLOCK = 0x0900, 0x80
_NUKTA = "\N{DEVANAGARI SIGN NUKTA}"
_LANGUAGES = ["hi", "bn", "pa", "gu", "or", "ta", "te", "kn", "ml"]


def local_name(thing: Any) -> str:
    """The name in the page's language, as far as there is one."""
    hindi = thing.name_hi if get_language() == "hi" else ""
    return str(hindi or thing.name)


def alphabetical(thing: Any) -> str:
    """By this things are sorted in the page's language.

    A letter of Devanagari with a dot beneath stands beside the one without.
    """
    return unicodedata.normalize("NFD", local_name(thing)).replace(_NUKTA, "")


def language_of(text: str) -> str:
    """The language that a text's first letter of an Indian script tells; else English.

    Hindi for Devanagari, though Marathi and others are written in it too.
    """
    for letter in text:
        if _FIRST_LETTER <= ord(letter) < _FIRST_LETTER + _BLOCK * len(_LANGUAGES):
            return _LANGUAGES[(ord(letter) - _FIRST_LETTER) // _BLOCK]
    return "en"
