"""A draft put before the public: a frozen copy, what people say, what became of it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.event import PlanEvent
from actionplans.models.parts import SectionCode
from actionplans.models.plan import Plan
from portal.accounts.models import Appointment

LONGEST_COMMENT = 2000


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def open_on(self, day: dt.date) -> ConsultationQuerySet:
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Consultation(models.Model):
    """From its first day to its last, both included, everybody reads and comments.

    `body` is the draft as it was on opening, in the canonical bytes of a seal but
    without an adoption; `sha256` is their hash. Append-only.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="consultations")
    event = models.OneToOneField(PlanEvent, models.PROTECT, related_name="consultation")
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    body = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="consultation_closes_after_opening",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("It cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.plan)


class ConsultationComment(models.Model):
    """What somebody says of one section. No name is asked for, and none is kept.

    `sender` is a keyed hash of the address for the day, to stop floods. Nothing shows
    before an office lets it; what it hides stays, with the reason.
    """

    class Standing(models.TextChoices):
        EXPORTER = "exporter", _("Exporter")
        PRODUCER = "producer", _("Producer, farmer or artisan")
        BUYER = "buyer", _("Buyer")
        ASSOCIATION = "association", _("Association or council")
        OFFICE = "office", _("Government office or bank")
        CITIZEN = "citizen", _("Citizen")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Hidden")

    class Outcome(models.TextChoices):
        TAKEN_UP = "taken_up", _("Taken up")
        IN_PART = "in_part", _("Taken up in part")
        NOT_TAKEN = "not_taken", _("Not taken up")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="comments"
    )
    section = models.PositiveSmallIntegerField(_("section"), choices=SectionCode)
    standing = models.CharField(_("you write as"), max_length=12, choices=Standing)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    said_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, editable=False, related_name="+"
    )
    sender = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    hidden_because = models.CharField(_("why it is hidden"), max_length=200, blank=True)
    outcome = models.CharField(
        _("what became of it"), max_length=10, choices=Outcome, blank=True
    )
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, editable=False, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("comment in a consultation")
        verbose_name_plural = _("comments in consultations")
        ordering = ["section", "received_at", "pk"]
        indexes = [models.Index(fields=["sender", "received_at"])]
        constraints = [
            models.CheckConstraint(
                name="consultationcomment_hidden_with_reason",
                condition=~Q(status="hidden") | ~Q(hidden_because=""),
                violation_error_message=_("Say why it is hidden."),
            ),
            models.CheckConstraint(
                name="consultationcomment_outcome_with_answer",
                condition=Q(outcome="") | ~Q(answer=""),
                violation_error_message=_("Say in a sentence what became of it."),
            ),
            models.CheckConstraint(
                name="consultationcomment_section_known",
                condition=Q(section__in=SectionCode.values),
            ),
        ]

    def __str__(self) -> str:
        return self.text
