"""Who changed which register, from what to what, and why.

A register is a model and a row its primary key, so that a row keeps its history when
it is renamed. Rows are unsaved until `record` writes them, inside the transaction of
the change itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from portal.models import Change, DataVersion

if TYPE_CHECKING:
    from portal.accounts.models import User


def register_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def as_text(value: Any) -> str:
    """A value as it stands in the history; several are parted by "|"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return "|".join(sorted(map(as_text, value)))
    return str(value)


def change(
    thing: models.Model, field: str, before: Any, after: Any, *, reason: str
) -> Change:
    """One field of one row, to be given to `record`."""
    return Change(
        register=register_of(type(thing)),
        row=str(thing.pk),
        field=field,
        before=as_text(before),
        after=as_text(after),
        reason=reason,
    )


def record(changes: Iterable[Change], *, by: User | None = None) -> None:
    """Write the changes and let every page know; without changes, do nothing."""
    rows = list(changes)
    for row in rows:
        row.changed_by = by
    if rows:
        Change.objects.bulk_create(rows)
        DataVersion.rise()


def changed_by_people(model: type[models.Model]) -> set[tuple[str, str]]:
    """The rows and fields of the register that somebody, not a command, changed."""
    changes = Change.objects.filter(register=register_of(model))
    by_people = changes.exclude(changed_by=None)
    return set(by_people.order_by().values_list("row", "field").distinct())
