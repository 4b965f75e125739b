"""What others stated: the value in readable digits, its unit, period and source."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import ExportFigure
from portal.naming import language_of
from portal.numbers import grouped
from portal.views import read_sources

register = template.Library()

RUPEES = "INR crore"
UNITS = {
    RUPEES: gettext_lazy("₹ %(amount)s crore"),
    "USD million": gettext_lazy("USD %(amount)s million"),
}
# The row of the sources that stands for all that are named with a figure only.
NAMED_WITH_FIGURE = "EXPORT_FIGURES"
ADDRESS = re.compile(r"https?://\S+")
DIGITS = re.compile(r"(?P<whole>[0-9]+)(?P<rest>(\.[0-9]+)?)")


@register.filter
def as_stated(figure: ExportFigure) -> str:
    """Its own digits, grouped as its money is, with the unit in words."""
    digits = DIGITS.fullmatch(figure.value)
    if figure.unit not in UNITS or not digits:
        return f"{figure.value} {figure.unit}"
    whole = int(digits["whole"])
    head = grouped(whole) if figure.unit == RUPEES else f"{whole:,}"
    return str(UNITS[figure.unit]) % {"amount": head + digits["rest"]}


@register.simple_tag
def stated_period(figure: ExportFigure) -> str | SafeString:
    """A financial year, perhaps with the months in English, which stay as stated."""
    if not figure.financial_year:
        return _("period not stated")
    return format_html('<span lang="en" class="nw">{}</span>', figure.financial_year)


@register.simple_tag
def stated_source(code: str) -> SafeString:
    """Its title or, of one that is named with its figures only, its code."""
    titles = {row["code"]: row["title"] for row in read_sources()}
    anchor = code if code in titles else NAMED_WITH_FIGURE
    address = f"{reverse('sources')}#{anchor}"
    text = titles.get(code, code)
    return format_html('<a href="{}" lang="en">{}</a>', address, text)


@register.simple_tag
def cited(text: str) -> SafeString:
    """A source in words; an address in it becomes a link that shows its site."""
    found = ADDRESS.search(text)
    if not found:
        return format_html('<span lang="{}">{}</span>', language_of(text), text)
    words = text[: found.start()].rstrip(" ;,")
    return format_html(
        '<span lang="{}">{}</span> <a href="{}" rel="external noopener">{}</a> {}',
        *(language_of(words), words, found[0]),
        *(urlsplit(found[0]).hostname or found[0], _("(external site)")),
    )
