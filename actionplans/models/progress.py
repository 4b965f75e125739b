"""What a district reports each quarter: entries while it is prepared, then readings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.parts import Line
from actionplans.models.words import ActionStatus, WhyNot
from actionplans.progress import FigureState
from districts.models import District
from portal.accounts.models import Appointment
from portal.fields import HundredthsField, RupeesField
from portal.periods import Quarter


class Report(models.Model):
    """A district's quarterly report. Once filed, the database freezes it.

    `quarter` is a code (20262 is July to September 2026). `asked` and `given` count
    the figures that were due and those that came, a nil included, on the day of filing.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="reports")
    quarter = models.PositiveIntegerField(_("quarter"))
    done = models.TextField(_("what was done"), blank=True)
    next_steps = models.TextField(_("what comes next"), blank=True)
    help_needed = models.TextField(_("what help is needed"), blank=True)
    prepared_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, editable=False, related_name="+"
    )
    filed_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, editable=False, related_name="+"
    )
    filed_on = models.DateField(_("filed on"), null=True, editable=False)
    filed_at = models.DateTimeField(null=True, editable=False)
    asked = models.PositiveSmallIntegerField(default=0, editable=False)
    given = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("quarterly report")
        verbose_name_plural = _("quarterly reports")
        ordering = ["-quarter", "district__name"]
        constraints = [
            models.UniqueConstraint(
                name="report_once",
                fields=["district", "quarter"],
                violation_error_message=_("This quarter has its report already."),
            ),
            models.CheckConstraint(
                name="report_filed_by_somebody",
                condition=Q(filed_on=None, filed_by=None, filed_at=None)
                | Q(
                    filed_on__isnull=False,
                    filed_by__isnull=False,
                    filed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="report_given_of_asked", condition=Q(given__lte=F("asked"))
            ),
        ]
        indexes = [
            models.Index(fields=["filed_on"]),
            # What a district has filed is read from this index alone.
            models.Index(
                name="report_kept",
                fields=["district", "filed_on", "quarter", "asked", "given"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}, {self.period}"

    @property
    def period(self) -> Quarter:
        return Quarter.from_code(self.quarter)

    @property
    def is_filed(self) -> bool:
        return self.filed_on is not None

    @property
    def is_late(self) -> bool:
        return self.filed_on is not None and self.filed_on > self.period.due_on


class ReadingEntry(models.Model):
    """A figure being prepared; empty until somebody enters it. Frozen with its report.

    Hundredths of the indicator's unit; a rate has numerator and denominator instead.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="entries")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    state = models.CharField(max_length=15, choices=FigureState, blank=True)
    value = HundredthsField(_("value"), null=True, blank=True)
    numerator = HundredthsField(_("part"), null=True, blank=True)
    denominator = HundredthsField(_("whole"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=15, choices=WhyNot, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                name="readingentry_once", fields=["report", "line"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.line_id}"


class ActionEntry(models.Model):
    """What changed in an intervention this quarter; frozen with its report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="action_entries")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=ActionStatus)
    percent = models.PositiveSmallIntegerField(_("per cent done"), default=0)
    released = RupeesField(_("released"), null=True, blank=True)
    spent = RupeesField(_("spent"), null=True, blank=True)
    due_on = models.DateField(_("new due date"), null=True, blank=True)
    reason = models.CharField(_("why it moved"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change of an intervention")
        verbose_name_plural = _("changes of interventions")
        constraints = [
            models.UniqueConstraint(name="actionentry_once", fields=["report", "line"]),
            models.CheckConstraint(
                name="actionentry_percent_to_100",
                condition=Q(percent__lte=100),
                violation_error_message=_("Per cent done lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="actionentry_moved_with_reason",
                condition=Q(due_on=None) | ~Q(reason=""),
                violation_error_message=_("Say why the due date moved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_status_display()}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def current(self) -> ReadingQuerySet:
        """Those that no correction has superseded."""
        return self.filter(superseded_by=None)


class Reading(models.Model):
    """A figure that was filed. Append-only: a correction is a new row with its reason.

    The first reading of a line and quarter supersedes nothing, and a reading is
    superseded once: so one of them is current, and the database says so.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="readings")
    quarter = models.PositiveIntegerField(_("quarter"))
    as_on = models.DateField(_("as on"), null=True)
    state = models.CharField(max_length=15, choices=FigureState)
    value = HundredthsField(null=True)
    numerator = HundredthsField(null=True)
    denominator = HundredthsField(null=True)
    reason = models.CharField(max_length=15, choices=WhyNot, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, related_name="readings"
    )
    entered_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="reading_first_once",
                fields=["line", "quarter"],
                condition=Q(supersedes=None),
            ),
            models.CheckConstraint(
                name="reading_state_fits_figure",
                condition=Q(
                    state=FigureState.VALUE,
                    value__isnull=False,
                    numerator=None,
                    denominator=None,
                )
                | Q(
                    state=FigureState.VALUE,
                    value=None,
                    numerator__isnull=False,
                    denominator__gt=0,
                )
                | Q(
                    state__in=[FigureState.NIL, FigureState.NOT_AVAILABLE],
                    value=None,
                    numerator=None,
                    denominator=None,
                ),
            ),
            models.CheckConstraint(
                name="reading_not_available_because",
                condition=~Q(state=FigureState.NOT_AVAILABLE) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="reading_corrected_because",
                condition=Q(supersedes=None) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.quarter}"


class Verification(models.Model):
    """That an office has checked a reading which another entered. Append-only."""

    reading = models.OneToOneField(Reading, models.PROTECT, related_name="verification")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return str(self.reading_id)


class InterventionUpdate(models.Model):
    """Where an intervention stood at the end of a quarter. Append-only.

    The last row counts. Money is whole rupees since the start. A moved due date keeps
    the old one in the rows before it.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="updates")
    report = models.ForeignKey(Report, models.PROTECT, related_name="updates")
    quarter = models.PositiveIntegerField(_("quarter"))
    status = models.CharField(_("status"), max_length=12, choices=ActionStatus)
    percent = models.PositiveSmallIntegerField(default=0)
    released = RupeesField(null=True)
    spent = RupeesField(null=True)
    due_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("update of an intervention")
        verbose_name_plural = _("updates of interventions")
        ordering = ["quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="interventionupdate_once", fields=["report", "line"]
            ),
            models.CheckConstraint(
                name="interventionupdate_percent_to_100",
                condition=Q(percent__lte=100),
            ),
            models.CheckConstraint(
                name="interventionupdate_moved_with_reason",
                condition=Q(due_on=None) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.quarter}: {self.status}"
