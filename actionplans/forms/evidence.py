"""A file that is to stand behind a figure or a change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from actionplans.evidence.proofs import LARGEST, Proof, examined
from actionplans.forms.layout import laid_out
from actionplans.models.evidence import ENDINGS
from portal.uploads import Upload, UploadField


class ProofField(UploadField):
    """A PDF, a picture or a table, as it is to be kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(largest=LARGEST, **kwargs)
        self.widget.attrs["accept"] = ",".join([*ENDINGS, ".csv", ".xlsx"])

    def look_at(self, upload: Upload) -> Proof:
        return examined(upload)


class EvidenceForm(forms.Form):
    """What the file shows, and the file."""

    title = forms.CharField(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy(
            "In a few words, such as: page 12 of the register of exporters."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what the file shows.")},
    )
    file = ProofField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, picture (JPEG, PNG, WebP), XLSX or CSV of at most 10 MB. A picture is"
            " drawn anew: where and when it was taken is not kept."
        ),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("title", "file")
