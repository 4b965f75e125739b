"""What a step asks of whoever takes it: exactly what its rule needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans import history
from actionplans.blockers import Details, adoptable
from actionplans.forms.layout import DayInput, laid_out
from actionplans.models import Check, Decision, Plan, ReturnReason
from portal.rules import RULES
from portal.templatetags.portal import day
from portal.terms import Action, Need

YES, NO = "yes", "no"
ANSWERS = [(YES, _("Yes")), (NO, _("No"))]
SPAN = {"opens_on": _("First day"), "closes_on": _("Last day")}
# What the text of a step is about, where it is no reason.
NOTE = {
    Action.COMMENT: _("Comment"),
    Action.HAND_IN: _("Where the structure differs from the document"),
}
SOURCE_OF_DAY = (Action.CONFIRM, Action.ADOPT, Action.RECORD_ADOPTION)


def _answer(name: str) -> str:
    return f"check_{name}"


class StepForm(forms.Form):
    """The questions of one step, built from the needs of its rule.

    `after` is the plan's latest event when the page was drawn: a step sent twice finds
    that the plan has moved on.
    """

    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.action = plan, action
        self.latest = plan.events.order_by("-pk").first()
        self.fields["after"].initial = self.latest and self.latest.pk
        self.decisions: dict[str, Decision] = {}
        rows: list[Any] = ["after"]
        for need, ask in ASKS.items():
            if need in RULES[action].needs:
                rows += ask(self)
        if _says_its_day(action):
            rows += self._ask_day()
        self.helper = laid_out(*rows)

    @property
    def is_stale(self) -> bool:
        """Whether something happened to the plan since the page was drawn."""
        drawn = self.data.get(self.add_prefix("after"), "")
        return str(drawn) != str(self.latest.pk if self.latest else "")

    def refresh(self) -> None:
        """Sent again, it is about the plan as it is now."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data[self.add_prefix("after")] = str(self.latest.pk) if self.latest else ""
        self.data = data

    def details(self) -> Details:
        said = self.cleaned_data
        answers = {name: said.get(_answer(name)) for name in Check.values}
        return Details(
            effective_on=said.get("effective_on"),
            note=said.get("note", "").strip(),
            reason_codes=said.get("reason_codes", ()),
            checklist={name: a == YES for name, a in answers.items() if a},
            order_number=said.get("order_number", ""),
            decision=self.decisions.get(said.get("decision", "")),
            earlier=said.get("earlier", False),
            opens_on=said.get("opens_on"),
            closes_on=said.get("closes_on"),
        )

    def summary(self) -> Iterator[tuple[str, list[str]]]:
        """Label and text of each answer, to be read before it is confirmed."""
        for field in self.visible_fields():
            value = self.cleaned_data.get(field.name)
            texts = [_in_words(field.field, one) for one in _several(value) if one]
            if texts:
                yield str(field.label), texts

    def ask_reason(self) -> list[Any]:
        self.fields["note"] = forms.CharField(
            label=NOTE.get(self.action, _("Why")),
            help_text=_("In sentences that the others can act on."),
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "required": _("Say why, in a sentence that the others can act on.")
            },
        )
        return ["note"]

    def ask_reason_codes(self) -> list[Any]:
        self.fields["reason_codes"] = forms.MultipleChoiceField(
            label=_("What must be mended"),
            choices=ReturnReason.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick what must be mended.")},
        )
        return ["reason_codes"]

    def ask_checklist(self) -> list[Any]:
        for check in Check:
            self.fields[_answer(check)] = forms.ChoiceField(
                label=check.label,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer yes or no.")},
            )
        questions = map(_answer, Check.values)
        return [Fieldset(_("Checklist"), *questions, css_class="in-line")]

    def ask_decision(self) -> list[Any]:
        rows = adoptable(self.plan, self.action)
        self.decisions = {str(row.pk): row for row in rows}
        self.fields["decision"] = forms.ChoiceField(
            label=_("Decision"),
            help_text=_("The adoption holds from the day of the meeting."),
            choices=[(key, _decision(row)) for key, row in self.decisions.items()],
            widget=forms.RadioSelect,
            initial=next(iter(self.decisions), None),
            error_messages={"required": _("Choose the decision of the committee.")},
        )
        last = history.latest(self.plan)
        if not any(last and row.meeting.held_on < last.effective_on for row in rows):
            return ["decision"]
        self.fields["earlier"] = forms.BooleanField(
            label=_(
                "The meeting lies before the last step of the plan: that step was only"
                " typed later."
            ),
            required=False,
        )
        return ["decision", "earlier"]

    def ask_span(self) -> list[Any]:
        for name, label in SPAN.items():
            self.fields[name] = forms.DateField(label=label, widget=DayInput)
        self.fields["opens_on"].initial = timezone.localdate
        self.fields["opens_on"].help_text = _("Today or later.")
        self.fields["closes_on"].help_text = _("Included; ninety days at most.")
        return list(SPAN)

    def ask_order(self) -> list[Any]:
        self.fields["order_number"] = forms.CharField(
            label=_("Number of the order"), max_length=60
        )
        return ["order_number"]

    def _ask_day(self) -> list[Any]:
        notified = self.action == Action.NOTIFY
        self.fields["effective_on"] = forms.DateField(
            label=_("Date of the order") if notified else _("It holds from"),
            help_text=""
            if notified
            else _("The day on which it happened, if you type it later."),
            initial=timezone.localdate,
            widget=DayInput,
        )
        return ["effective_on"]


ASKS: dict[Need, Callable[[StepForm], list[Any]]] = {
    Need.REASON_CODES: StepForm.ask_reason_codes,
    Need.REASON: StepForm.ask_reason,
    Need.CHECKLIST: StepForm.ask_checklist,
    Need.DECISION: StepForm.ask_decision,
    Need.ORDER: StepForm.ask_order,
    Need.SPAN: StepForm.ask_span,
}


def _says_its_day(action: Action) -> bool:
    """An adoption holds from the day of its meeting; a remark, from when it is made."""
    if action == Action.NOTIFY:
        return True
    return RULES[action].then is not None and action not in SOURCE_OF_DAY


def _decision(row: Decision) -> str:
    return f"{row.meeting}, {day(row.meeting.held_on)}: {row.text}"


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices)[value])  # type: ignore[arg-type]
    if isinstance(field, forms.DateField):
        return day(value)
    return str(_("Yes")) if value is True else str(value)
