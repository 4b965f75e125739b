"""Files that stand behind the figures and changes of a quarterly report."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.parts import Line
from actionplans.models.progress import Report
from portal.accounts.models import Appointment
from portal.sheets import XLSX

# The kinds of files that are taken, and what their names end in.
ENDINGS = {
    "application/pdf": "pdf",
    XLSX: "xlsx",
    "text/csv": "csv",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}


def evidence_path(evidence: Evidence, _name: str) -> str:
    """Under a random key, which is no address and cannot be guessed."""
    return f"evidence/{evidence.pk}"


class Evidence(models.Model):
    """A file behind what a report says of one target or intervention.

    It can be taken away until the report is filed; from then on the database keeps it.
    What comes later, with a correction, is added. Officials of the district read it.
    """

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
        CLEAN = "clean", _("Scanned, no virus found")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    line = models.ForeignKey(Line, models.PROTECT, related_name="evidence")
    title = models.CharField(_("what it shows"), max_length=200)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=15, choices=Scan, default=Scan.NOT_SCANNED)
    uploaded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="evidence_once",
                fields=["report", "line", "sha256"],
                violation_error_message=_("This file stands here already."),
            ),
            models.CheckConstraint(
                name="evidence_has_content", condition=Q(size__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        """What kind of file it is, in the letters at the end of a file's name."""
        return ENDINGS[self.content_type].upper()

    @property
    def is_added_later(self) -> bool:
        """Whether the report was filed before it came."""
        filed_at = self.report.filed_at
        return filed_at is not None and self.uploaded_at > filed_at
