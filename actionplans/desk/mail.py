"""Which mails an official gets, how often and in which language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplans.forms.mail import MailForm
from actionplans.reminders.writing import next_digest
from portal.accounts.models import User
from portal.http import DeskRequest
from portal.models import OutgoingMail

MAILS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """The next mail in its own language; without text if there is nothing to say."""

    on: dt.date
    subject: str = ""
    text: str = ""

    @classmethod
    def of(cls, user: User) -> Preview:
        digest = next_digest(user)
        if not digest.lines:
            return cls(digest.on)
        with translation.override(user.mail_language):
            return cls(digest.on, digest.subject, digest.text)


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: DeskRequest) -> HttpResponse:
    form = MailForm(request.POST or None, instance=request.user)
    if form.is_valid():
        request.user.save(update_fields=form.Meta.fields)
        messages.success(request, _("Saved. The next mail comes as you chose."))
        return redirect("desk:mail")
    sent = request.user.mails.filter(status=OutgoingMail.Status.SENT)
    context = {
        "form": form,
        "sent": sent.order_by("-sent_at")[:MAILS_SHOWN],
        "preview": Preview.of(request.user) if "preview" in request.GET else None,
    }
    return render(request, "actionplans/desk/mail.html", context)
