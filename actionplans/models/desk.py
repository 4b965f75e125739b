"""What belongs to one official's desk: filled workbooks, things put off, reminders."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.models import OutgoingMail


def workbook_path(_workbook: FilledWorkbook, _name: str) -> str:
    return f"workbooks/{uuid.uuid4()}"


class FilledWorkbook(models.Model):
    """A workbook that an official filled offline and handed in, for one quarter.

    It is tried first, then taken all or nothing at `done_at`, and can be taken back at
    `undone_at` as long as nobody touched what it wrote. `written` has each entry that
    it wrote with what stood there before and after.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="workbooks")
    quarter = models.PositiveIntegerField(_("quarter"))
    file = models.FileField(_("file"), upload_to=workbook_path, max_length=120)
    uploaded_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    written = models.JSONField(default=list)

    class Meta:
        verbose_name = _("filled workbook")
        verbose_name_plural = _("filled workbooks")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="filledworkbook_undone_after_done",
                condition=Q(undone_at=None)
                | Q(done_at__isnull=False, undone_at__gte=F("done_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}, {self.uploaded_at:%Y-%m-%d}"


class Snooze(models.Model):
    """That an official put off something on the worklist until a day, and why.

    `kind`, `place` and `thing` name what waits, as `actionplans.waiting.rows.Row` does.
    It hides the thing from this official only; no due date moves.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="snoozes")
    kind = models.CharField(max_length=12)
    place = models.BigIntegerField()
    thing = models.BigIntegerField()
    until = models.DateField(_("until"))
    reason = models.CharField(_("why"), max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("put off")
        verbose_name_plural = _("put off")
        constraints = [
            models.UniqueConstraint(
                name="snooze_once", fields=["user", "kind", "place", "thing"]
            ),
            models.CheckConstraint(
                name="snooze_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why it can wait."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Reminder(models.Model):
    """That a person was reminded of something, on one rung of the ladder, in a mail.

    `days` is the rung: so many days after the due day, below zero before it. Who was
    reminded of a thing on a rung is never reminded there again.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=12)
    place = models.BigIntegerField()
    thing = models.BigIntegerField()
    due_on = models.DateField()
    days = models.SmallIntegerField()
    mail = models.ForeignKey(OutgoingMail, models.PROTECT, related_name="reminders")

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                name="reminder_once",
                fields=["user", "kind", "place", "thing", "due_on", "days"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} {self.days:+d}"
