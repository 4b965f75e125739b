"""The base of our model forms: constraints speak, and nobody overwrites anybody."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _


class ModelForm(forms.ModelForm):
    """A model form that checks every constraint of its model.

    Django skips constraints on fields that the form leaves out, such as a plan's
    status; breaking one would then be a server error instead of a message.
    """

    def validate_unique(self) -> None:
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)


class RevisedForm(ModelForm):
    """A form over a row with a `revision`, which two people may edit at once.

    The page carries the revision it was drawn from. If the row has moved on, the form
    says so, keeps what was typed, lists what is stored now in `theirs`, and lets the
    second save win only when it is sent again from there. Save inside a transaction.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: list[tuple[str, str]] = []
        self.fields["revision"].initial = self.instance.revision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stored = self._stored()
        if stored is None or cleaned.get("revision") in (None, stored.revision):
            return cleaned
        self.theirs = self._differences(stored)
        # What was typed goes back with the new revision: sent again, it wins.
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("revision")] = str(stored.revision)
        self.data = data
        self.add_error(
            None,
            _(
                "Somebody else saved this meanwhile. What you typed is kept below;"
                " compare it with what is stored now, and save again."
            ),
        )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.revision += 1
        return super().save(commit)

    def _stored(self) -> Any:
        """The row as the database has it now, locked where the database can."""
        if self.instance.pk is None:
            return None
        # By the key, because the model's own order may join other tables.
        rows = type(self.instance)._default_manager.select_for_update().order_by("pk")
        return rows.filter(pk=self.instance.pk).first()

    def _differences(self, stored: models.Model) -> list[tuple[str, str]]:
        """Label and stored text of each field that somebody else left otherwise."""
        found = []
        for name, field in self.fields.items():
            if name == "revision" or not hasattr(stored, name):
                continue
            bound = self[name]
            theirs = field.prepare_value(_plain(stored, name))
            if _as_typed(theirs) != _as_typed(bound.value()):
                found.append((str(bound.label), _shown(stored, name, theirs)))
        return found


def _as_typed(value: Any) -> set[str]:
    """What a browser would send, in any order."""
    several = value if isinstance(value, list | tuple) else [value]
    return {str(one) for one in several if one not in (None, "")}


def _plain(row: models.Model, name: str) -> Any:
    return forms.models.model_to_dict(row, [name]).get(name)


def _shown(row: models.Model, name: str, prepared: Any) -> str:
    """What is stored, in the words in which the form would show it."""
    field = row._meta.get_field(name)
    if display := getattr(row, f"get_{name}_display", None):
        prepared = display()
    elif field.many_to_many:
        prepared = ", ".join(str(one) for one in getattr(row, name).all())
    elif field.is_relation:
        prepared = getattr(row, name)
    return "\N{EN DASH}" if prepared in (None, "") else str(prepared)
