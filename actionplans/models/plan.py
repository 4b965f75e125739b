"""The District Export Action Plan and its parts."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplans.models.parts import Bottleneck, Intervention, PlanProduct
from actionplans.models.target import Target
from districts.models import District
from portal.accounts.models import Appointment, User
from portal.conditions import open_q
from portal.periods import financial_year_label, first_day_of_year, last_day_of_year
from portal.terms import (
    ADOPTED_ONCE,
    HOLDERS,
    IN_FORCE,
    IN_PREPARATION,
    PUBLIC,
    RECORDED_AS_DOCUMENT,
    Action,
    Role,
    Status,
)


class PlanQuerySet(models.QuerySet["Plan"]):
    def public(self) -> PlanQuerySet:
        return self.filter(status__in=PUBLIC)

    def been_public(self) -> PlanQuerySet:
        """Those too that were annulled after everybody had been able to read them."""
        shown = Q(events__action__in=[Action.PUBLISH, Action.RECORD])
        annulled = self.model.objects.filter(shown, status=Status.ANNULLED)
        return self.filter(Q(status__in=PUBLIC) | Q(pk__in=annulled.values("pk")))

    def in_force(self) -> PlanQuerySet:
        """Structured and published: what targets are followed by."""
        return self.filter(status=Status.PUBLISHED)

    def followed(self) -> PlanQuerySet:
        """Those in force of districts that live today."""
        living = District.objects.living().order_by()
        return self.in_force().filter(district__in=living)

    def in_preparation(self) -> PlanQuerySet:
        return self.filter(status__in=IN_PREPARATION)

    def visible_to(self, user: User) -> PlanQuerySet:
        """What everybody may read, and whatever lies in the user's charge."""
        charge = user.charge(list(Role)).q("district")
        return self.filter(Q(status__in=PUBLIC) | charge)

    def open_to(self, user: User, action: Action) -> PlanQuerySet:
        """Plans on which the user may take this action now: the twin of `may`."""
        return self.filter(open_q(user, action)).distinct()

    def with_place(self) -> PlanQuerySet:
        return self.select_related("district__state", "recorded_by", "document")

    def whole(self) -> PlanQuerySet:
        """With every part, in a fixed number of queries: for pages, gate and seal."""
        return self.with_place().prefetch_related(
            "sections",
            Prefetch("products", PlanProduct.objects.select_related("product")),
            Prefetch("bottlenecks", Bottleneck.objects.with_names()),
            Prefetch("interventions", Intervention.objects.with_names()),
            Prefetch("targets", Target.objects.with_names()),
            "targets__milestones",
        )

    def to_read(self) -> PlanQuerySet:
        """As `whole`, with no more than the page of a plan shows.

        The targets of its interventions come by `ties.tie`, from one plan's alone.
        """
        actions = Intervention.objects.select_related("bottleneck", "lead")
        return self.with_place().prefetch_related(
            "sections",
            Prefetch("products", PlanProduct.objects.select_related("product")),
            Prefetch("bottlenecks", Bottleneck.objects.select_related("unblocker")),
            Prefetch("interventions", actions.select_related("fund_source")),
            "interventions__supporting",
            Prefetch("targets", Target.objects.with_names()),
            "targets__milestones",
        )


class Plan(models.Model):
    """A district's action plan over whole financial years.

    A new version is a new row whose parts keep their line, so that a plan in force
    never changes. `number` is given at adoption. `revision` rises with every edit of
    the plan or its parts. An old plan is recorded with its `document`; until its
    structure is handed in and checked, it is not `structured`, and what is typed of it
    so far is for the desk only. `recorded_by` is the office whose record another one
    has to confirm: of an adoption or of a transcription. `saved_at`, `saved_by` and
    `saved_section` tell who edited it last, and where.
    """

    class PreparedBy(models.TextChoices):
        DIC = "dic", _("District Industries Centre")
        RA = "ra", _("Regional Authority")
        STATE = "state_body", _("State body")
        CONSULTANT = "consultant", _("Consultant")

    district = models.ForeignKey(District, models.PROTECT, related_name="plans")
    year_from = models.PositiveSmallIntegerField(_("first financial year"))
    year_to = models.PositiveSmallIntegerField(_("last financial year"))
    prepared_by = models.CharField(
        _("prepared by"), max_length=10, choices=PreparedBy, default=PreparedBy.DIC
    )
    products_reason = models.CharField(
        _("why not two or three products"), max_length=300, blank=True
    )
    number = models.PositiveSmallIntegerField(_("version"), null=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=Status,
        default=Status.DRAFT,
        editable=False,
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="amendments"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    recorded_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, editable=False, related_name="+"
    )
    document = models.OneToOneField(
        "actionplans.Document",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="plan",
    )
    structured = models.BooleanField(default=True, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    saved_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, editable=False, related_name="+"
    )
    saved_section = models.PositiveSmallIntegerField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["district__name", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="plan_number_once", fields=["district", "number"]
            ),
            models.UniqueConstraint(
                name="plan_one_in_force",
                fields=["district"],
                condition=Q(status__in=IN_FORCE),
                violation_error_message=_("A plan of this district is in force."),
            ),
            models.UniqueConstraint(
                name="plan_one_in_preparation",
                fields=["district"],
                condition=Q(status__in=IN_PREPARATION),
                violation_error_message=_(
                    "A plan of this district is already being prepared."
                ),
            ),
            models.CheckConstraint(
                name="plan_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="plan_years_in_order",
                condition=Q(year_to__gte=F("year_from"))
                & Q(year_to__lte=F("year_from") + 4),
                violation_error_message=_(
                    "A plan covers one to five financial years, first year first."
                ),
            ),
            models.CheckConstraint(
                name="plan_numbered_when_sealed",
                condition=Q(status__in=ADOPTED_ONCE, number__isnull=False)
                | (~Q(status__in=ADOPTED_ONCE) & Q(number=None)),
            ),
            models.CheckConstraint(
                name="plan_submitted_by_somebody",
                condition=Q(status__in=[Status.DRAFT, Status.DISCARDED])
                | Q(submitted_by__isnull=False)
                | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_recorded_by_somebody",
                condition=~Q(status__in=[Status.RECORDED, Status.TRANSCRIBED])
                | Q(recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_published_with_structure",
                condition=~Q(status=Status.PUBLISHED) | Q(structured=True),
            ),
            models.CheckConstraint(
                name="plan_without_structure_has_document",
                condition=Q(structured=True) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_not_structured_until_checked",
                condition=~Q(status__in=RECORDED_AS_DOCUMENT) | Q(structured=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("desk:plan", args=[self.pk])

    @property
    def period(self) -> str:
        first, last = map(financial_year_label, (self.year_from, self.year_to))
        return (
            first
            if first == last
            else gettext("%(first)s to %(last)s")
            % {
                "first": first,
                "last": last,
            }
        )

    @property
    def first_day(self) -> dt.date:
        return first_day_of_year(self.year_from)

    @property
    def last_day(self) -> dt.date:
        return last_day_of_year(self.year_to)

    @property
    def holder(self) -> Role | None:
        """The office in whose hands it lies, while it is in preparation."""
        return HOLDERS.get(Status(self.status))

    @property
    def is_whole(self) -> bool:
        """Whether it was fetched with all its parts, and not refreshed since."""
        at_hand = getattr(self, "_prefetched_objects_cache", {})
        return {"sections", "interventions", "targets"} <= at_hand.keys()

    @property
    def is_in_preparation(self) -> bool:
        return self.status in IN_PREPARATION
