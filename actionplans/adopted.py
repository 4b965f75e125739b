"""The plans that committees have adopted, as everybody may know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import django_filters
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.forms import Form, HiddenInput
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.forms.layout import offer
from actionplans.models import Plan, PlanEvent, PlanProduct, Target
from actionplans.old_plans import is_document, is_structured
from districts.models import (
    District,
    Jurisdiction,
    Product,
    RegionalAuthority,
    State,
)
from portal.terms import ADOPTED_ONCE, PUBLIC, Action, Status

# Exactly one of these stands of each plan that was ever adopted.
ADOPTED_BY = (Action.ADOPT, Action.CONFIRM, Action.RECORD)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A plan, its adoption, and what of it everybody may open.

    `sha256` is its seal or, of a plan that is here as a released document only, the
    hash of that; `targets` of a plan that can be read, its number of targets.
    """

    plan: Plan
    adoption: PlanEvent
    is_open: bool
    sha256: str
    targets: int | None

    @property
    def adopted_on(self) -> dt.date:
        return self.adoption.effective_on

    @property
    def href(self) -> str:
        """The plan or, as long as nobody can read that, its district."""
        place = self.plan.district.get_absolute_url()
        return f"{place}plan/{self.plan.number}/" if self.is_open else place

    @property
    def has_pdf(self) -> bool:
        return bool(self.sha256) and self.plan.structured and self.plan.status in PUBLIC


def adoptions() -> QuerySet[PlanEvent]:
    """One for each plan that the public may know of, the newest first.

    Of an adopted plan that is not published yet, that it is; of an annulled one, if
    everybody could read it before.
    """
    known = Plan.objects.been_public() | Plan.objects.filter(status=Status.ADOPTED)
    rows = PlanEvent.objects.standing().filter(action__in=ADOPTED_BY)
    rows = rows.filter(plan__in=known.order_by().values("pk"))
    return rows.order_by("-effective_on", "plan__district__name", "-pk")


def notified() -> QuerySet[Plan]:
    """The plans of living districts that were notified and not annulled."""
    steps = PlanEvent.objects.standing().filter(action=Action.NOTIFY)
    living = District.objects.living().order_by()
    rows = Plan.objects.filter(pk__in=steps.values("plan"), district__in=living)
    return rows.exclude(status=Status.ANNULLED).order_by()


def districts_of(rows: QuerySet[PlanEvent]) -> int:
    """How many districts these adoptions are of; one query."""
    return rows.order_by().values("plan__district").distinct().count()


def rows_of(events: QuerySet[PlanEvent]) -> Iterator[Adopted]:
    """The rows for these adoptions, in their order; three queries.

    They are put in order before all else of them is fetched, which a database would
    otherwise sort along with them.
    """
    keys = list(events.values_list("pk", flat=True))
    whole = PlanEvent.objects.select_related(
        "plan__district__state",
        "plan__seal",
        "plan__document__release",
        "decision__meeting",
    ).defer("plan__seal__body", "note", "reason_codes", "checklist")
    found = whole.in_bulk(keys)
    plans = [event.plan_id for event in found.values()]
    targets = Target.objects.filter(plan__in=plans).order_by().values_list("plan")
    counts = dict(targets.annotate(Count("pk")))
    return (_row(found[key], counts.get(found[key].plan_id, 0)) for key in keys)


def _row(event: PlanEvent, targets: int) -> Adopted:
    plan = event.plan
    is_open = plan.status != Status.ADOPTED
    is_read = plan.structured and plan.status in PUBLIC
    return Adopted(
        plan=plan,
        adoption=event,
        is_open=is_open,
        sha256=_hash(plan) if is_open else "",
        targets=targets if is_read else None,
    )


def _hash(plan: Plan) -> str:
    if seal := getattr(plan, "seal", None):
        return str(seal.sha256)
    if plan.document and hasattr(plan.document, "release"):
        return plan.document.sha256
    return ""


def periods() -> list[tuple[str, str]]:
    """The years that these plans are for, the latest first; one query."""
    rows = adoptions().order_by("-plan__year_from", "-plan__year_to")
    years = rows.values_list("plan__year_from", "plan__year_to").distinct()
    return [
        (f"{first}-{last}", Plan(year_from=first, year_to=last).period)
        for first, last in years
    ]


