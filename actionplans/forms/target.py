"""A target with its marks for each year."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import groupby
from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Row
from django import forms
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from actionplans.forms.layout import DayInput, laid_out, offer
from actionplans.forms.parts import (
    ask_why_moved,
    indicator_label,
    not_moved,
    of_own_product,
)
from actionplans.models import Indicator, Milestone, Target
from actionplans.progress import Kind
from actionplans.questions import questions_about
from portal.fields import HundredthsFormField
from portal.forms import RevisedForm
from portal.numbers import hundredths
from portal.periods import (
    financial_year_label,
    financial_year_of,
    last_day_of_year,
    written,
)

MOST_YEARS_AFTER = 5


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
            "due_moved",
            "explanation",
            "owner",
            "verification",
        ]
        widgets = {
            "baseline_on": DayInput,
            "due_on": DayInput,
            "explanation": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
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
        self.due_before = ask_why_moved(self)
        self._show_questions()
        self.mark_years = self._offer_marks()
        self.asked_later = ["explanation", "due_moved", *map(_mark, self.mark_years)]
        self.helper = laid_out(*self._rows())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if indicator := cleaned.get("indicator"):
            self.instance.kind = indicator.kind
            self.instance.direction = indicator.direction
            self.instance.frequency = indicator.frequency
        due, last = cleaned.get("due_on"), self._last_day()
        if due and due > last:
            sentence = gettext("Give a day by %(day)s at the latest.")
            self.add_error("due_on", sentence % {"day": written(last)})
        if not_moved(self.due_before, cleaned):
            cleaned["due_moved"] = ""
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

    def _last_day(self) -> dt.date:
        """A goal after the plan asks why; one so far off is a slip of the pen."""
        return last_day_of_year(self.instance.plan.year_to + MOST_YEARS_AFTER)

    def _offer_indicators(self) -> None:
        """Under the ways in which they count; the chosen one says more of itself."""
        field = offer(self, "indicator", called=indicator_label)
        field.choices = partial(_by_kind, field)
        field.help_text = _("Its unit holds for baseline, goal and marks.")
        if self.instance.indicator_id is None:
            return
        field.help_text = indicator_facts(self.instance.indicator)
        if self.instance.pk and _has_a_past(self.instance):
            field.disabled = True
            field.help_text += " " + gettext(
                "It stays as it was adopted, because the figures reported hang on it."
                " To count something else, add another target and remove this one."
            )

    def _show_questions(self) -> None:
        """The answer is asked for where there is a question, and kept where it is."""
        asked = questions_about(self.instance) if self.instance.pk else []
        field = self.fields["explanation"]
        said = self.data.get(self.add_prefix("explanation"))
        if not (asked or self.instance.explanation or said):
            del self.fields["explanation"]
            return
        hint = gettext("A sentence on why will be shown with the target.")
        field.help_text = format_html(
            '<ul class="note list-unstyled">{}<li>{}</li></ul>',
            format_html_join("", "<li>{}</li>", ((question,) for question in asked)),
            hint,
        )

    def _offer_marks(self) -> list[int]:
        """A field for the end of each year up to the one in which the goal is due."""
        plan = self.instance.plan
        years = list(range(plan.year_from, max(plan.year_to, self._due_year())))
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

    def _due_year(self) -> int:
        """Of the day that was typed, or else stored; none lies beyond the last."""
        typed = self.data.get(self.add_prefix("due_on"))
        try:
            day = self.fields["due_on"].clean(typed)
        except forms.ValidationError:
            day = self.instance.due_on or self.instance.plan.last_day
        return financial_year_of(min(day, self._last_day()))

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
            *(["due_moved"] if "due_moved" in self.fields else []),
            Row(
                Column("baseline_source", css_class="col-md-6"),
                Column("owner", css_class="col-md-6"),
            ),
            "verification",
        ]
        if self.mark_years:
            marks = [_mark(year) for year in self.mark_years]
            legend = _(
                "A mark for each March between, if the goal is more than a year away"
            )
            rows.append(Fieldset(legend, Div(*marks, css_class="years")))
        if "explanation" in self.fields:
            rows.append("explanation")
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


def indicator_facts(row: Indicator) -> str:
    """How the indicator counts, in words."""
    hindi = get_language() == "hi"
    source = (hindi and row.usual_source_hi) or row.usual_source
    facts = {
        "kind": row.get_kind_display(),
        "unit": (hindi and row.unit_hi) or row.unit,
        "direction": row.get_direction_display(),
        "frequency": row.get_frequency_display(),
        "source": source,
    }
    if not source:
        return (
            gettext("%(kind)s, in %(unit)s. %(direction)s. Reported: %(frequency)s.")
            % facts
        )
    return (
        gettext(
            "%(kind)s, in %(unit)s. %(direction)s. Reported: %(frequency)s. Usual"
            " source: %(source)s."
        )
        % facts
    )


def _by_kind(field: forms.ModelChoiceField) -> list[tuple[Any, Any]]:
    """The choices of the field, those that count alike together."""
    rows = sorted(field.queryset or [], key=lambda row: Kind.values.index(row.kind))
    groups = groupby(rows, key=lambda row: row.kind)
    return [
        ("", field.empty_label),
        *(
            (
                Kind(kind).label,
                [(row.pk, field.label_from_instance(row)) for row in own],
            )
            for kind, own in groups
        ),
    ]


def _mark(year: int) -> str:
    return f"mark_{year}"


def _has_a_past(target: Target) -> bool:
    """Whether an earlier version of the plan had this target already."""
    same = Target.objects.filter(line=target.line_id).exclude(pk=target.pk)
    return same.exists()
