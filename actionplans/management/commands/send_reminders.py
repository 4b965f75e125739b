"""Remind officials by mail of what is due; a timer runs this (docs/timers.md)."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from actionplans.reminders.writing import write_digests
from portal.models import OutgoingMail

WAITS = OutgoingMail.Status.PENDING


class Command(BaseCommand):
    help = (
        "Writes one mail for each official with everything that came to a new rung of"
        " the ladder (seven days before it is due to thirty days after), then sends"
        " what lies in the outbox. Nobody gets a mail twice. Safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        written = sum(mail.status == WAITS for mail in write_digests())
        self.stdout.write(f"Mails written: {written}.")
        call_command("send_mail", stdout=self.stdout, stderr=self.stderr)