class AdoptedFilter(django_filters.FilterSet):
    """Narrows the adoptions, each filter further than the one before."""

    state = django_filters.ModelChoiceFilter(
        field_name="plan__district__state",
        to_field_name="slug",
        queryset=State.objects.all(),
        label=_("State or Union Territory"),
        empty_label=_("Any State"),
    )
    ra = django_filters.ModelChoiceFilter(
        method="under",
        to_field_name="slug",
        queryset=RegionalAuthority.objects.all(),
        label=_("Regional Authority"),
        empty_label=_("Any Regional Authority"),
    )
    period = django_filters.ChoiceFilter(
        method="over",
        choices=periods,
        label=_("Years"),
        empty_label=_("Any years"),
    )
    adopted = django_filters.ChoiceFilter(
        method="newest",
        choices=[
            ("structured", _("Newest version, structured")),
            ("document", _("Newest version, as document")),
        ],
        label=_("Versions"),
        empty_label=_("All versions"),
    )
    notified = django_filters.ChoiceFilter(
        method="formally",
        choices=[("yes", _("Notified"))],
        # The number on the home page opens it.
        widget=HiddenInput,
    )
    status = django_filters.ChoiceFilter(
        field_name="plan__status",
        choices=[(status.value, status.label) for status in ADOPTED_ONCE],
        # Links with counts show it.
        widget=HiddenInput,
    )
    product = django_filters.ModelChoiceFilter(
        method="on_product",
        to_field_name="slug",
        queryset=Product.objects.all(),
        # Hundreds of products: a link from the product's page fills this in.
        widget=HiddenInput,
    )

    class Meta:
        model = PlanEvent
        fields: list[str] = []

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, adoptions())

    @property
    def form(self) -> Form:
        form = super().form
        offer(form, "state")
        offer(form, "ra")
        return form

    @property
    def found(self) -> QuerySet[PlanEvent]:
        """What fits; nothing while a filter cannot be read, which the form says."""
        rows: QuerySet[PlanEvent] = self.qs
        return rows if self.is_valid() else rows.none()

    @property
    def by_status(self) -> dict[Status, int]:
        """How many fit all that is asked but the status; one query."""
        if not self.is_valid():
            return {}
        rows = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name != "status":
                rows = self.filters[name].filter(rows, value)
        counted = rows.order_by().values_list("plan__status").annotate(Count("pk"))
        known = dict(counted)
        return {status: known[status] for status in ADOPTED_ONCE if status in known}

    @property
    def chosen_product(self) -> Product | None:
        """The product that the list is narrowed to."""
        return self.form.cleaned_data.get("product") if self.is_valid() else None

    def under(
        self, rows: QuerySet[PlanEvent], _name: str, ra: RegionalAuthority
    ) -> QuerySet[PlanEvent]:
        """Plans of the districts that the office answers for today."""
        held = Jurisdiction.objects.on(timezone.localdate()).filter(
            ra=ra, district=OuterRef("plan__district")
        )
        return rows.filter(Exists(held))

    def over(
        self, rows: QuerySet[PlanEvent], _name: str, years: str
    ) -> QuerySet[PlanEvent]:
        first, last = years.split("-")
        return rows.filter(plan__year_from=first, plan__year_to=last)

    def newest(
        self, rows: QuerySet[PlanEvent], _name: str, kind: str
    ) -> QuerySet[PlanEvent]:
        """The same plans of living districts as are counted on the page of a State."""
        plans = Plan.objects.filter(
            is_document() if kind == "document" else is_structured(),
            district__in=District.objects.living().order_by(),
        )
        return rows.filter(plan__in=plans.order_by().values("pk"))

    def formally(
        self, rows: QuerySet[PlanEvent], _name: str, _yes: str
    ) -> QuerySet[PlanEvent]:
        return rows.filter(plan__in=notified().values("pk"))

    def on_product(
        self, rows: QuerySet[PlanEvent], _name: str, product: Product
    ) -> QuerySet[PlanEvent]:
        """Plans that can be read and have it among their products."""
        chosen = PlanProduct.objects.filter(
            product=product, plan=OuterRef("plan"), plan__structured=True
        )
        return rows.filter(Exists(chosen), plan__status__in=PUBLIC)
