"""Old plans of a State handed in together: a sheet, and a zip of the files it names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import laid_out, offer
from actionplans.intake.bundle import LARGEST_ZIP, Bundle, look_into
from actionplans.intake.sheet import lines_of, wanted
from actionplans.models import Intake
from districts.models import State
from portal.accounts.models import Appointment
from portal.sheets import LARGEST_SHEET, XLSX, Unreadable
from portal.uploads import Unfit, Upload, UploadField


class IntakeForm(forms.Form):
    """Both files are looked at before anything is kept."""

    state = forms.ModelChoiceField(
        label=gettext_lazy("State"), queryset=State.objects.none(), empty_label=None
    )
    sheet = UploadField(
        largest=LARGEST_SHEET,
        label=gettext_lazy("The sheet"),
        help_text=gettext_lazy("XLSX or CSV: one row for each district."),
        widget=forms.ClearableFileInput(attrs={"accept": f"{XLSX},.xlsx,.csv"}),
        error_messages={"required": gettext_lazy("Choose the sheet.")},
    )
    plans = forms.FileField(
        label=gettext_lazy("The plans"),
        help_text=gettext_lazy(
            "A zip of at most 300 MB with the PDFs that the sheet names, each of at"
            " most 25 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
        error_messages={"required": gettext_lazy("Choose the zip of the plans.")},
    )

    def __init__(self, *args: Any, states: QuerySet[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: set[str] | None = None
        self.bundle: Bundle | None = None
        offer(self, "state", states)
        self.helper = laid_out("state", "sheet", "plans")

    def clean_sheet(self) -> Upload:
        sheet: Upload = self.cleaned_data["sheet"]
        try:
            self.names = wanted(lines_of(sheet.content))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return sheet

    def clean_plans(self) -> UploadedFile:
        files: UploadedFile = self.cleaned_data["plans"]
        if (files.size or 0) > LARGEST_ZIP:
            raise forms.ValidationError(
                _("This zip is larger than 300 MB. Hand the plans in in two parts.")
            )
        if self.names is None:
            return files
        try:
            assert files.file
            self.bundle = look_into(files.file, self.names)
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit
        return files

    def save(self, by: Appointment) -> Intake:
        assert self.bundle
        found = {"files": self.bundle.files, "others": self.bundle.others}
        sheet, files = self.cleaned_data["sheet"], self.cleaned_data["plans"]
        files.seek(0)
        return Intake.objects.create(
            state=self.cleaned_data["state"],
            sheet=ContentFile(sheet.content, name="sheet"),
            files=files,
            uploaded_by=by,
            found=found,
        )
