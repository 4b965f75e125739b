"""Send what lies in the outbox; a timer runs this (docs/timers.md)."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import outbox
from portal.models import OutgoingMail


class Command(BaseCommand):
    help = (
        "Sends the mails that wait, each once, and tries again later what the mail"
        " server could not take. Says how many; fails if it gave one up or the server"
        " does not answer. Safe to repeat, also at the same time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts: Counter[str] = Counter()
        away = ""
        try:
            for mail in outbox.send_all():
                counts[mail.status] += 1
                if mail.status == OutgoingMail.Status.FAILED:
                    self.stderr.write(f"Given up: {mail.key}")
        except outbox.Unreachable as error:
            away = f"The mail server does not answer: {error}"
        given_up = counts[OutgoingMail.Status.FAILED]
        self.stdout.write(f"Mails sent: {counts[OutgoingMail.Status.SENT]}.")
        self.stdout.write(f"Mails that wait: {outbox.waiting().count()}.")
        if given_up:
            raise CommandError(f"Mails given up: {given_up}. {away}".strip())
        if away:
            raise CommandError(away)
