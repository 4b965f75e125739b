"""What was recorded wrongly, put right by one office and confirmed by another.

Nothing is overwritten: a corrected event is replaced by a new one, and an erratum
stands beside the text of a sealed plan.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.event import PlanEvent
from actionplans.models.parts import SectionCode
from actionplans.models.plan import Plan
from districts.models import District
from portal.accounts.models import Appointment
from portal.terms import Confirmation

# What makes a number: digits and their sign, and the words that multiply or divide.
NUMBERS = re.compile(
    r"[-+\N{MINUS SIGN}]?\d(?:[\d.,]*\d)?|[%₹]"
    r"|\b(?:hundred|thousand|lakh|lac|crore|million|billion|per ?cent)(?=s?\b)"
    r"|सौ|हज़ार|हजार|लाख|करोड़|प्रतिशत",
)


class ToConfirm(models.Model):
    """What one office asks for and another decides; `district` is the plan's."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=Confirmation, default=Confirmation.WAITING
    )
    reason = models.CharField(_("reason"), max_length=300)
    recorded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.status == Confirmation.WAITING


def decided(name: str) -> models.CheckConstraint:
    """Whatever no longer waits was decided by somebody else, at some time."""
    waiting = Q(status=Confirmation.WAITING)
    by_another = Q(decided_by__isnull=False) & ~Q(decided_by=F("recorded_by"))
    return models.CheckConstraint(
        name=name,
        condition=(waiting & Q(decided_by=None, decided_at=None))
        | (~waiting & by_another & Q(decided_at__isnull=False)),
    )


class Correction(ToConfirm):
    """Another day, or another order number, for a step that was recorded wrongly."""

    event = models.ForeignKey(PlanEvent, models.PROTECT, related_name="corrections")
    effective_on = models.DateField(_("effective on"))
    order_number = models.CharField(_("order number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["pk"]
        constraints = [
            decided("correction_decided_by_somebody"),
            models.UniqueConstraint(
                name="correction_one_waiting",
                fields=["event"],
                condition=Q(status=Confirmation.WAITING),
                violation_error_message=_(
                    "A correction of this step already waits for another office."
                ),
            ),
            models.CheckConstraint(name="correction_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def plan(self) -> Plan:
        return self.event.plan


class Erratum(ToConfirm):
    """What an adopted plan should say in place of some words; never another number."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="errata")
    section = models.PositiveSmallIntegerField(_("section"), choices=SectionCode)
    wrong = models.CharField(_("the plan says"), max_length=500)
    right = models.CharField(_("it should say"), max_length=500)

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["section", "pk"]
        constraints = [
            decided("erratum_decided_by_somebody"),
            models.CheckConstraint(
                name="erratum_section_known",
                condition=Q(section__in=SectionCode.values),
            ),
            models.CheckConstraint(
                name="erratum_changes_something",
                condition=~Q(wrong=F("right")) & ~Q(wrong="") & ~Q(reason=""),
                violation_error_message=_("Both texts are the same."),
            ),
        ]

    def __str__(self) -> str:
        return self.right

    def clean(self) -> None:
        wrong, right = (NUMBERS.findall(t.lower()) for t in (self.wrong, self.right))
        if wrong != right:
            raise ValidationError(
                _("An erratum never touches a number: that needs an amendment.")
            )
