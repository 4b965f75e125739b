"""What everybody says of a draft, and what its district makes of it."""

from __future__ import annotations

import time
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.forms.layout import laid_out
from actionplans.models import Consultation, ConsultationComment, SectionCode
from actionplans.models.consultation import LONGEST_COMMENT
from portal.accounts.models import Appointment
from portal.forms import ModelForm, RevisedForm

SALT = "actionplans.consultations.drawn"
SHORTEST_COMMENT = 10
# Nobody reads and types faster than this; a program does.
SOONEST = 3
LATEST = 24 * 60 * 60


def drawn_now(consultation: Consultation) -> str:
    """Says when a form was drawn, and for which consultation; nobody can forge it."""
    return signing.dumps([consultation.pk, int(time.time())], salt=SALT)


def _choose(
    form: forms.BaseForm, name: str, nothing: str, choices: list[tuple[Any, Any]]
) -> None:
    """The choices of a field, after what choosing nothing is called."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", nothing), *choices]


class Paragraphs(forms.CharField):
    """Text whose line ends count as one character, as they do in the browser."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class CommentForm(ModelForm):
    """A comment on one section, from anybody. Programs fall into two traps.

    `homepage` is out of sight and stays empty; `drawn` says when the form was drawn. It
    is no field, because the form shown again carries a new one.
    """

    text = Paragraphs(
        label=gettext_lazy("Comment"),
        min_length=SHORTEST_COMMENT,
        max_length=LONGEST_COMMENT,
        help_text=gettext_lazy(
            "Up to 2,000 characters. Do not write names or telephone numbers: what you"
            " write is published."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    homepage = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ConsultationComment
        fields = ["section", "standing", "text"]

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        office: Appointment | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.instance.consultation = consultation
        self.instance.said_by = office
        numbered = [(code.value, f"{code}. {code.label}") for code in SectionCode]
        _choose(self, "section", _("Choose"), numbered)
        standings = ConsultationComment.Standing.choices
        _choose(self, "standing", _("Choose"), standings)
        rows: list[Any] = ["section", "standing", "text"]
        if office:
            self.instance.standing = ConsultationComment.Standing.OFFICE
            del self.fields["standing"]
            rows.remove("standing")
        self.helper = laid_out(*rows)

    @property
    def drawn(self) -> str:
        return drawn_now(self.consultation)

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Only a program fills this in: empty it."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and (doubt := self._doubt()):
            self.add_error(None, doubt)
        return cleaned

    def _doubt(self) -> str:
        try:
            of, at = signing.loads(self.data.get("drawn", ""), salt=SALT)
        except signing.BadSignature:
            of, at = None, 0
        age = time.time() - at
        if of != self.consultation.pk or age > LATEST:
            return _(
                "The page was open for more than a day. What you typed is kept: look it"
                " over and send it again."
            )
        if age < SOONEST:
            return _("That was very quick. Look it over and send it again.")
        return ""


class ModerationForm(RevisedForm):
    """Whether a comment is shown, and what became of it."""

    status = forms.ChoiceField(
        label=gettext_lazy("Everybody may read it"),
        choices=[
            (ConsultationComment.Status.SHOWN, gettext_lazy("Show it")),
            (ConsultationComment.Status.HIDDEN, gettext_lazy("Hide it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it is shown.")},
    )

    class Meta:
        model = ConsultationComment
        fields = ["status", "hidden_because", "outcome", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "hidden_because": gettext_lazy(
                "Only if it is hidden: it names a person, insults, or is about"
                " something else. Officials of the district read the reason."
            ),
            "answer": gettext_lazy("Everybody reads it below the comment."),
        }

    def __init__(self, *args: Any, instance: ConsultationComment, **kwargs: Any):
        # Several of these stand on one page.
        kwargs.setdefault("auto_id", f"c{instance.pk}_%s")
        super().__init__(*args, instance=instance, **kwargs)
        if instance.status == ConsultationComment.Status.WAITING:
            self.initial["status"] = ""
        outcomes = ConsultationComment.Outcome.choices
        _choose(self, "outcome", _("Not decided yet"), outcomes)
        self.helper = laid_out(
            Row(
                Column("status", css_class="col-md-5"),
                Column("hidden_because", css_class="col-md-7"),
                css_class="align-items-start",
            ),
            Row(
                Column("outcome", css_class="col-md-5"),
                Column("answer", css_class="col-md-7"),
                css_class="align-items-start",
            ),
            "revision",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        hides = cleaned.get("status") == ConsultationComment.Status.HIDDEN
        if hides and not cleaned.get("hidden_because"):
            self.add_error("hidden_because", _("Say why it is hidden."))
        if not hides:
            cleaned["hidden_because"] = ""
        if cleaned.get("outcome") and not cleaned.get("answer"):
            self.add_error("answer", _("Say in a sentence what became of it."))
        return cleaned
