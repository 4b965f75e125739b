"""The words to choose from in the workbook, and what they mean in any language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from actionplans.forms.figure import NIL_WORDS, NO, NOT_AVAILABLE_WORDS, YES
from actionplans.models import ActionStatus, WhyNot
from actionplans.progress import FigureState
from portal.spelling import fold

Pairs = Iterable[tuple[str, str | Promise]]
LISTS: dict[str, Pairs] = {
    "figure": [(YES, _("Yes")), (NO, _("No"))],
    "instead": [
        (FigureState.NIL, FigureState.NIL.label),
        (FigureState.NOT_AVAILABLE, FigureState.NOT_AVAILABLE.label),
    ],
    "reason": WhyNot.choices,
    "status": ActionStatus.choices,
}
# What people write besides, folded.
_BESIDES: dict[str, dict[str, str]] = {
    "figure": {"y": YES, "true": YES, "1": YES, "n": NO, "false": NO, "0": NO},
    "instead": {
        **dict.fromkeys(NIL_WORDS, FigureState.NIL),
        **dict.fromkeys(NOT_AVAILABLE_WORDS, FigureState.NOT_AVAILABLE),
    },
}
NOTHING = {"-", "\N{EN DASH}", "\N{EM DASH}"}


def choices(name: str) -> list[str]:
    """What a list offers, in the page's language."""
    return [str(label) for _code, label in LISTS[name]]


def label(name: str, code: str) -> str:
    return str(dict(LISTS[name]).get(code, ""))


def code(name: str, text: str) -> str | None:
    """What a chosen word stands for; None if the list has no such word."""
    return _codes(name).get(fold(text))


@cache
def _codes(name: str) -> dict[str, str]:
    found = {fold(word): code for word, code in _BESIDES.get(name, {}).items()}
    for language, _name in settings.LANGUAGES:
        with override(language):
            pairs = [(fold(str(word)), str(code)) for code, word in LISTS[name]]
        found |= dict(pairs)
    return {**found, **{fold(str(code)): str(code) for code, _word in LISTS[name]}}
