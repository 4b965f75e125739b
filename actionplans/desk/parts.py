"""The kinds of rows in a plan: products, bottlenecks, interventions and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.forms import BaseForm, ModelForm
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplans.copies import KINDS
from actionplans.forms.parts import BottleneckForm, InterventionForm, PlanProductForm
from actionplans.forms.target import TargetForm
from actionplans.models import (
    Bottleneck,
    Intervention,
    Line,
    Plan,
    PlanProduct,
    SectionCode,
    Target,
)
from portal.periods import ONE_DAY


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row in a plan: where it stands and how it is written.

    `first` is the field at which somebody begins who adds a row under its product.
    """

    slug: str
    model: Any
    form: type[ModelForm]
    section: SectionCode
    first: str
    add: Promise
    edit: Promise
    remove: Promise
    save: Promise

    def get(self, plan: Plan, pk: int) -> Any:
        return get_object_or_404(self.model, plan=plan, pk=pk)

    def anchor(self, row: Any) -> str:
        """The id of the row in its section."""
        return f"{self.slug[:-1]}-{row.pk}"

    def added(self, form: ModelForm, line: Line) -> Any:
        """The new row, saved on its line, the last of those about its product."""
        row = form.instance
        line.district, line.kind = row.plan.district, KINDS[self.model]
        line.save(force_insert=True)
        row.line = line
        if "order" not in form.fields:
            row.order = self.next_order(row)
        return form.save()

    def move(self, row: Any, by: int) -> bool:
        """Whether there was a place to move to; the others are numbered anew."""
        rows = list(self.model.objects.filter(plan=row.plan_id))
        if self.model is not PlanProduct:
            rows = [one for one in rows if one.plan_product_id == row.plan_product_id]
        at = rows.index(row)
        if not 0 <= at + by < len(rows):
            return False
        rows.insert(at + by, rows.pop(at))
        for order, one in enumerate(rows, start=1):
            one.order = order
        self.model.objects.bulk_update(rows, ["order"])
        return True

    def next_order(self, row: Any) -> int:
        """The place after those about the same product."""
        alike = self.model.objects.filter(
            plan=row.plan, plan_product=row.plan_product_id
        )
        last: int | None = alike.aggregate(last=Max("order"))["last"]
        return (last or 0) + 1


PARTS = {
    part.slug: part
    for part in [
        Part(
            "products",
            PlanProduct,
            PlanProductForm,
            SectionCode.PRODUCTS,
            "product",
            _("Add a product"),
            _("Change the order of a product"),
            _("Remove a product"),
            _("Save this product"),
        ),
        Part(
            "bottlenecks",
            Bottleneck,
            BottleneckForm,
            SectionCode.BOTTLENECKS,
            "category",
            _("Add a bottleneck"),
            _("Edit a bottleneck"),
            _("Remove a bottleneck"),
            _("Save this bottleneck"),
        ),
        Part(
            "interventions",
            Intervention,
            InterventionForm,
            SectionCode.INTERVENTIONS,
            "action",
            _("Add an intervention"),
            _("Edit an intervention"),
            _("Remove an intervention"),
            _("Save this intervention"),
        ),
        Part(
            "targets",
            Target,
            TargetForm,
            SectionCode.TARGETS,
            "indicator",
            _("Add a target"),
            _("Edit a target"),
            _("Remove a target"),
            _("Save this target"),
        ),
    ]
}


@dataclass(frozen=True, slots=True)
class Pane:
    """The form of one row, open beneath the rows about the same product.

    `group` is the product's key, 0 for the whole district. A new row brings the `line`
    it will stand on, so that sent twice it is one row.
    """

    part: Part
    form: BaseForm
    path: str
    group: int
    line: Line | None = None

    def __post_init__(self) -> None:
        """The cursor waits at what is wrong, or else at the first field."""
        wrong = [name for name in self.form.fields if name in self.form.errors]
        first = next(iter(wrong), self.part.first)
        self.form.fields[first].widget.attrs["autofocus"] = True

    @property
    def title(self) -> Promise:
        return self.part.add if self.line else self.part.edit


def suggested(whole: Plan, part: Part) -> dict[str, Any]:
    """What a new row most likely says; no query if the plan was fetched `whole`."""
    if part.slug == "products":
        return {}
    rows = list(getattr(whole, part.slug).all())
    last = max(rows, key=lambda row: row.pk, default=None)
    if part.slug == "bottlenecks":
        return {"unblocker": last and last.unblocker_id}
    if part.slug == "interventions":
        return {"lead": last and last.lead_id, "due_on": whole.last_day}
    return {
        "owner": last and last.owner_id,
        "baseline_on": whole.first_day - ONE_DAY,
        "due_on": whole.last_day,
    }


def line_sent(key: str) -> Line:
    try:
        return Line(pk=UUID(key))
    except ValueError:
        return Line()
