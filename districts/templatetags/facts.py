"""A fact of export potential with its year, day and source.

A table has hundreds of them, so they are drawn here, not by templates.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from districts.models import PotentialFact
from portal.numbers import hundredths, rupees
from portal.periods import financial_year_label, written

register = template.Library()
HALF_A_RUPEE = 50


@register.simple_tag
def facts(rows: Iterable[PotentialFact], named: str = "") -> SafeString:
    """These facts, one under the other; `named` whether each says what it is of."""
    return format_html_join("", "{}", ([_fact(row, bool(named))] for row in rows))


def _fact(row: PotentialFact, is_named: bool) -> SafeString:
    kind = format_html("{}: ", row.get_kind_display()) if is_named else ""
    year = f"{financial_year_label(row.year)}, " if row.year else ""
    as_on = _("as on %(day)s") % {"day": written(row.as_on)}
    return format_html(
        '<span class="d-block">{}{} <small class="muted">{}{}, '
        '<span lang="en">{}</span></small></span>',
        *(kind, _value(row), year, as_on, row.source),
    )


def _value(row: PotentialFact) -> str | SafeString:
    if row.amount is None:
        return format_html('<span lang="en">{}</span>', row.text)
    if row.kind == PotentialFact.Kind.EXPORTS:
        return rupees((row.amount + HALF_A_RUPEE) // 100)
    if not row.unit:
        return hundredths(row.amount)
    return format_html('{} <span lang="en">{}</span>', hundredths(row.amount), row.unit)
