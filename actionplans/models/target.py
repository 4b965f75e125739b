"""The quantified targets of a plan."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actionplans.models.indicator import Indicator
from actionplans.models.parts import Line, PlanProduct
from actionplans.progress import Direction, Frequency, Goal, Kind
from districts.models import Agency
from portal.fields import HundredthsField


class Horizon(models.TextChoices):
    SHORT = "short", _("Short term")
    MEDIUM = "medium", _("Medium term")
    LONG = "long", _("Long term")


SHORT_YEARS, MEDIUM_YEARS = 1, 3
DAYS_A_YEAR = 365.25


class TargetQuerySet(models.QuerySet["Target"]):
    def with_names(self) -> TargetQuerySet:
        return self.select_related("indicator", "owner", "plan_product__product")


class Target(models.Model):
    """From a baseline to a goal by a day: hundredths of the indicator's unit.

    Kind, direction and frequency are the indicator's on the day it was chosen, so that
    the database can refuse a goal on the wrong side and a sealed target never changes
    its meaning. No product means the whole district. `explanation` answers what the
    portal found unusual about the goal and is published with it; `due_moved` says why
    an amendment moved the due date of the version before.
    """

    plan = models.ForeignKey("actionplans.Plan", models.PROTECT, related_name="targets")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name=_("indicator"), related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    direction = models.CharField(max_length=5, choices=Direction, editable=False)
    frequency = models.CharField(max_length=10, choices=Frequency, editable=False)
    plan_product = models.ForeignKey(
        PlanProduct,
        models.PROTECT,
        verbose_name=_("product"),
        null=True,
        blank=True,
        related_name="targets",
    )
    baseline = HundredthsField(_("baseline"))
    baseline_on = models.DateField(_("baseline as on"))
    baseline_source = models.CharField(_("source of the baseline"), max_length=200)
    goal = HundredthsField(_("goal"))
    due_on = models.DateField(_("reached by"))
    owner = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("owner agency"), related_name="+"
    )
    verification = models.CharField(_("means of verification"), max_length=200)
    explanation = models.CharField(
        _("answer to the questions"), max_length=500, blank=True
    )
    due_moved = models.CharField(
        _("why the due date moved"), max_length=300, blank=True
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        # The whole district last, which the databases would otherwise not agree on.
        ordering = [
            F("plan_product__order").asc(nulls_last=True),
            "order",
            "due_on",
            "pk",
        ]
        constraints = [
            models.CheckConstraint(
                name="target_total_goal_positive",
                condition=~Q(kind=Kind.TOTAL) | Q(goal__gt=0),
                violation_error_message=_("A total to be reached is above zero."),
            ),
            models.CheckConstraint(
                name="target_goal_in_direction",
                condition=Q(direction=Direction.UP, goal__gt=F("baseline"))
                | Q(direction=Direction.DOWN, goal__lt=F("baseline")),
                violation_error_message=_(
                    "The goal must lie beyond the baseline, in the direction of the"
                    " indicator."
                ),
            ),
            models.CheckConstraint(
                name="target_due_after_baseline",
                condition=Q(due_on__gt=F("baseline_on")),
                violation_error_message=_("The goal is due after the baseline's day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator.name)

    @property
    def horizon(self) -> Horizon:
        """A label, counted from the first day of the plan."""
        years = (self.due_on - self.plan.first_day).days / DAYS_A_YEAR
        if years <= SHORT_YEARS:
            return Horizon.SHORT
        return Horizon.MEDIUM if years <= MEDIUM_YEARS else Horizon.LONG

    def as_goal(self) -> Goal:
        """What the arithmetic needs; no query if plan and milestones are at hand."""
        return self.goal_by(tuple((m.due_on, m.value) for m in self.milestones.all()))

    def goal_by(self, milestones: tuple[tuple[date, int], ...]) -> Goal:
        """The same, by milestones that were fetched for thousands of targets."""
        return Goal(
            kind=Kind(self.kind),
            direction=Direction(self.direction),
            frequency=Frequency(self.frequency),
            baseline=self.baseline,
            baseline_on=self.baseline_on,
            goal=self.goal,
            due_on=self.due_on,
            plan_starts_on=self.plan.first_day,
            milestones=milestones,
        )


class Milestone(models.Model):
    """What a longer target should have reached by the end of a financial year."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="milestones")
    due_on = models.DateField(_("by"))
    value = HundredthsField(_("value"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(name="milestone_once", fields=["target", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}: {self.value}"
