"""A target with its marks for each year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Row
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from actionplans.forms.layout import DayInput, laid_out, offer
from actionplans.forms.parts import of_own_product
from actionplans.models import Milestone, Target
from portal.fields import HundredthsFormField
from portal.forms import RevisedForm
from portal.numbers import hundredths
from portal.periods import financial_year_label, last_day_of_year
from portal.templatetags.portal import day


class TargetForm(RevisedForm):
    """From a baseline to a goal, with what should be reached by the years between.

    Kind, direction and frequency are those of the indicator on the day it is chosen.
    """

    class Meta:
        model = Target
        fields = [
            "plan_product",
            "indicator",
            "baseline",
            "baseline_on",
            "baseline_source",
            "goal",
            "due_on",
            "owner",
            "verification",
        ]
        widgets = {"baseline_on": DayInput, "due_on": DayInput}
        help_texts = {
            "indicator": _("Its unit holds for baseline, goal and marks."),
            "baseline": _("Where the district stands now; 0 for a thing not done yet."),
            "baseline_source": _("Where somebody else can look it up."),
            "goal": _("For a thing to be done, 1."),
            "owner": _("The office that answers for the target."),
            "verification": _("By what one will see that it is reached."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_own_product(self)
        offer(self, "owner")
        self._offer_indicators()
        self.mark_years = self._offer_marks()
        self.helper = laid_out(*self._rows())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if indicator := cleaned.get("indicator"):
            self.instance.kind = indicator.kind
            self.instance.direction = indicator.direction
            self.instance.frequency = indicator.frequency
        due, last = cleaned.get("due_on"), self.instance.plan.last_day
        if due and due > last:
            sentence = gettext("The plan ends on %(day)s: the goal is due by then.")
            self.add_error("due_on", sentence % {"day": day(last)})
        self._check_marks(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Target:
        target: Target = super().save(commit)
        target.milestones.all().delete()
        Milestone.objects.bulk_create(
            Milestone(target=target, due_on=last_day_of_year(year), value=value)
            for year in self.mark_years
            if (value := self.cleaned_data[_mark(year)]) is not None
        )
        return target

    def _offer_indicators(self) -> None:
        field = offer(self, "indicator", called=indicator_label)
        if self.instance.pk and _has_a_past(self.instance):
            field.disabled = True
            field.help_text = _(
                "It stays as it was adopted, because the figures reported hang on it."
                " To count something else, add another target and remove this one."
            )

    def _offer_marks(self) -> list[int]:
        """A field for the end of each year of the plan but the last."""
        plan = self.instance.plan
        years = list(range(plan.year_from, plan.year_to))
        stored: dict[dt.date, int] = {}
        if self.instance.pk:
            stored = dict(self.instance.milestones.values_list("due_on", "value"))
        for year in years:
            self.fields[_mark(year)] = HundredthsFormField(
                label=financial_year_label(year),
                required=False,
                initial=stored.get(last_day_of_year(year)),
            )
        return years

    def _check_marks(self, cleaned: dict[str, Any]) -> None:
        """Marks stand between baseline and goal; others would never be read."""
        due, baseline_on = cleaned.get("due_on"), cleaned.get("baseline_on")
        if not due or not baseline_on:
            return
        start = max(self.instance.plan.first_day, baseline_on)
        for year in self.mark_years:
            end = last_day_of_year(year)
            if cleaned.get(_mark(year)) is None or start < end < due:
                continue
            self.add_error(
                _mark(year),
                gettext(
                    "Leave this year empty: its end does not lie between the baseline"
                    " and the goal."
                ),
            )

    def _rows(self) -> list[Any]:
        quarter = "col-6 col-md-3"
        rows: list[Any] = [
            "indicator",
            "plan_product",
            Row(
                Column("baseline", css_class=quarter),
                Column("baseline_on", css_class=quarter),
                Column("goal", css_class=quarter),
                Column("due_on", css_class=quarter),
            ),
            Row(
                Column("baseline_source", css_class="col-md-6"),
                Column("owner", css_class="col-md-6"),
            ),
            "verification",
        ]
        if self.mark_years:
            marks = [_mark(year) for year in self.mark_years]
            legend = _("What should be reached by March of each year between")
            rows.append(Fieldset(legend, Div(*marks, css_class="years")))
        return [*rows, "revision"]

    def _differences(self, stored: models.Model) -> list[tuple[str, str]]:
        found = super()._differences(stored)
        assert isinstance(stored, Target)
        theirs = dict(stored.milestones.values_list("due_on", "value"))
        for year in self.mark_years:
            value = theirs.get(last_day_of_year(year))
            text = "" if value is None else hundredths(value)
            if text != str(self[_mark(year)].value() or ""):
                found.append((financial_year_label(year), text or str(_("empty"))))
        return found


def indicator_label(row: Any) -> str:
    """The name with its unit, in the reader's language as far as there is one."""
    if get_language() == "hi" and row.name_hi:
        return f"{row.name_hi} ({row.unit_hi or row.unit})"
    return str(row)


def _mark(year: int) -> str:
    return f"mark_{year}"


def _has_a_past(target: Target) -> bool:
    """Whether an earlier version of the plan had this target already."""
    same = Target.objects.filter(line=target.line_id).exclude(pk=target.pk)
    return same.exists()
