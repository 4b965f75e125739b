"""Check every seal against what is stored; a timer runs this (docs/timers.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actionplans.models import Seal
from actionplans.verification import findings


class Command(BaseCommand):
    help = (
        "Checks that stored bytes give their hash, rows give their bytes, the chain of"
        " seals is whole, and documents of recorded plans are what they were. Prints a"
        " line for each fault and fails if there is one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for finding in findings():
            self.stdout.write(str(finding))
            faults += 1
        seals = Seal.objects.count()
        if faults:
            raise CommandError(f"{seals} seals checked, faults found: {faults}.")
        self.stdout.write(f"{seals} seals checked, no fault found.")
