"""Giving somebody a post over a district, and ending it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import DayInput, laid_out, offer
from actionplans.models import SeatKind
from actionplans.people import POSTS
from districts.models import District
from portal.accounts.models import Appointment, User
from portal.forms import ModelForm
from portal.terms import DISTRICT_ROLES, Role


class AppointForm(ModelForm):
    """Who gets which post over the district, by which order, from when.

    The account is named by its address, because a list of everybody would be long.
    """

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    seat = forms.TypedChoiceField(
        label=gettext_lazy("Seat in the committee, for a member"),
        choices=[("", gettext_lazy("No seat")), *SeatKind.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    field_order = ["role", "email", "order_number", "since", "seat", "agency"]

    class Meta:
        model = Appointment
        fields = ["role", "order_number", "since", "seat", "agency"]
        widgets = {"since": DayInput}
        labels = {"agency": gettext_lazy("Agency, for a member")}

    def __init__(self, *args: Any, district: District, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district, self.by = district, by
        self.ra = district.regional_authority()
        roles = self.fields["role"]
        assert isinstance(roles, forms.ChoiceField)
        roles.choices = [
            (role.value, self._named(role))
            for role in POSTS
            if role != Role.RA_OFFICER or self.ra
        ]
        self.fields["order_number"].required = True
        offer(self, "agency").empty_label = _("No agency")
        self.helper = laid_out(
            "role",
            "email",
            Row(Column("order_number"), Column("since")),
            Row(Column("seat"), Column("agency")),
        )

    def _named(self, role: Role) -> str:
        """The role with the place that it covers."""
        return f"{role.label}, {self._place(role)}"

    def _place(self, role: str) -> Any:
        if role == Role.RA_OFFICER:
            return self.ra
        return self.district.state if role == Role.STATE_OFFICER else self.district

    def clean_email(self) -> User:
        address = self.cleaned_data["email"]
        found = User.objects.filter(email__iexact=address).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody has an account under this address. Open one first.")
            )
        if not found.is_active:
            raise forms.ValidationError(_("The account under this address is closed."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, holder = cleaned.get("role"), cleaned.get("email")
        if not role or not holder:
            return cleaned
        if role != Role.MEMBER:
            cleaned["seat"] = cleaned["agency"] = None
        post = self.instance
        post.user, post.appointed_by = holder, self.by
        post.ra = self.ra if role == Role.RA_OFFICER else None
        post.state = self.district.state if role == Role.STATE_OFFICER else None
        post.district = self.district if role in DISTRICT_ROLES else None
        if self._holds_it(post, role):
            self.add_error("email", _("They hold this post already."))
        return cleaned

    def _holds_it(self, post: Appointment, role: str) -> bool:
        today = timezone.localdate()
        rows = Appointment.objects.filter(
            Q(until=None) | Q(until__gt=today),
            user=post.user,
            role=role,
            ra=post.ra,
            state=post.state,
            district=post.district,
        )
        return rows.exists()


class EndForm(ModelForm):
    """From which day a post is no longer held, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why, or by which order"), max_length=300
    )

    class Meta:
        model = Appointment
        fields = ["until"]
        widgets = {"until": DayInput}
        labels = {"until": gettext_lazy("First day without the post")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
        self.fields["until"].initial = self.instance.until or timezone.localdate()
        self.helper = laid_out("until", "reason")
