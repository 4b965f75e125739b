"""What narrows the desk's list of plans, from the address bar."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actionplans.forms.layout import offer
from actionplans.models import Plan, PlanQuerySet
from actionplans.old_plans import (
    Structured,
    is_document,
    is_structured,
    structured_among,
)
from districts.models import District, State
from portal.accounts.models import Appointment
from portal.http import DeskRequest
from portal.rules import RULES
from portal.terms import Action, Status


def states_of(request: DeskRequest) -> QuerySet[State]:
    places = District.objects.filter(request.user.charge().q())
    return State.objects.filter(pk__in=places.order_by().values("state"))


class PlanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label=_("District"))
    status = django_filters.ChoiceFilter(
        choices=Status, label=_("Status"), empty_label=_("Any status")
    )
    state = django_filters.ModelChoiceFilter(
        field_name="district__state",
        to_field_name="slug",
        queryset=states_of,
        label=_("State"),
        empty_label=_("Any State"),
    )

    adopted = django_filters.ChoiceFilter(
        method="narrowed",
        choices=[("structured", _("structured")), ("document", _("as document"))],
        label=_("Adopted plans"),
        empty_label=_("Any plan"),
    )

    class Meta:
        model = Plan
        fields: list[str] = []

    @property
    def form(self) -> django_filters.filterset.forms.Form:
        form = super().form
        offer(form, "state")
        return form

    @property
    def structured(self) -> Structured:
        """How many adopted plans in charge are structured, whatever is asked for."""
        return structured_among(self.queryset)

    @property
    def may_hand_in(self) -> bool:
        """Whether the user can hand in old plans together, wherever that is."""
        who = RULES[Action.RECORD_IN_BULK].who
        held: list[Appointment] = self.request.user.current_appointments
        return any(appointment.role in who for appointment in held)

    def narrowed(self, plans: PlanQuerySet, _name: str, kind: str) -> PlanQuerySet:
        return plans.filter(is_document() if kind == "document" else is_structured())

    def named(self, plans: PlanQuerySet, _name: str, words: str) -> PlanQuerySet:
        for word in words.split():
            plans = plans.filter(
                Q(district__name__icontains=word)
                | Q(district__name_hi__contains=word)
                | Q(district__aliases__icontains=word)
            )
        return plans
