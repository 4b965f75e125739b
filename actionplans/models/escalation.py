"""A bottleneck on its way up: who was asked to move it, by when, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.parts import Line
from districts.models import District
from portal.accounts.models import Appointment
from portal.terms import OPEN_ESCALATION, Asked, Rung


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def newest(self) -> EscalationQuerySet:
        """The last row of each bottleneck: how it stands."""
        later = Escalation.objects.filter(
            line=OuterRef("line"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))

    def open(self) -> EscalationQuerySet:
        return self.newest().filter(status__in=OPEN_ESCALATION)


class Escalation(models.Model):
    """One move: a rung was asked, it answered, or the matter was closed.

    Append-only. The last row of a line, the one with the highest `number`, says how it
    stands; `rung` is the one that was asked last. `answer_by` is set while it waits.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="escalations")
    district = models.ForeignKey(
        District, models.PROTECT, related_name="escalations", editable=False
    )
    number = models.PositiveSmallIntegerField()
    status = models.CharField(_("status"), max_length=10, choices=Asked)
    rung = models.PositiveSmallIntegerField(_("asked"), choices=Rung)
    text = models.TextField(_("what is asked or answered"), max_length=1000)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["line", "number"]
        constraints = [
            models.UniqueConstraint(
                name="escalation_one_after_the_other", fields=["line", "number"]
            ),
            models.CheckConstraint(
                name="escalation_waits_with_its_rung",
                condition=Q(status=Asked.OF_DEPC, rung=Rung.DEPC)
                | Q(status=Asked.OF_SEPC, rung=Rung.SEPC)
                | Q(status=Asked.OF_HEADQUARTERS, rung=Rung.HEADQUARTERS)
                | Q(status__in=[Asked.ANSWERED, Asked.SETTLED]),
            ),
            models.CheckConstraint(
                name="escalation_asks_for_a_day",
                condition=Q(status__in=[Asked.ANSWERED, Asked.SETTLED], answer_by=None)
                | Q(
                    status__in=[
                        Asked.OF_DEPC,
                        Asked.OF_SEPC,
                        Asked.OF_HEADQUARTERS,
                    ],
                    answer_by__isnull=False,
                ),
                violation_error_message=_("Say by when you ask for an answer."),
            ),
            models.CheckConstraint(
                name="escalation_says_something", condition=~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.number}: {self.get_status_display()}"
