"""Products, bottlenecks and interventions of a plan, one row at a time."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from actionplans.forms.layout import DayInput, laid_out, offer
from actionplans.models import Bottleneck, Intervention, PlanProduct
from districts.models import Product
from portal.forms import ModelForm, RevisedForm
from portal.naming import local_name


def of_own_product(form: forms.ModelForm) -> None:
    """Offer the products of this plan; none means the whole district."""
    rows = form.instance.plan.products.select_related("product")
    field = offer(form, "plan_product", rows, called=_name_of_product)
    field.empty_label = str(_("The whole district"))


def _name_of_product(row: Any) -> str:
    return local_name(row.product)


class PlanProductForm(ModelForm):
    """A product of the district, to be one of those the plan is about."""

    class Meta:
        model = PlanProduct
        fields = ["product", "order"]
        help_texts = {
            "product": _("One of the products that the district has identified."),
            "order": _("The most important product is number 1."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        if self.instance.pk:
            # Figures hang on its line: another product would be another line.
            chosen = Product.objects.filter(pk=self.instance.product_id)
            offer(self, "product", chosen).disabled = True
        else:
            named = Product.objects.filter(
                places__district=plan.district_id, places__until=None
            )
            offer(self, "product", named.exclude(in_plans__plan=plan))
            last = plan.products.aggregate(last=Max("order"))["last"]
            self.initial["order"] = (last or 0) + 1
        self.helper = laid_out(
            "product", Row(Column("order", css_class="col-sm-3 col-6"))
        )


class BottleneckForm(RevisedForm):
    class Meta:
        model = Bottleneck
        fields = [
            "plan_product",
            "category",
            "severity",
            "text",
            "unblock",
            "unblocker",
        ]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "unblock": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "text": _("One thing, so that somebody can be asked to unblock it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_own_product(self)
        offer(self, "unblocker")
        self.helper = laid_out(
            "plan_product",
            Row(
                Column("category", css_class="col-md-6"),
                Column("severity", css_class="col-md-6"),
            ),
            "text",
            "unblock",
            "unblocker",
            "revision",
        )


class InterventionForm(RevisedForm):
    class Meta:
        model = Intervention
        fields = [
            "plan_product",
            "bottleneck",
            "action",
            "lead",
            "supporting",
            "start_on",
            "due_on",
            "budget",
            "fund_source",
        ]
        widgets = {
            "action": forms.Textarea(attrs={"rows": 2}),
            "supporting": forms.SelectMultiple(attrs={"size": 6}),
            "start_on": DayInput,
            "due_on": DayInput,
        }
        help_texts = {
            "action": _("What will be there in the end that is not there now."),
            "lead": _("The one office that answers for it."),
            "supporting": _("Hold Ctrl to choose several."),
            "budget": _("In rupees, lakh or crore: 85 lakh, 1.2 crore."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_own_product(self)
        offer(self, "bottleneck", self.instance.plan.bottlenecks.all(), called=str)
        for name in ("lead", "supporting", "fund_source"):
            offer(self, name)
        self.helper = laid_out(
            "action",
            "plan_product",
            "bottleneck",
            Row(
                Column("lead", css_class="col-md-6"),
                Column("supporting", css_class="col-md-6"),
                css_class="align-items-start",
            ),
            Row(
                Column("start_on", css_class="col-6 col-md-3"),
                Column("due_on", css_class="col-6 col-md-3"),
            ),
            Row(
                Column("budget", css_class="col-md-4"),
                Column("fund_source", css_class="col-md-8"),
            ),
            "revision",
        )
