"""Sending what lies in the outbox: every mail once, or not at all, and never twice.

A mail is claimed first, which is committed before the server is asked: of two processes
one has it. What a dead process had claimed may have arrived, so it is given up. A mail
that the server cannot take now waits 15 minutes, then 1, 4, 12 and 24 hours; refused
for the sixth time, or for good, it is given up. A server that does not answer at all
costs no mail an attempt. What has waited for more than three days is too old to send.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.utils import timezone

from portal.models import OutgoingMail
from portal.smtp import Unanswered

if TYPE_CHECKING:
    from portal.accounts.models import User

# How long a mail waits after each attempt but the last.
STEPS = [dt.timedelta(minutes=15), *(dt.timedelta(hours=h) for h in (1, 4, 12, 24))]
# No process has a mail for so long, unless it died.
CLAIMED_FOR = dt.timedelta(minutes=15)
TOO_OLD = dt.timedelta(days=3)
# From this code on, a mail server says no for good.
FOR_GOOD = 500
ERROR_LENGTH = 300

MAY_HAVE_ARRIVED = "Sending was cut off; it may have arrived."
STALE = "It waited for more than three days."
NOTHING_LEFT = "What it reminded of was done before it could be sent."
ACCOUNT_CLOSED = "The account is closed."
DEMONSTRATION = "A demonstration account gets no mail of a real site."
NO_POST = "The person holds no post any more."

Status = OutgoingMail.Status
Mails = QuerySet[OutgoingMail]


class Unreachable(Exception):
    """The mail server takes nothing now."""


def waiting() -> Mails:
    return OutgoingMail.objects.filter(status=Status.PENDING).order_by("pk")


def bar(user: User) -> str:
    """Why the person gets no mail; nothing if they may get it."""
    if not user.is_active:
        return ACCOUNT_CLOSED
    if user.is_demonstration and not settings.DEMO:
        return DEMONSTRATION
    return "" if user.current_appointments else NO_POST


def send_all() -> Iterator[OutgoingMail]:
    """Each mail that was tried or given up, as it is then, until the server is gone."""
    now = timezone.now()
    abandoned = OutgoingMail.objects.filter(status=Status.SENDING, next_try_at__lte=now)
    yield from give_up(abandoned, MAY_HAVE_ARRIVED)
    yield from give_up(waiting().filter(written_at__lt=now - TOO_OLD), STALE)
    due = list(waiting().filter(next_try_at__lte=now).values_list("pk", flat=True))
    with closing(get_connection()) as connection:
        for key in due:
            _reach(connection)
            if mail := _claim(key):
                _hand_over(mail, connection)
                yield mail


def give_up(mails: Mails, error: str) -> Iterator[OutgoingMail]:
    """Those of the mails that nobody else took meanwhile, given up."""
    for mail in mails.order_by("pk"):
        if mails.filter(pk=mail.pk).update(status=Status.FAILED, error=error):
            mail.status, mail.error = Status.FAILED, error
            yield mail


def _reach(connection: BaseEmailBackend) -> None:
    """Connects, unless it is connected."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(str(error)) from error


def _claim(key: int) -> OutgoingMail | None:
    """The mail, if it still waits and is nobody else's now."""
    taken = waiting().filter(pk=key, next_try_at__lte=timezone.now())
    claim = {
        "status": Status.SENDING,
        "attempts": F("attempts") + 1,
        "next_try_at": timezone.now() + CLAIMED_FOR,
    }
    if not taken.update(**claim):
        return None
    return OutgoingMail.objects.select_related("user").get(pk=key)


def _hand_over(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    if barred := bar(mail.user):
        _fail(mail, barred)
        return
    try:
        connection.send_messages([_message(mail)])
    except Unanswered:
        connection.close()
        _fail(mail, MAY_HAVE_ARRIVED)
    except ValueError as error:
        _fail(mail, f"It cannot be written as a mail: {error}")
    except (OSError, smtplib.SMTPException) as error:
        connection.close()
        _refused(mail, error)
    else:
        _keep(mail, status=Status.SENT, sent_at=timezone.now(), error="")


def _message(mail: OutgoingMail) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        f"{settings.EMAIL_SUBJECT_PREFIX}{mail.subject}",
        mail.body,
        to=[mail.user.email],
        headers={
            "Message-ID": f"<{mail.key}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _refused(mail: OutgoingMail, error: Exception) -> None:
    """For now or for good; what is said of our own address is no fault of the mail."""
    code, said = _answer(error)
    words = f"{code} {said}".strip()
    is_ours = isinstance(error, smtplib.SMTPSenderRefused)
    if (code >= FOR_GOOD and not is_ours) or mail.attempts > len(STEPS):
        _fail(mail, words)
    else:
        next_try_at = timezone.now() + STEPS[mail.attempts - 1]
        _keep(mail, status=Status.PENDING, next_try_at=next_try_at, error=_short(words))


def _answer(error: Exception) -> tuple[int, str]:
    """The code of the server and its words; 0 where it said none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return code, _text(said)
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, _text(error.smtp_error)
    return 0, str(error)


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def _short(words: str) -> str:
    return words[:ERROR_LENGTH]


def _fail(mail: OutgoingMail, error: str) -> None:
    _keep(mail, status=Status.FAILED, error=_short(error))


def _keep(mail: OutgoingMail, **values: object) -> None:
    for name, value in values.items():
        setattr(mail, name, value)
    mail.save(update_fields=list(values))
