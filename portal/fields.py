"""Fields for measured values and money: integers inside, Indian digits outside."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import numbers


class ExactNumberField(forms.IntegerField):
    """An integer that people read and type in another form than its digits."""

    widget = forms.TextInput

    def parse(self, text: str) -> int:
        raise NotImplementedError

    def write(self, value: int) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """An integer is a stored value; text was typed and goes back as it came."""
        return self.write(value) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off"}


class HundredthsFormField(ExactNumberField):
    """Takes 1,234.5 and gives 123450."""

    def parse(self, text: str) -> int:
        return numbers.parse_hundredths(text)

    def write(self, value: int) -> str:
        return numbers.hundredths(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal"}


class RupeesFormField(ExactNumberField):
    """Takes 85 lakh and gives 8500000.

    It asks for no decimal keypad, because that has no letters for lakh and crore.
    """

    def parse(self, text: str) -> int:
        return numbers.parse_rupees(text)

    def write(self, value: int) -> str:
        return numbers.exact_rupees(value)


class HundredthsField(models.BigIntegerField):
    """A measured value, kept in hundredths of its indicator's unit."""

    description = _("Number with at most two decimals")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**_typed_as(HundredthsFormField, kwargs))


class RupeesField(models.BigIntegerField):
    """Money, kept in whole rupees."""

    description = _("Amount of money in whole rupees")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**_typed_as(RupeesFormField, kwargs))


def _typed_as(form_class: type[forms.Field], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments with our form field, and without a widget that takes only digits.

    Django's admin brings such a widget for every big integer; browsers show it empty
    when its value has commas.
    """
    widget = kwargs.get("widget")
    if widget and issubclass(
        widget if isinstance(widget, type) else type(widget), forms.NumberInput
    ):
        kwargs = {name: kwargs[name] for name in kwargs if name != "widget"}
    return {"form_class": form_class, **kwargs}
