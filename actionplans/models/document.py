"""Files that offices attach, their release to the public, and their intake in bulk."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import District, State
from portal.accounts.models import Appointment
from portal.terms import PUBLIC


def document_path(document: Document, _name: str) -> str:
    """Files lie under their hash: never under a name that somebody could guess."""
    return f"documents/{document.sha256[:2]}/{document.sha256}"


def intake_path(_intake: Intake, _name: str) -> str:
    return f"intake/{uuid.uuid4()}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def released(self) -> DocumentQuerySet:
        """What everybody may read: as long as its plan is public too."""
        return self.filter(release__isnull=False, plan__status__in=PUBLIC)


class Document(models.Model):
    """A file that an office has attached. Append-only; shown to officials only.

    The public reads that of a public plan once it is released. `has_text` is false for
    a scan in which nothing can be searched or read aloud; it and `pages` are empty
    where not counted.
    """

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("Minutes of a meeting")
        ORDER = "order", _("Order")
        PLAN = "plan", _("Action plan")

    district = models.ForeignKey(District, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=document_path, max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True)
    has_text = models.BooleanField(_("has text, not only pictures"), null=True)
    uploaded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.title


class DocumentRelease(models.Model):
    """An office says that the document holds no personal data: the public reads it."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="release")
    released_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("release of a document")
        verbose_name_plural = _("releases of documents")

    def __str__(self) -> str:
        return str(self.document)


class Intake(models.Model):
    """A State's old plans, handed in together: a sheet of districts and a zip of files.

    It is tried first, and recorded all or nothing at `done_at`.
    """

    state = models.ForeignKey(State, models.PROTECT, related_name="+")
    sheet = models.FileField(_("sheet"), upload_to=intake_path)
    files = models.FileField(_("files"), upload_to=intake_path)
    uploaded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    # What each file in the zip was found to be, by its name: looked at once.
    found = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.state}, {self.uploaded_at:%Y-%m-%d}"
