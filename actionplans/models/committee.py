"""The District Export Promotion Committee: its seats, meetings and decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.document import Document
from districts.models import Agency, District
from portal.accounts.models import Appointment


class SeatKind(models.IntegerChoices):
    """The thirteen seats of Handbook of Procedures 2023, para 3.03."""

    CHAIR = 1, _("Chair")
    CO_CHAIR = 2, _("Co-chair: Regional Authority")
    CONVENER = 3, _("Convener: District Industries Centre")
    STATE_NOMINEE = 4, _("State nominee")
    LEAD_BANK = 5, _("Lead bank")
    MSME = 6, _("MSME office")
    EXPORT_COUNCIL = 7, _("Export promotion council")
    STANDARDS = 8, _("Quality and standards")
    TRADE_ASSOCIATION = 9, _("Trade association")
    SECTOR_MINISTRY = 10, _("Sector ministry")
    STATE_DEPARTMENT = 11, _("State sector department")
    SECTOR_AGENCY = 12, _("Sector agency")
    OTHER = 13, _("Other State representative")


QUORUM_SEATS = (SeatKind.CHAIR, SeatKind.CO_CHAIR, SeatKind.CONVENER)


class Committee(models.Model):
    """The committee of a district, under its local name. No law sets a cadence."""

    district = models.OneToOneField(District, models.PROTECT, related_name="committee")
    local_name = models.CharField(_("local name"), max_length=120, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    constituted_on = models.DateField(_("constituted on"))
    months_between = models.PositiveSmallIntegerField(
        _("months between meetings"), null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.CheckConstraint(
                name="committee_cadence_positive",
                condition=Q(months_between=None) | Q(months_between__gte=1),
                violation_error_message=_("Leave it empty, or give at least a month."),
            ),
        ]

    def __str__(self) -> str:
        return self.local_name or f"DEPC {self.district}"


class Seat(models.Model):
    """A seat and the office that holds it; offices only, never a person."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField(_("seat"), choices=SeatKind)
    office = models.CharField(_("office"), max_length=160, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+"
    )
    vacant_since = models.DateField(_("vacant since"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="seat_once", fields=["committee", "number"]),
            models.CheckConstraint(
                name="seat_number_known", condition=Q(number__in=SeatKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.get_number_display()


class Meeting(models.Model):
    """A meeting held: who was present and what it decided.

    `quorum` is what the State asked on the day; empty means that chair or delegate,
    Regional Authority and convener had to be present.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("By video")
        HYBRID = "hybrid", _("In person and by video")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("meeting number"))
    notice_on = models.DateField(_("notice sent on"), null=True, blank=True)
    held_on = models.DateField(_("held on"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    agenda = models.TextField(_("agenda"), blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    minutes = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_number_once",
                fields=["committee", "number"],
                violation_error_message=_("This meeting number is taken."),
            ),
        ]

    def __str__(self) -> str:
        return _("Meeting %(number)s") % {"number": self.number}

    def present(self) -> set[int]:
        """Numbers of the seats present, in person or by delegate."""
        rows = self.attendance.all()
        return {row.seat.number for row in rows if row.is_present}

    def has_quorum(self) -> bool:
        """Needs `attendance__seat` prefetched to ask nothing of the database."""
        present = self.present()
        if self.quorum is None:
            return set(QUORUM_SEATS) <= present
        return SeatKind.CHAIR in present and len(present) >= self.quorum


class Attendance(models.Model):
    """Whether a seat was present at a meeting, itself or by a delegate."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("present"), default=False)
    by_delegate = models.BooleanField(_("by a delegate"), default=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["seat__number"]
        constraints = [
            models.UniqueConstraint(name="attendance_once", fields=["meeting", "seat"]),
            models.CheckConstraint(
                name="attendance_delegate_is_present",
                condition=Q(by_delegate=False) | Q(is_present=True),
                violation_error_message=_("A delegate who came was present."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.meeting}"


class Decision(models.Model):
    """What a meeting decided, about a plan or anything else. Dissent never blocks."""

    class Kind(models.TextChoices):
        ADOPTION = "adoption", _("The plan is adopted")
        REVIEW = "review", _("Review of progress")
        ACTION = "action", _("Action by an office")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("decision number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("decision"))
    plan = models.ForeignKey(
        "actionplans.Plan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    dissent = models.CharField(_("dissent, if any"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=5, choices=Status, default=Status.OPEN
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["meeting", "number"]
        # The few that are owed among all that were ever taken.
        indexes = [
            models.Index(
                name="decision_owed",
                fields=["meeting"],
                condition=Q(kind="action", status="open"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="decision_number_once",
                fields=["meeting", "number"],
                violation_error_message=_("This decision number is taken."),
            ),
            models.CheckConstraint(
                name="decision_adoption_names_plan",
                condition=~Q(kind="adoption") | Q(plan__isnull=False),
                violation_error_message=_("Say which plan is adopted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.number}/{self.number}"
