"""What every app writes to: the history of the registers and the data version."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One field of a register row that changed: who, when, from, to, why.

    Append-only in the database. Rows that a command brings in have no author.
    """

    register = models.CharField(max_length=40)
    row = models.CharField(max_length=80)
    field = models.CharField(max_length=40, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["register", "row"])]

    def __str__(self) -> str:
        return f"{self.register} {self.row} {self.field}"


class DataVersion(models.Model):
    """One row whose number rises with every transaction that changes something public.

    What is kept in memory between requests (the search index) is renewed by it, in any
    number of processes.
    """

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> DataVersion:
        """The row as it is now; one query."""
        return cls.objects.order_by("pk").first() or cls()

    @classmethod
    def rise(cls) -> None:
        """Call inside the transaction that changes what the public sees."""
        now = timezone.now()
        if not cls.objects.update(number=F("number") + 1, changed_at=now):
            # Nobody had one yet, which counted as the first.
            cls.objects.create(number=2)


class ParkedPost(models.Model):
    """What an official typed and sent when the session was lost; kept for a day.

    `fields` are the names and values as the browser sent them, without files.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    had_files = models.BooleanField(default=False)
    parked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("parked post")
        verbose_name_plural = _("parked posts")
        indexes = [models.Index(fields=["parked_at"])]

    def __str__(self) -> str:
        return self.path


class OutgoingMail(models.Model):
    """A mail to an official, from the day it is written until it is sent or given up.

    `key` names what it says: the database takes it once, so nobody gets it twice. A
    mail is marked as `sending` before the server is asked. If the process ends then,
    nobody knows whether it went out: it is given up, not sent again.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Waits to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mails"
    )
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "next_try_at"])]
        constraints = [
            models.CheckConstraint(
                name="outgoingmail_sent_at_a_moment",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.key
