"""Tags and filters of every template: names, numbers, days, drawings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from portal import marking, numbers, parking
from portal.entries import Entry
from portal.naming import language_of
from portal.navigation import Link, links
from portal.periods import Quarter, financial_year_label, written

register = template.Library()

WEEK = 7
# A shape for each verdict, in the tone of its freshness colours.
SHAPES = {
    "achieved": ("p-achieved", "fresh"),
    "achieved-now-below": ("p-achieved", "ageing"),
    "achieved-late": ("p-achieved", "ageing"),
    "not-met": ("p-off", "stale"),
    "not-due-yet": ("p-due", "never"),
    "no-data": ("p-none", "never"),
    "no-recent-figure": ("p-none", "ageing"),
    "on-track": ("p-on", "fresh"),
    "at-risk": ("p-risk", "ageing"),
    "off-track": ("p-off", "stale"),
    # Of an intervention.
    "not_started": ("p-due", "never"),
    "in_progress": ("p-on", "fresh"),
    "on_hold": ("p-risk", "ageing"),
    "completed": ("p-done", "fresh"),
    "dropped": ("p-none", "never"),
    "overdue": ("p-off", "stale"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A glyph of the sprite and its tone."""

    ref: str
    tone: str


register.filter("grouped", numbers.grouped)
register.filter("hundredths", numbers.hundredths)
register.filter("rupees", numbers.rupees)
register.filter("financial_year", financial_year_label)
register.filter("language_of", language_of)
register.filter("marked", marking.marked)


@register.filter
def rupees_of_hundredths(value: int) -> str:
    """Money that is kept in hundredths of a rupee among other facts."""
    return numbers.rupees((value + 50) // 100)


@register.filter
def stage_ref(stage: int) -> str:
    return f"t{int(stage)}"


@register.filter
def quarter(code: int) -> str:
    return str(Quarter.from_code(code))


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """21 Nov 2026, in Hindi 21 नवंबर 2026."""
    if value is None:
        return ""
    return written(_date(value))


@register.filter
def ago(value: dt.date | dt.datetime | None) -> str:
    """How long a day is past, in whole days."""
    if value is None:
        return ""
    days = (timezone.localdate() - _date(value)).days
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


@register.filter
def unbroken(text: object) -> SafeString:
    """A day or a year within a sentence, that no line ends in its middle."""
    return format_html('<span class="nw">{}</span>', text)


def _date(value: dt.date | dt.datetime) -> dt.date:
    """The day on which a moment falls in India."""
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value


@register.filter
def shape(verdict: str) -> Shape:
    return Shape(*SHAPES[str(verdict)])


@register.filter
def due_shape(on: dt.date) -> Shape:
    days = (on - timezone.localdate()).days
    if days < 0:
        return Shape("p-off", "stale")
    return Shape("p-risk", "ageing") if days <= WEEK else Shape("p-due", "never")


@register.filter
def time_left(on: dt.date) -> str:
    days = (on - timezone.localdate()).days
    if days == 0:
        return gettext("today")
    if days < 0:
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", -days)
        return words % {"days": -days}
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


@register.simple_tag
def name(thing: Any) -> str | SafeString:
    """The name in the page's language; English in a Hindi page says that it is."""
    if get_language() != "hi":
        return str(thing.name)
    if thing.name_hi:
        return str(thing.name_hi)
    return format_html('<span lang="en">{}</span>', thing.name)


@register.simple_tag
def other_name(thing: Any) -> str | SafeString:
    """The name in the other language, marked as such; nothing if it has none."""
    if get_language() == "hi":
        return format_html('<span lang="en">{}</span>', thing.name)
    if not thing.name_hi:
        return ""
    return format_html('<span lang="hi">{}</span>', thing.name_hi)


@register.simple_tag
def title(entry: Entry) -> str | SafeString:
    """What a find is called, in the page's language."""
    if get_language() != "hi":
        return entry.title
    return entry.title_hi or format_html('<span lang="en">{}</span>', entry.title)


@register.simple_tag
def detail(entry: Entry) -> str | SafeString:
    """What tells a find from others of its name, in the page's language."""
    if get_language() != "hi":
        return entry.detail
    return entry.detail_hi or format_html('<span lang="en">{}</span>', entry.detail)


@register.simple_tag
def navigation(path: str) -> list[Link]:
    return list(links(path))


@register.simple_tag
def unit(indicator: Any) -> str:
    """The unit of an indicator in the page's language."""
    hindi = indicator.unit_hi if get_language() == "hi" else ""
    return str(hindi or indicator.unit)


@register.simple_tag(takes_context=True)
def form_id(context: RequestContext, path: str = "") -> SafeString:
    """The signed id under which a desk form is parked if the session is lost."""
    request = context["request"]
    signed = parking.form_id(request.user.pk, path or request.path)
    return format_html(
        '<input type="hidden" name="{}" value="{}">', parking.FIELD, signed
    )
