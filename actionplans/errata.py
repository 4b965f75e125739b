"""What a sealed plan should say in place of some words; its text is never touched."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from actionplans.columns import PARTS
from actionplans.models import Erratum, SectionCode
from actionplans.versions import sealed_contents
from portal.terms import Confirmation


def wrongly_put(erratum: Erratum) -> str:
    """Why this erratum cannot stand beside the sealed plan; nothing if it can."""
    texts = _texts(sealed_contents(erratum.plan), SectionCode(erratum.section))
    if not any(_plain(erratum.wrong) in _plain(text) for text in texts):
        return _("The section does not say this: copy the words from the plan.")
    others = erratum.plan.errata.exclude(status=Confirmation.REFUSED)
    if others.filter(section=erratum.section, wrong=erratum.wrong).exists():
        return _("There is an erratum to these words already.")
    return ""


def _texts(contents: dict[str, Any], code: SectionCode) -> Iterator[str]:
    """The prose of a section and of its rows: no choices, days or amounts."""
    for section in contents["sections"]:
        if section["code"] == code:
            yield from (section["body"], section["not_applicable"])
    for part, its in PARTS.items():
        if its.section != code:
            continue
        written = [c.key for c in its.columns if _is_written(c.field)]
        for row in contents[part]:
            yield from (str(row.get(key, "")) for key in written)


def _is_written(field: models.Field[Any, Any]) -> bool:
    return not field.choices and isinstance(field, models.CharField | models.TextField)


def _plain(text: str) -> str:
    """As it is sealed, wherever a browser breaks its lines."""
    return " ".join(unicodedata.normalize("NFC", text).split())
