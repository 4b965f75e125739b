"""What every register has: rows that passed a form, and keys that tell things apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django import forms
from django.db import models
from django.forms.models import construct_instance

from districts.models import District, State

if TYPE_CHECKING:
    from districts.register.book import Book
    from districts.register.files import Place, Read


class RowForm(forms.BaseForm):
    """The cells of a row. The columns of the file are its fields."""

    def __init__(self, *, book: Book) -> None:
        self.book = book
        super().__init__({})

    def over(self, cells: dict[str, str]) -> Self:
        """The same form over the cells of a row: copying its fields is slow."""
        form = copy(self)
        form.__dict__.update(data=cells, _errors=None, _bound_fields_cache={})
        return form


class FactForm(RowForm, forms.ModelForm):
    """A row, and the thing it speaks of as `instance`.

    `facts` are the columns of the model that the row decides; `parent` is the field, if
    any, that names another row of the same register; `many` are the links of the thing.
    """

    field_order = ["state", "district", "product"]
    # Columns of the model that the form fills besides its fields.
    besides: ClassVar[tuple[str, ...]] = ()
    parent: ClassVar[str] = ""
    many: ClassVar[tuple[str, ...]] = ()

    def over(self, cells: dict[str, str]) -> Self:
        form = super().over(cells)
        form.instance = type(self.instance)()
        return form

    def _post_clean(self) -> None:
        """Fill the instance. Rows are compared later, all at once, not one by one."""
        construct_instance(self, self.instance, self._meta.fields)
        if not self.errors:
            self.complete()

    def complete(self) -> None:
        """Fill what the row implies."""

    @property
    def facts(self) -> list[str]:
        return [*(self._meta.fields or []), *self.besides]


class InStateForm(FactForm):
    state = forms.CharField()

    def clean_state(self) -> State:
        return self.book.state(self.cleaned_data["state"])


class InDistrictForm(InStateForm):
    district = forms.CharField()

    def clean_district(self) -> District | None:
        state = self.cleaned_data.get("state")
        return state and self.book.district(state, self.cleaned_data["district"])


@dataclass(frozen=True, slots=True)
class Row:
    """What a line says of a thing: some columns, whose part it is, its links."""

    place: Place
    thing: Any
    facts: list[str]
    parent: str = ""
    many: dict[str, list[models.Model]] = field(default_factory=dict)

    @classmethod
    def of(cls, read: Read[Any]) -> Row:
        form = read.form
        cleaned = form.cleaned_data
        return cls(
            read.place,
            form.instance,
            form.facts,
            cleaned[form.parent] if form.parent else "",
            {name: cleaned[name] for name in form.many},
        )


class Register:
    """A model, the files that fill it, and what makes a row and a thing the same.

    `keys` are asked in turn: the first that a thing in the database bears finds it.
    `parent` is the field that leads to another thing of the same register, named in
    files by its key.
    """

    model: ClassVar[type[models.Model]]
    files: ClassVar[dict[str, type[FactForm]]] = {}
    parent: ClassVar[str] = ""

    def rows(self, book: Book) -> list[Row]:
        return [
            Row.of(read)
            for file, form_class in self.files.items()
            for read in book.rows(file, form_class)
        ]

    def things(self) -> models.QuerySet[Any]:
        """Those in the database that the files speak of."""
        return self.model._default_manager.all()

    def keys(self, thing: Any) -> Iterator[Hashable]:
        raise NotImplementedError

    def alone(self, thing: Any) -> Iterator[Hashable]:
        """What no two rows may share."""
        yield from self.keys(thing)

    def prepare(self, pairs: list[tuple[Row, Any]]) -> None:
        """Let go of what is unique and may go to another thing in this load."""
