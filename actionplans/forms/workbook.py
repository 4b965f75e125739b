"""A filled workbook as it is handed in, and what is answered about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import laid_out
from actionplans.models import FilledWorkbook
from actionplans.workbook.read import LARGEST_WORKBOOK, check
from actionplans.workbook.take import Answers, districts_for
from actionplans.workbook.trial import places_in, quarters_in
from portal.accounts.models import User
from portal.periods import Quarter
from portal.sheets import XLSX
from portal.uploads import Unfit, Upload, UploadField


class WorkbookForm(forms.Form):
    """Only what somebody could take at all is kept to be tried."""

    file = UploadField(
        label=gettext_lazy("The filled workbook"),
        help_text=gettext_lazy("XLSX, as downloaded here and filled since."),
        largest=LARGEST_WORKBOOK,
        widget=forms.ClearableFileInput(attrs={"accept": f"{XLSX},.xlsx"}),
        error_messages={"required": gettext_lazy("Choose the workbook.")},
    )

    def __init__(self, *args: Any, user: User, quarter: Quarter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.quarter = user, quarter
        self.helper = laid_out("file")

    def clean_file(self) -> Upload:
        upload: Upload = self.cleaned_data["file"]
        try:
            rows = check(upload.content)
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit
        codes = quarters_in(rows)
        if codes and self.quarter.code not in codes:
            raise forms.ValidationError(
                _("This workbook is not for %(quarter)s.") % {"quarter": self.quarter}
            )
        if not districts_for(self.user).filter(pk__in=places_in(rows)).exists():
            raise forms.ValidationError(
                _("None of the districts in this workbook is in your charge.")
            )
        return upload

    def save(self) -> FilledWorkbook:
        upload: Upload = self.cleaned_data["file"]
        return FilledWorkbook.objects.create(
            user=self.user,
            quarter=self.quarter.code,
            file=ContentFile(upload.content, name="workbook.xlsx"),
        )


def answers_in(data: QueryDict) -> Answers:
    """What the page of a trial sends: each field is named for its item."""
    return Answers(
        choices=_named(data, "choice-"),
        seen=_named(data, "seen-"),
        notes=_named(data, "note-"),
        ticked=data.getlist("right"),
    )


def _named(data: QueryDict, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(value)
        for name, value in data.items()
        if name.startswith(prefix)
    }
