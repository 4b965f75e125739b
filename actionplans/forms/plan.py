"""Starting a plan, its years, and the text of its sections."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import laid_out, offer
from actionplans.models import Plan, PlanSection, SectionCode
from districts.models import District, DistrictProduct
from portal.forms import RevisedForm
from portal.naming import local_name
from portal.periods import financial_year_label, financial_year_of

LONGEST_YEARS = 5
# What belongs into each section, in a sentence for whoever writes it.
SECTION_HELP = {
    SectionCode.DISTRICT: gettext_lazy(
        "Where the district lies, who lives there, how goods leave it: road, rail, port"
        " and airport, with distances."
    ),
    SectionCode.INDUSTRY: gettext_lazy(
        "Which industries and clusters there are, how many units, who exports already."
    ),
    SectionCode.PRODUCTS: gettext_lazy(
        "Why these products and services: what is made, how much, for whom, and what"
        " speaks for selling it abroad."
    ),
    SectionCode.BOTTLENECKS: gettext_lazy(
        "What holds exports back in general. Each bottleneck itself goes below."
    ),
    SectionCode.RESPONSIBILITIES: gettext_lazy(
        "Which office answers for what, and which rules or practices should change."
    ),
    SectionCode.INTERVENTIONS: gettext_lazy(
        "What will be done about roads, power, testing, packing and policy. Each"
        " intervention itself goes below."
    ),
    SectionCode.TARGETS: gettext_lazy(
        "Three or four sentences on what the targets aim at. The figures go below, each"
        " as a target of its own."
    ),
    SectionCode.INCENTIVES: gettext_lazy(
        "Which schemes of Centre and State help, and how exporters come to them."
    ),
    SectionCode.TRAINING: gettext_lazy(
        "Who needs to learn what, who can teach it, how many people in which year."
    ),
    SectionCode.DATA: gettext_lazy(
        "What is known of the district's exports, from which source, and how it will be"
        " counted from now on."
    ),
    SectionCode.STRATEGY: gettext_lazy(
        "Where the district wants to stand after this plan, and the steps towards it."
    ),
}

# Sections that mostly consist of rows of their own.
WITH_PARTS = {
    SectionCode.PRODUCTS,
    SectionCode.BOTTLENECKS,
    SectionCode.INTERVENTIONS,
    SectionCode.TARGETS,
}


def _years_around(year: int, before: int, after: int) -> list[tuple[int, str]]:
    years = range(year - before, year + after + 1)
    return [(choice, financial_year_label(choice)) for choice in years]


class StartForm(forms.Form):
    """From when to when, and what the new plan begins with."""

    BLANK, AMEND, PEER = "blank", "amend", "peer"

    year_from = forms.TypedChoiceField(
        label=gettext_lazy("First financial year"), coerce=int
    )
    year_to = forms.TypedChoiceField(
        label=gettext_lazy("Last financial year"), coerce=int
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Begin with"), widget=forms.RadioSelect
    )
    peer = forms.ModelChoiceField(
        label=gettext_lazy("Published plan of another district"),
        help_text=gettext_lazy(
            "Those of the same State, and of districts with one of the same products."
        ),
        queryset=Plan.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_force = district.plans.in_force().first()
        year = financial_year_of(timezone.localdate())
        self._offer_years(year)
        self._offer_sources(_peers(district))
        self.helper = laid_out(
            Row(
                Column("year_from", css_class="col-sm-4"),
                Column("year_to", css_class="col-sm-4"),
            ),
            "source",
            "peer",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and not 0 <= last - first < LONGEST_YEARS:
            self.add_error(
                "year_to",
                _("A plan covers one to five financial years, first year first."),
            )
        if cleaned.get("source") == self.PEER and not cleaned.get("peer"):
            self.add_error("peer", _("Choose the plan to begin with."))
        return cleaned

    @property
    def years(self) -> tuple[int, int]:
        return self.cleaned_data["year_from"], self.cleaned_data["year_to"]

    @property
    def like(self) -> Plan | None:
        source = self.cleaned_data["source"]
        if source == self.AMEND:
            return self.in_force
        return self.cleaned_data["peer"] if source == self.PEER else None

    def _offer_years(self, year: int) -> None:
        first, last = self.fields["year_from"], self.fields["year_to"]
        assert isinstance(first, forms.ChoiceField)
        assert isinstance(last, forms.ChoiceField)
        old = self.in_force
        earliest = min(year - LONGEST_YEARS + 1, old.year_from if old else year)
        first.choices = _years_around(year, year - earliest, 1)
        first.initial = old.year_from if old else year
        last.choices = _years_around(year, 0, LONGEST_YEARS)
        last.initial = old.year_to if old else year + LONGEST_YEARS - 1

    def _offer_sources(self, peers: QuerySet[Plan]) -> None:
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        offered = [(self.BLANK, _("Eleven empty sections"))]
        if self.in_force:
            amend = _("The plan in force, to amend it (%(period)s)")
            offered += [(self.AMEND, amend % {"period": self.in_force.period})]
        offered += [(self.PEER, _("The published plan of another district"))]
        source.choices = offered
        source.initial = self.AMEND if self.in_force else self.BLANK
        offer(self, "peer", peers, called=_peer_label)


def _peers(district: District) -> QuerySet[Plan]:
    """Plans in force from which this district can learn."""
    own = DistrictProduct.objects.filter(district=district, until=None)
    alike = DistrictProduct.objects.filter(product__in=own.values("product"))
    near = Q(district__state=district.state_id)
    rows = Plan.objects.in_force().exclude(district=district).with_place()
    return rows.filter(near | Q(district__in=alike.values("district"))).order_by(
        "district__state__name", "district__name"
    )


def _peer_label(plan: Any) -> str:
    names = (local_name(plan.district.state), local_name(plan.district))
    return f"{': '.join(names)}, {plan.period}"


class PlanForm(RevisedForm):
    """The few facts of a draft that stand in no section."""

    class Meta:
        model = Plan
        fields = ["year_from", "year_to", "prepared_by", "products_reason"]
        help_texts = {
            "products_reason": gettext_lazy(
                "Only if the plan is about one product, or about more than three."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("year_from", "year_to"):
            year = getattr(self.instance, name)
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=_years_around(year, LONGEST_YEARS, LONGEST_YEARS),
                coerce=int,
            )
        self.helper = laid_out(
            Row(
                Column("year_from", css_class="col-sm-4"),
                Column("year_to", css_class="col-sm-4"),
            ),
            "prepared_by",
            "products_reason",
            "revision",
        )


class SectionForm(RevisedForm):
    """The text of a section, or why it does not apply."""

    class Meta:
        model = PlanSection
        fields = ["body", "not_applicable"]
        widgets = {"body": forms.Textarea}
        help_texts = {
            "not_applicable": gettext_lazy(
                "Only if the section is left empty: the reason stands in the plan."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = SectionCode(self.instance.code)
        self.fields["body"].help_text = SECTION_HELP[code]
        # The form of a row on the same page has a field of this name, too.
        self.fields["revision"].widget.attrs["id"] = "id_text_revision"
        self.fields["body"].widget.attrs["rows"] = 4 if code in WITH_PARTS else 14
        self.helper = laid_out(Fieldset("", "body", "not_applicable"), "revision")
