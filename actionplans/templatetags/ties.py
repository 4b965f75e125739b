"""What the tables of a plan show beside its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from actionplans.models import Indicator, Intervention, Milestone, Plan
from actionplans.ties import Ties
from portal.numbers import hundredths
from portal.periods import written
from portal.templatetags.portal import name

register = template.Library()

LINKS = (
    '<a href="{}">{}<span class="visually-hidden">: {}</span></a>'
    ' <a class="ms-2 py-1 d-inline-block" href="{}" hx-boost="false">{}'
    '<span class="visually-hidden">: {}</span></a>'
)
MOVES = (
    ' <span class="moves"><button type="submit" class="btn btn-link" form="move"'
    ' name="up" value="{key}" id="up-{key}"{top}><span aria-hidden="true">↑</span>'
    '<span class="visually-hidden">{up}</span></button>'
    '<button type="submit" class="btn btn-link" form="move" name="down"'
    ' value="{key}" id="down-{key}"{end}><span aria-hidden="true">↓</span>'
    '<span class="visually-hidden">{down}</span></button></span>'
)
AT_THE_END = mark_safe(' aria-disabled="true"')


@register.simple_tag
def ties(plan: Plan) -> Ties:
    return Ties(plan)


@register.filter
def marks(milestones: Iterable[Milestone]) -> str:
    """What should be reached by when, one after the other."""
    sentence = gettext("%(value)s by %(day)s")
    return " · ".join(
        sentence % {"value": hundredths(mark.value), "day": written(mark.due_on)}
        for mark in milestones
    )


@register.filter
def names(things: Iterable[Any]) -> SafeString:
    """Several names, each in the page's language as far as there is one."""
    return format_html_join(", ", "{}", ((name(thing),) for thing in things))


@register.simple_tag
def actions_here(
    actions: Sequence[Intervention] | None, against: bool = False, page: str = ""
) -> SafeString:
    """The interventions tied to a bottleneck or a target, as links to their rows.

    `page` is the address where those stand; empty for this one. Every row of a table
    has it, and an include for each would take as long as the rest of the row.
    """
    rows = ((page, row.pk, row.action) for row in actions or ())
    links = format_html_join(" · ", '<a href="{}#intervention-{}">{}</a>', rows)
    none = format_html('<span class="muted">{}</span>', gettext("no intervention yet"))
    head = _so_many(len(actions), against) if actions else none
    return format_html('<small class="d-block fw-normal">{} {}</small>', head, links)


def _so_many(count: int, against: bool) -> str:
    if against:
        words = ngettext(
            "%(count)s intervention against it:",
            "%(count)s interventions against it:",
            count,
        )
    else:
        words = ngettext(
            "%(count)s intervention for it:", "%(count)s interventions for it:", count
        )
    return words % {"count": count}


@register.simple_tag
def row_links(plan: Plan, part: str, rows: Sequence[Any]) -> dict[int, SafeString]:
    """Edit, remove and reorder each row of a group in a draft, by its key.

    The form of the buttons stands in section.html. Made for the whole group at once,
    because an include for each of seventy rows is what a long plan would wait for.
    """
    addresses = [
        reverse(f"desk:part-{way}", args=[plan.pk, part, 0]).rsplit("/0/", 1)
        for way in ("edit", "remove")
    ]
    words = [gettext("Edit"), gettext("Remove")]
    moves = [gettext("Move up: %(row)s"), gettext("Move down: %(row)s")]
    found = {}
    for row in rows:
        edit, remove = (f"{head}/{row.pk}/{tail}" for head, tail in addresses)
        said = str(row)
        links = format_html(LINKS, edit, words[0], said, remove, words[1], said)
        if len(rows) > 1:
            up, down = (move % {"row": said} for move in moves)
            top = AT_THE_END if row is rows[0] else ""
            end = AT_THE_END if row is rows[-1] else ""
            key = str(row.pk)
            links += format_html(MOVES, key=key, up=up, down=down, top=top, end=end)
        found[row.pk] = links
    return found


@register.simple_tag
def section_page(plan: Plan, number: int, edit: bool) -> str:
    """Where the rows of the section stand: in the editor it has its own page."""
    return reverse("desk:plan-section", args=[plan.pk, number]) if edit else ""


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What was found for the row with this key; nothing if there is none."""
    return found.get(key)


@register.simple_tag
def usual_source(indicator: Indicator) -> str | SafeString:
    """Where its figures usually come from, in the page's language."""
    if get_language() != "hi":
        return indicator.usual_source
    english = format_html('<span lang="en">{}</span>', indicator.usual_source)
    return indicator.usual_source_hi or english
