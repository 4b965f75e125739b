"""A product of the catalogue that a district identifies for export."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import DayInput, laid_out, offer
from districts.models import DistrictProduct, Product
from portal.forms import ModelForm


class DistrictProductForm(ModelForm):
    class Meta:
        model = DistrictProduct
        fields = ["product", "since", "exported", "potential", "potential_reason"]
        widgets = {"since": DayInput}
        help_texts = {
            "product": gettext_lazy(
                "From the catalogue of the whole land. Headquarters adds what it lacks."
            ),
            "since": gettext_lazy("The day on which the district named it."),
            "potential_reason": gettext_lazy("Needed with a rating."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self.instance.district.products.values("product")
        offer(self, "product", Product.objects.exclude(pk__in=named))
        self.initial["since"] = timezone.localdate()
        self.helper = laid_out(
            "product",
            Row(
                Column("since", css_class="col-sm-4"),
                Column("exported", css_class="col-sm-4"),
                Column("potential", css_class="col-sm-4"),
            ),
            "potential_reason",
        )

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        return day
