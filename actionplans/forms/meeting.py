"""The committee, its meetings, and what they decided."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import DayInput, laid_out, offer
from actionplans.models import Committee, Decision, Meeting, Seat
from portal.forms import ModelForm, RevisedForm

ABSENT, PRESENT, DELEGATE = "absent", "present", "delegate"
# Two seats beside each other, each with its answers in one line.
HALF = "col-md-6 in-line"
ATTENDANCE = [
    (ABSENT, gettext_lazy("Not present")),
    (PRESENT, gettext_lazy("Present")),
    (DELEGATE, gettext_lazy("By a delegate")),
]


class CommitteeForm(RevisedForm):
    """The order by which the committee was constituted, and its ways."""

    class Meta:
        model = Committee
        fields = ["constituted_on", "order_number", "local_name", "months_between"]
        widgets = {"constituted_on": DayInput}
        help_texts = {
            "local_name": gettext_lazy("Only if the district calls it otherwise."),
            "months_between": gettext_lazy("Leave it empty if none is set."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(
            Row(
                Column("constituted_on", css_class="col-sm-4"),
                Column("order_number", css_class="col-sm-8"),
            ),
            "local_name",
            Row(Column("months_between", css_class="col-sm-4")),
            "revision",
        )

    def clean_constituted_on(self) -> Any:
        day = self.cleaned_data["constituted_on"]
        since = self.instance.district.since
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        if since and day < since:
            raise forms.ValidationError(_("On this day the district did not exist."))
        return day


class SeatForm(ModelForm):
    """The office that holds a seat, or since when nobody does."""

    class Meta:
        model = Seat
        fields = ["office", "vacant_since"]
        widgets = {"vacant_since": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = self.instance.get_number_display()
        self.helper = laid_out(
            Fieldset(
                f"{self.instance.number}. {seat}",
                Row(
                    Column("office", css_class="col-sm-8"),
                    Column("vacant_since", css_class="col-sm-4"),
                ),
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("office") and cleaned.get("vacant_since"):
            self.add_error(
                "vacant_since",
                _("Name the office that holds the seat, or since when it is vacant."),
            )
        return cleaned


class MeetingForm(ModelForm):
    """A meeting held, with the attendance of every seat."""

    class Meta:
        model = Meeting
        fields = ["number", "notice_on", "held_on", "mode", "agenda"]
        widgets = {
            "notice_on": DayInput,
            "held_on": DayInput,
            "agenda": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {_seat(seat): seat for seat in self.instance.committee.seats.all()}
        stored = self._stored_attendance()
        for name, seat in self.seats.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{seat.number}. {seat.get_number_display()}",
                help_text=escape(seat.office) or _("Vacant or not recorded."),
                choices=ATTENDANCE,
                widget=forms.RadioSelect,
                initial=stored.get(seat.pk, ABSENT),
            )
        self.helper = laid_out(
            Row(
                Column("number", css_class="col-6 col-md-3"),
                Column("notice_on", css_class="col-6 col-md-3"),
                Column("held_on", css_class="col-6 col-md-3"),
                Column("mode", css_class="col-6 col-md-3"),
            ),
            "agenda",
            Fieldset(
                _("Who was present"),
                Row(*[Column(n, css_class=HALF) for n in self.seats]),
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held, notice = cleaned.get("held_on"), cleaned.get("notice_on")
        if held and held > timezone.localdate():
            self.add_error(
                "held_on", _("Record a meeting once it is held: this day is to come.")
            )
        if held and held < self.instance.committee.constituted_on:
            self.add_error(
                "held_on", _("On this day the committee was not constituted yet.")
            )
        if held and notice and notice > held:
            self.add_error("notice_on", _("A notice goes out before the meeting."))
        return cleaned

    def save(self, commit: bool = True) -> Meeting:
        meeting: Meeting = super().save(commit)
        for name, seat in self.seats.items():
            said = self.cleaned_data[name]
            meeting.attendance.update_or_create(
                seat=seat,
                defaults={
                    "is_present": said != ABSENT,
                    "by_delegate": said == DELEGATE,
                },
            )
        return meeting

    def _stored_attendance(self) -> dict[int, str]:
        if self.instance.pk is None:
            return {}
        return {
            row.seat_id: DELEGATE if row.by_delegate else PRESENT
            for row in self.instance.attendance.filter(is_present=True)
        }


class DecisionForm(ModelForm):
    """What the meeting decided. To adopt means the plan that is being prepared."""

    class Meta:
        model = Decision
        fields = ["number", "kind", "text", "dissent", "owner", "due_on", "status"]
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "due_on": DayInput,
        }
        help_texts = {
            "text": gettext_lazy("As it stands in the minutes."),
            "dissent": gettext_lazy("It is recorded and never blocks."),
            "owner": gettext_lazy("The office that is to do something, if any."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = Decision.Kind.choices
        offer(self, "owner")
        self.helper = laid_out(
            Row(Column("number", css_class="col-6 col-md-3")),
            "kind",
            "text",
            "dissent",
            Row(
                Column("owner", css_class="col-md-6"),
                Column("due_on", css_class="col-6 col-md-3"),
                Column("status", css_class="col-6 col-md-3"),
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != Decision.Kind.ADOPTION:
            self.instance.plan = None
            return cleaned
        plans = self.instance.meeting.committee.district.plans
        self.instance.plan = self.instance.plan or plans.in_preparation().first()
        if self.instance.plan is None:
            self.add_error(
                "kind",
                _("No plan of this district is being prepared, so none is adopted."),
            )
        return cleaned


def _seat(seat: Seat) -> str:
    return f"seat_{seat.number}"
