"""The parts of a plan: sections, products, bottlenecks, interventions, their lines."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from districts.models import Agency, District, Product
from portal.fields import RupeesField

SECTION_MIN_CHARS = 100


class SectionCode(models.IntegerChoices):
    """The contents of a plan: Handbook of Procedures 2023, para 3.05."""

    DISTRICT = 1, _("District profile")
    INDUSTRY = 2, _("Industry profile")
    PRODUCTS = 3, _("Products and services")
    BOTTLENECKS = 4, _("Bottlenecks")
    RESPONSIBILITIES = 5, _("Institutional responsibilities and reforms")
    INTERVENTIONS = 6, _("Interventions: infrastructure, logistics, policy")
    TARGETS = 7, _("Targets and timelines")
    INCENTIVES = 8, _("Incentives and support")
    TRAINING = 9, _("Training needs")
    DATA = 10, _("District export data")
    STRATEGY = 11, _("Mid- and long-term export strategy")


class PlanSection(models.Model):
    """One of the eleven sections: its text, or why it does not apply."""

    plan = models.ForeignKey(
        "actionplans.Plan", models.PROTECT, related_name="sections"
    )
    code = models.PositiveSmallIntegerField(_("section"), choices=SectionCode)
    body = models.TextField(_("text"), blank=True)
    not_applicable = models.CharField(
        _("not applicable, because"), max_length=300, blank=True
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="plansection_once", fields=["plan", "code"]),
            models.CheckConstraint(
                name="plansection_code_known",
                condition=Q(code__in=SectionCode.values),
            ),
            models.CheckConstraint(
                name="plansection_text_or_reason",
                condition=Q(body="") | Q(not_applicable=""),
                violation_error_message=_(
                    "Write the section, or say why it does not apply: not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()

    @property
    def is_complete(self) -> bool:
        long_enough = len(self.body.strip()) >= SECTION_MIN_CHARS
        return long_enough or bool(self.not_applicable.strip())


class Line(models.Model):
    """What a part of a plan is about, through all its versions.

    Readings, updates and reports hang on the line, never on one version's row.
    `copied_from` is the line of another district's plan that it was copied from.
    """

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product")
        BOTTLENECK = "bottleneck", _("Bottleneck")
        INTERVENTION = "intervention", _("Intervention")
        TARGET = "target", _("Target")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12, choices=Kind)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="copies"
    )

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")

    def __str__(self) -> str:
        return str(self.id)


class PlanProduct(models.Model):
    """One of the two or three products that the plan is about."""

    plan = models.ForeignKey(
        "actionplans.Plan", models.PROTECT, related_name="products"
    )
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    product = models.ForeignKey(
        Product, models.PROTECT, verbose_name=_("product"), related_name="in_plans"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("product of the plan")
        verbose_name_plural = _("products of the plan")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="planproduct_once",
                fields=["plan", "product"],
                violation_error_message=_("The plan names this product already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)


class BottleneckQuerySet(models.QuerySet["Bottleneck"]):
    def with_names(self) -> BottleneckQuerySet:
        return self.select_related("plan_product__product", "unblocker")


class Bottleneck(models.Model):
    """What stands in the way of exports, how much, and who could unblock it."""

    class Category(models.TextChoices):
        QUALITY = "quality", _("Quality and design")
        PRODUCTION = "production", _("Production efficiency")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure")
        LOGISTICS = "logistics", _("Logistics")
        UTILITIES = "utilities", _("Utilities")
        STANDARDS = "standards", _("Standards and testing")
        FINANCE = "finance", _("Finance")
        SKILLS = "skills", _("Skills")
        MARKETS = "markets", _("Access to markets")
        REGULATION = "regulation", _("Regulation")

    class Severity(models.IntegerChoices):
        LOW = 1, _("Slows exports")
        MEDIUM = 2, _("Holds exports back")
        HIGH = 3, _("Stops exports")

    plan = models.ForeignKey(
        "actionplans.Plan", models.PROTECT, related_name="bottlenecks"
    )
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    plan_product = models.ForeignKey(
        PlanProduct,
        models.PROTECT,
        verbose_name=_("product"),
        null=True,
        blank=True,
        related_name="bottlenecks",
    )
    category = models.CharField(_("category"), max_length=15, choices=Category)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    text = models.CharField(_("what stands in the way"), max_length=300)
    unblock = models.CharField(_("what would unblock it"), max_length=300, blank=True)
    unblocker = models.ForeignKey(
        Agency,
        models.PROTECT,
        verbose_name=_("who can"),
        null=True,
        blank=True,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = BottleneckQuerySet.as_manager()

    class Meta:
        verbose_name = _("bottleneck")
        verbose_name_plural = _("bottlenecks")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class InterventionQuerySet(models.QuerySet["Intervention"]):
    def with_names(self) -> InterventionQuerySet:
        return self.select_related(
            "plan_product__product", "bottleneck", "lead", "fund_source"
        ).prefetch_related("supporting", "targets__indicator")


class Intervention(models.Model):
    """What will be done, by whom, by when and with what money (whole rupees).

    `due_moved` says why an amendment moved the due date of the version before.
    """

    plan = models.ForeignKey(
        "actionplans.Plan", models.PROTECT, related_name="interventions"
    )
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    plan_product = models.ForeignKey(
        PlanProduct,
        models.PROTECT,
        verbose_name=_("product"),
        null=True,
        blank=True,
        related_name="interventions",
    )
    bottleneck = models.ForeignKey(
        Bottleneck,
        models.PROTECT,
        verbose_name=_("against the bottleneck"),
        null=True,
        blank=True,
        related_name="interventions",
    )
    targets = models.ManyToManyField(
        "actionplans.Target",
        verbose_name=_("for the targets"),
        blank=True,
        related_name="interventions",
    )
    action = models.CharField(_("action"), max_length=300)
    lead = models.ForeignKey(
        Agency,
        models.PROTECT,
        verbose_name=_("lead agency"),
        null=True,
        blank=True,
        related_name="+",
    )
    supporting = models.ManyToManyField(
        Agency, verbose_name=_("supporting agencies"), blank=True, related_name="+"
    )
    start_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_moved = models.CharField(
        _("why the due date moved"), max_length=300, blank=True
    )
    budget = RupeesField(_("budget"), null=True, blank=True)
    fund_source = models.ForeignKey(
        "actionplans.FundSource",
        models.PROTECT,
        verbose_name=_("fund source"),
        null=True,
        blank=True,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="intervention_due_after_start",
                condition=Q(start_on=None)
                | Q(due_on=None)
                | Q(due_on__gte=F("start_on")),
                violation_error_message=_("It cannot be due before it starts."),
            ),
            models.CheckConstraint(
                name="intervention_budget_positive",
                condition=Q(budget=None) | Q(budget__gte=0),
                violation_error_message=_("A budget is not below zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.action
