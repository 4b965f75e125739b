"""What narrows the lists of bottlenecks and of interventions, from the address bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from actionplans.bottlenecks import WAITING
from actionplans.desk.filters import states_of
from actionplans.forms.layout import offer
from actionplans.interventions import has_slipped, is_overdue
from actionplans.models import ActionStatus, Bottleneck
from districts.models import Agency, District
from portal.http import DeskRequest

ROWS_PER_PAGE = 50
YES = [("yes", _("Yes"))]


def _districts_of(request: DeskRequest) -> QuerySet[District]:
    return District.objects.filter(request.user.charge().q())


class Counted(Paginator):
    """Pages of a list of which it is known already how long it is."""

    def __init__(self, rows: QuerySet[Any], count: int) -> None:
        super().__init__(rows, ROWS_PER_PAGE)
        self.count = count


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the list as a link, with how many it has."""

    value: str
    label: Any
    count: int
    is_chosen: bool


class _Followed(django_filters.FilterSet):
    """Rows of plans in force: by State, district and words."""

    q = django_filters.CharFilter(
        method="named", label=_("District or words"), max_length=80
    )
    state = django_filters.ModelChoiceFilter(
        field_name="plan__district__state",
        to_field_name="slug",
        queryset=states_of,
        label=_("State"),
        empty_label=_("Any State"),
    )
    district = django_filters.ModelChoiceFilter(
        field_name="plan__district",
        queryset=_districts_of,
        # Hundreds of districts: a link from the district's page fills this in.
        widget=HiddenInput,
    )
    # What is searched for words beside the names of the district.
    text = ""

    @property
    def form(self) -> django_filters.filterset.forms.Form:
        form = super().form
        offer(form, "state")
        if "agency" in form.fields:
            offer(form, "agency")
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What the address asks for, as far as it can be read."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    def besides(self, name: str) -> QuerySet[Any]:
        """The rows as if the list were not narrowed by this."""
        rows = self.queryset.all()
        for other, value in self.chosen.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows

    def named(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            rows = rows.filter(
                Q(**{f"{self.text}__icontains": word})
                | Q(plan__district__name__icontains=word)
                | Q(plan__district__name_hi__contains=word)
                | Q(plan__district__aliases__icontains=word)
            )
        return rows

    def _chips(
        self, name: str, words: Iterable[tuple[str, Any]], counts: Mapping[str, int]
    ) -> list[Chip]:
        chosen = self.chosen.get(name, "")
        return [
            Chip(value, label, counts.get(value, 0), chosen == value)
            for value, label in words
            if counts.get(value) or chosen == value
        ]


class BottleneckFilter(_Followed):
    waiting = django_filters.ChoiceFilter(
        field_name="asked", choices=WAITING, widget=HiddenInput
    )
    severity = django_filters.ChoiceFilter(
        choices=Bottleneck.Severity,
        label=_("Severity"),
        empty_label=_("Any severity"),
    )
    overdue = django_filters.ChoiceFilter(
        method="beyond_their_day",
        choices=YES,
        label=_("Answer overdue"),
        empty_label=_("Does not matter"),
    )
    text = "text"

    def beyond_their_day(
        self, rows: QuerySet[Any], _name: str, _yes: str
    ) -> QuerySet[Any]:
        return rows.filter(answer_by__lt=timezone.localdate())

    def chips(self, counts: Mapping[str, int]) -> list[Chip]:
        return self._chips("waiting", WAITING, counts)


class InterventionFilter(_Followed):
    status = django_filters.ChoiceFilter(
        field_name="standing", choices=ActionStatus, widget=HiddenInput
    )
    agency = django_filters.ModelChoiceFilter(
        field_name="lead",
        queryset=Agency.objects.all(),
        label=_("Lead agency"),
        empty_label=_("Any agency"),
        null_label=_("No lead agency"),
    )
    overdue = django_filters.ChoiceFilter(
        method="late",
        choices=YES,
        label=_("Overdue"),
        empty_label=_("Does not matter"),
    )
    slipped = django_filters.ChoiceFilter(
        method="moved",
        choices=YES,
        label=_("Due date moved"),
        empty_label=_("Does not matter"),
    )
    text = "action"

    def late(self, rows: QuerySet[Any], _name: str, _yes: str) -> QuerySet[Any]:
        return rows.filter(is_overdue())

    def moved(self, rows: QuerySet[Any], _name: str, _yes: str) -> QuerySet[Any]:
        return rows.filter(has_slipped())

    def chips(self, counts: Mapping[str, int]) -> list[Chip]:
        return self._chips("status", ActionStatus.choices, counts)
