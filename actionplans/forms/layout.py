"""How our forms are laid out, and the pieces that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet

from portal.naming import local_name


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def laid_out(*rows: Any) -> FormHelper:
    """The fields in their order; tag, token and buttons stand in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.layout = Layout(*rows)
    return helper


def offer(
    form: forms.BaseForm,
    name: str,
    rows: QuerySet[Any] | None = None,
    *,
    called: Callable[[Any], str] = local_name,
) -> forms.ModelChoiceField:
    """The field, offering these rows (or all) under these names."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    if rows is not None:
        field.queryset = rows
    field.label_from_instance = called  # type: ignore[assignment, method-assign]
    return field
