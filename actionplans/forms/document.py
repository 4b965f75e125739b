"""A file that an office attaches, judged by what is in it and not by its name."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import laid_out
from actionplans.models import Document
from districts.models import District
from portal.accounts.models import Appointment

PDF = "application/pdf"
PDF_STARTS_WITH = b"%PDF-"
LARGEST_BYTES = 10 * 1024 * 1024


class MinutesForm(forms.Form):
    """The signed minutes of a meeting, as PDF."""

    file = forms.FileField(
        label=gettext_lazy("Signed minutes"),
        help_text=gettext_lazy("A PDF of at most 10 MB."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file of the minutes.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("file")

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(_("This file is empty. Choose another."))
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 10 MB. Scan it in fewer dots, or in grey.")
            )
        starts = file.read(len(PDF_STARTS_WITH))
        file.seek(0)
        if starts != PDF_STARTS_WITH:
            raise forms.ValidationError(
                _("This is no PDF, whatever its name says. Save it as PDF first.")
            )
        return file

    def save(self, district: District, *, title: str, by: Appointment) -> Document:
        file: UploadedFile = self.cleaned_data["file"]
        assert file.size
        return Document.objects.create(
            district=district,
            kind=Document.Kind.MINUTES,
            title=title,
            file=file,
            content_type=PDF,
            size=file.size,
            sha256=_digest(file),
            uploaded_by=by,
        )


def _digest(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
