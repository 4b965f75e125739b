import pytest
from django import forms
from django.contrib.admin.widgets import AdminBigIntegerFieldWidget
from django.core.exceptions import ValidationError

from portal.fields import HundredthsField, RupeesField


class ValueForm(forms.Form):
    value = HundredthsField("value", blank=True, null=True).formfield()
    money = RupeesField("money").formfield()


def test_typed_text_becomes_integers():
    form = ValueForm({"value": "1,234.5", "money": "85 lakh"})

    assert form.is_valid()
    assert form.cleaned_data == {"value": 123450, "money": 85_00_000}


def test_stored_integers_are_prefilled_as_people_write_them():
    form = ValueForm(initial={"value": 123450, "money": 7985_00_00_000})

    assert 'value="1,234.5"' in str(form["value"])
    assert 'value="7,985 crore"' in str(form["money"])


def test_prefilled_money_is_never_rounded():
    form = ValueForm(initial={"money": 1_25_50_001})

    assert 'value="1,25,50,001"' in str(form["money"])


def test_a_mistake_is_given_back_with_a_sentence():
    form = ValueForm({"value": "1 2", "money": "much"})

    assert form.errors["value"] == [
        "“1 2” is not a number. Write it like 12,34,567 or 1234.5."
    ]
    assert "is not an amount of money" in form.errors["money"][0]
    assert 'value="1 2"' in str(form["value"])


@pytest.mark.parametrize("empty", ["", "   "])
def test_nothing_typed_is_nothing_not_zero(empty):
    form = ValueForm({"value": empty, "money": "0"})

    assert form.is_valid()
    assert form.cleaned_data == {"value": None, "money": 0}


def test_a_needed_amount_is_asked_for():
    form = ValueForm({"value": "1", "money": " "})

    assert form.errors["money"] == ["This field is required."]


def test_the_same_number_typed_differently_is_no_change():
    initial = {"value": 123450, "money": 85_00_000}

    same = ValueForm({"value": "1234.50", "money": "8500000"}, initial=initial)
    other = ValueForm({"value": "1234.51", "money": "1 2"}, initial=initial)

    assert not same.has_changed()
    assert other.changed_data == ["value", "money"]


def test_numbers_get_the_decimal_keypad_and_money_one_with_letters():
    form = ValueForm()

    assert 'type="text"' in str(form["value"])
    assert 'inputmode="decimal"' in str(form["value"])
    assert 'type="text"' in str(form["money"])
    assert "inputmode" not in str(form["money"])


@pytest.mark.parametrize(
    "widget", [AdminBigIntegerFieldWidget, AdminBigIntegerFieldWidget()]
)
def test_a_widget_for_digits_only_is_not_taken(widget):
    field = RupeesField("money").formfield(widget=widget)

    assert field.widget.input_type == "text"


def test_another_widget_is_taken():
    field = RupeesField("money").formfield(widget=forms.HiddenInput)

    assert field.widget.input_type == "hidden"


def test_limits_are_kept():
    field = HundredthsField("value").formfield(min_value=0)

    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        field.clean("-1")


@pytest.mark.parametrize("model_field", [HundredthsField, RupeesField])
def test_a_migration_names_the_field_and_nothing_else(model_field):
    _, path, args, kwargs = model_field("value").deconstruct()

    assert path == f"portal.fields.{model_field.__name__}"
    assert args == []
    assert kwargs == {"verbose_name": "value"}
