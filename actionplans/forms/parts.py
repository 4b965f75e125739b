"""Products, bottlenecks and interventions of a plan, one row at a time."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import Max
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from actionplans.forms.layout import DayInput, laid_out, offer
from actionplans.models import Bottleneck, Intervention, PlanProduct, Target
from districts.models import Product
from portal.forms import ModelForm, RevisedForm
from portal.naming import local_name
from portal.numbers import hundredths
from portal.periods import written


def of_own_product(form: forms.ModelForm) -> None:
    """Offer the products of this plan; none means the whole district."""
    rows = form.instance.plan.products.select_related("product")
    field = offer(form, "plan_product", rows, called=_name_of_product)
    field.empty_label = str(_("The whole district"))


def ask_why_moved(form: forms.ModelForm) -> dt.date | None:
    """When it was due in the version that this plan amends; only then it can move."""
    row = form.instance
    before: dt.date | None = None
    if row.pk and row.plan.amends_id:
        same = type(row).objects.filter(plan=row.plan.amends_id, line=row.line_id)
        before = same.order_by().values_list("due_on", flat=True).first()
    if before is None:
        del form.fields["due_moved"]
    else:
        form.fields["due_moved"].help_text = gettext(
            "In the version before, it is due on %(day)s. If it no longer is, say why:"
            " the reason is published with the new date."
        ) % {"day": written(before)}
    return before


def not_moved(before: dt.date | None, cleaned: dict[str, Any]) -> bool:
    """Whether a reason would explain nothing, as the date was put back."""
    return before is not None and cleaned.get("due_on") == before


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
    asked_later = ("lead", "due_on", "due_moved")

    class Meta:
        model = Intervention
        fields = [
            "plan_product",
            "bottleneck",
            "targets",
            "action",
            "lead",
            "supporting",
            "start_on",
            "due_on",
            "due_moved",
            "budget",
            "fund_source",
        ]
        widgets = {
            "action": forms.Textarea(attrs={"rows": 2}),
            "supporting": forms.SelectMultiple(attrs={"size": 6}),
            "targets": forms.CheckboxSelectMultiple,
            "start_on": DayInput,
            "due_on": DayInput,
        }
        help_texts = {
            "action": _("What will be there in the end that is not there now."),
            "bottleneck": _("What it will remove or ease."),
            "targets": _("What one will see it by, as far as it can be counted."),
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
        self.due_before = ask_why_moved(self)
        self._offer_targets()
        self.helper = laid_out(*self._rows())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not_moved(self.due_before, cleaned):
            cleaned["due_moved"] = ""
        return cleaned

    def _offer_targets(self) -> None:
        """The targets of this plan under their products, once there are some."""
        rows = self.instance.plan.targets.select_related(
            "indicator", "plan_product__product"
        )
        field = offer(self, "targets", rows)
        groups = groupby(rows, key=lambda row: row.plan_product)
        field.choices = [
            (_about(product), [(row.pk, _promise(row)) for row in own])
            for product, own in groups
        ]
        if not field.choices:
            del self.fields["targets"]

    def _rows(self) -> list[Any]:
        rows: list[Any] = [
            "action",
            "plan_product",
            "bottleneck",
            *(["targets"] if "targets" in self.fields else []),
            Row(
                Column("lead", css_class="col-md-6"),
                Column("supporting", css_class="col-md-6"),
                css_class="align-items-start",
            ),
            Row(
                Column("start_on", css_class="col-6 col-md-3"),
                Column("due_on", css_class="col-6 col-md-3"),
            ),
            *(["due_moved"] if "due_moved" in self.fields else []),
            Row(
                Column("budget", css_class="col-md-4"),
                Column("fund_source", css_class="col-md-8"),
            ),
            "revision",
        ]
        return rows


def _about(product: PlanProduct | None) -> str:
    return local_name(product.product) if product else str(_("The whole district"))


def _promise(target: Target) -> str:
    """What tells a target from others: its indicator, its goal and its day."""
    return gettext("%(indicator)s: %(goal)s by %(day)s") % {
        "indicator": indicator_label(target.indicator),
        "goal": hundredths(target.goal),
        "day": written(target.due_on),
    }


def indicator_label(row: Any) -> str:
    """The name with its unit, in the reader's language as far as there is one."""
    if get_language() == "hi" and row.name_hi:
        return f"{row.name_hi} ({row.unit_hi or row.unit})"
    return str(row)
