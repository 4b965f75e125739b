"""The files that an office attaches: minutes, and old plans with what is known of them.

A file that was taken is kept while the rest of the form is put right: no browser
sends it a second time.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplans.blockers import Details
from actionplans.documents import attach, attach_plan, keep
from actionplans.forms.layout import DayInput, laid_out
from actionplans.models import Document
from actionplans.models.document import document_path
from actionplans.pdfs import PDF, Pdf, examine
from districts.models import District
from portal.accounts.models import Appointment
from portal.periods import financial_year_label, financial_year_of
from portal.terms import Action
from portal.uploads import MEGABYTE, Unfit, Upload, UploadField

LARGEST_MINUTES = 10 * MEGABYTE
LARGEST_PLAN = 25 * MEGABYTE
LONGEST_YEARS = 5
# Export action plans have been written since 2019-20.
FIRST_YEAR = 2019
SALT = "actionplans.kept-file"
KEPT_SECONDS = 24 * 60 * 60


class PdfField(UploadField):
    """A PDF, with its content and what is known of it."""

    def __init__(self, *, largest: int = LARGEST_MINUTES, **kwargs: Any) -> None:
        super().__init__(largest=largest, **kwargs)
        self.widget.attrs["accept"] = PDF

    def look_at(self, upload: Upload) -> tuple[bytes, Pdf]:
        return upload.content, examine(upload.content, self.largest)


class MinutesForm(forms.Form):
    """The signed minutes of a meeting, as PDF."""

    file = PdfField(
        label=gettext_lazy("Signed minutes"),
        help_text=gettext_lazy("A PDF of at most 10 MB."),
        error_messages={"required": gettext_lazy("Choose the file of the minutes.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("file")

    def clean_file(self) -> tuple[Pdf, str]:
        """What it is, and where it lies from now on."""
        content, pdf = self.cleaned_data["file"]
        try:
            return pdf, keep(content, pdf)
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit

    def save(self, district: District, *, title: str, by: Appointment) -> Document:
        pdf, path = self.cleaned_data["file"]
        kind = Document.Kind.MINUTES
        return attach(pdf, path, district, kind=kind, title=title, by=by)


class RecordForm(forms.Form):
    """An old plan as its document: adopted long ago, or a draft."""

    kind = forms.ChoiceField(
        label=gettext_lazy("The document is"), widget=forms.RadioSelect
    )
    file = PdfField(
        label=gettext_lazy("The plan"),
        help_text=gettext_lazy("A PDF of at most 25 MB."),
        largest=LARGEST_PLAN,
        error_messages={"required": gettext_lazy("Choose the file of the plan.")},
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    year_from = forms.TypedChoiceField(
        label=gettext_lazy("First financial year"), coerce=int
    )
    year_to = forms.TypedChoiceField(
        label=gettext_lazy("Last financial year"), coerce=int
    )
    adopted_on = forms.DateField(
        label=gettext_lazy("Adopted on"),
        help_text=gettext_lazy("The day of the meeting. Empty for a draft."),
        widget=DayInput,
        error_messages={"required": gettext_lazy("Give the day of the adoption.")},
    )
    order_number = forms.CharField(
        label=gettext_lazy("Number of the order"),
        help_text=gettext_lazy("If there was one."),
        max_length=60,
        required=False,
    )
    is_meant = forms.BooleanField(
        label=gettext_lazy("The same file belongs to this district too"),
        required=False,
    )
    KINDS = {
        Action.RECORD: gettext_lazy("a plan that the committee adopted"),
        Action.RECORD_DRAFT: gettext_lazy("a draft, not adopted yet"),
    }

    def __init__(
        self, *args: Any, district: District, kinds: list[Action], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.district = district
        self.elsewhere: list[District] = []
        self.pdf: Pdf | None = None
        self._offer("kind", [(str(kind), self.KINDS[kind]) for kind in kinds])
        self.fields["kind"].initial = str(kinds[0])
        is_draft = self.data.get("kind", kinds[0]) == Action.RECORD_DRAFT
        self.fields["adopted_on"].required = not is_draft
        self.fields["file"].required = not self.data.get("kept")
        year = financial_year_of(timezone.localdate())
        years = range(FIRST_YEAR, year + LONGEST_YEARS)
        choices = [(y, financial_year_label(y)) for y in years]
        self._offer("year_from", choices[: year - FIRST_YEAR + 2])
        self._offer("year_to", choices)
        self.fields["year_from"].initial = self.fields["year_to"].initial = year
        self._lay_out()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and not 0 <= last - first < LONGEST_YEARS:
            self.add_error(
                "year_to",
                _("A plan covers one to five financial years, first year first."),
            )
        self._check_day(cleaned)
        if "file" not in self.errors:
            self._take_file(cleaned)
        if self.pdf:
            self._ask_if_elsewhere(cleaned, self.pdf)
        return cleaned

    @property
    def action(self) -> Action:
        return Action(self.cleaned_data["kind"])

    @property
    def years(self) -> tuple[int, int]:
        return self.cleaned_data["year_from"], self.cleaned_data["year_to"]

    @property
    def adopted(self) -> Details | None:
        if self.action == Action.RECORD_DRAFT:
            return None
        said = self.cleaned_data
        return Details(
            effective_on=said["adopted_on"], order_number=said["order_number"].strip()
        )

    def save(self, by: Appointment) -> Document:
        assert self.pdf
        path = document_path(Document(sha256=self.pdf.sha256), "")
        return attach_plan(self.pdf, path, self.district, years=self.years, by=by)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _lay_out(self) -> None:
        asked = ["is_meant"] if self.elsewhere else []
        self.helper = laid_out(
            "kind",
            "file",
            "kept",
            *asked,
            Row(
                Column("year_from", css_class="col-6 col-sm-4"),
                Column("year_to", css_class="col-6 col-sm-4"),
            ),
            Row(
                Column("adopted_on", css_class="col-6 col-sm-4"),
                Column("order_number", css_class="col-6 col-sm-8"),
            ),
        )

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        day, since = cleaned.get("adopted_on"), self.district.since
        if cleaned.get("kind") != Action.RECORD or day is None:
            return
        if day > timezone.localdate():
            self.add_error("adopted_on", _("This day lies in the future."))
        elif since and day < since:
            self.add_error("adopted_on", _("On this day the district did not exist."))

    def _take_file(self, cleaned: dict[str, Any]) -> None:
        """The file that was sent, or the one kept from the time before."""
        if cleaned.get("file"):
            content, pdf = cleaned["file"]
            try:
                keep(content, pdf)
            except Unfit as unfit:
                self.add_error("file", str(unfit))
                return
            self.pdf = pdf
        else:
            self.pdf = self._kept(cleaned.get("kept", ""))
        if self.pdf is None:
            self.add_error("file", _("Choose the file of the plan."))
            return
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data[self.add_prefix("kept")] = signing.dumps(asdict(self.pdf), salt=SALT)
        self.data = data
        self["file"].help_text = ngettext(
            "Your file of %(pages)d page is kept. Choose another only to replace it.",
            "Your file of %(pages)d pages is kept. Choose another only to replace it.",
            self.pdf.pages,
        ) % {"pages": self.pdf.pages}

    def _kept(self, token: str) -> Pdf | None:
        try:
            return Pdf(**signing.loads(token, salt=SALT, max_age=KEPT_SECONDS))
        except signing.BadSignature:
            return None

    def _ask_if_elsewhere(self, cleaned: dict[str, Any], pdf: Pdf) -> None:
        rows = Document.objects.filter(kind=Document.Kind.PLAN, sha256=pdf.sha256)
        rows = rows.exclude(district=self.district).select_related("district")
        self.elsewhere = [row.district for row in rows]
        if self.elsewhere:
            self._lay_out()
        if self.elsewhere and not cleaned.get("is_meant"):
            self.add_error(
                "is_meant",
                _(
                    "The same file is recorded for %(district)s. Tick the box if it is"
                    " about both districts; else choose the right file."
                )
                % {"district": self.elsewhere[0].name},
            )


class ReleaseForm(forms.Form):
    """That the document may be read by everybody."""

    is_clean = forms.BooleanField(
        label=gettext_lazy(
            "I have read the document: it holds no names of persons, no mobile numbers,"
            " no e-mail addresses of persons and no signatures."
        ),
        help_text=gettext_lazy(
            "Names of offices and their addresses may stay. If it holds personal data,"
            " cover it and print the document as PDF again; headquarters annuls this"
            " record, and then the covered document is recorded in its place."
        ),
        error_messages={
            "required": gettext_lazy("Read the document and tick this first.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("is_clean")
