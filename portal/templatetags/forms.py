"""Tags of the templates that draw forms."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """What one types into or chooses from; its label and hint stand above it.

    A placeholder would say the label again and vanish while one types.
    """
    widget = field.field.widget
    classes = [widget.attrs.get("class"), _look(widget), field.errors and "bad"]
    attrs: dict[str, Any] = {
        "class": " ".join(filter(None, classes)) or False,
        "placeholder": False,
    }
    return field.as_widget(attrs=attrs)


def _look(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return ""
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether it is several boxes under one legend."""
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def in_groups(field: BoundField) -> list[tuple[str | None, list[BoundWidget]]]:
    """The boxes under the names of their groups; None for those in none."""
    widget = field.field.widget
    value = widget.format_value(field.value())
    groups = widget.optgroups(field.html_name, value)
    boxes = iter(field.subwidgets)
    return [(name, [next(boxes) for _ in rows]) for name, rows, _index in groups]


@register.filter
def options(field: BoundField) -> list[tuple[str, Any]]:
    """What one chooses from, looked up once; nothing if one types into it."""
    choices = getattr(field.field, "choices", ())
    return [(str(value), label) for value, label in choices]


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether to say that it may stay empty.

    Not of a box to tick, not in a form that asks for nothing, and not of what may be
    left for later (`asked_later` of the form) but will be asked for.
    """
    if field.field.required or isinstance(field.field.widget, forms.CheckboxInput):
        return False
    if field.name in getattr(field.form, "asked_later", ()):
        return False
    asked = (other.field.required for other in field.form.visible_fields())
    return any(asked) and not field.field.disabled


@register.filter
def faulty(form: forms.BaseForm) -> list[BoundField]:
    """The fields in sight that have to be put right."""
    return [field for field in form.visible_fields() if field.errors]


@register.filter
def first_id(field: BoundField) -> str:
    """The id of what to type into first, for a link."""
    return f"{field.auto_id}_0" if is_group(field) else field.id_for_label
