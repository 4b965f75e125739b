"""What the tables of a plan show beside its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from actionplans.models import Indicator, Plan
from actionplans.ties import Ties

register = template.Library()


@register.simple_tag
def ties(plan: Plan) -> Ties:
    return Ties(plan)


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
