"""Fill the registers' districts with invented officials, plans and progress."""

from __future__ import annotations

import datetime as dt
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actionplans.demo.ground import Ground
from actionplans.demo.load import Refused, is_loaded, load
from actionplans.demo.progress import Bar


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}” is no day such as 2026-11-22."
        raise ArgumentTypeError(message) from error


class Command(BaseCommand):
    help = (
        "Loads the demonstration: officials, committees, plans and eight quarters of "
        "progress, all invented. The same day always gives the same rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=day,
            metavar="YYYY-MM-DD",
            help="the day on which the story ends (today)",
        )
        parser.add_argument(
            "--full",
            action="store_true",
            help="a plan in force in every district, for measuring speed",
        )

    def handle(
        self, *args: Any, today: dt.date | None, full: bool, **options: Any
    ) -> None:
        if not settings.DEMO:
            raise CommandError(
                "PORTAL_DEMO is off: a site that people rely on takes no demonstration."
            )
        try:
            if is_loaded():
                self.stdout.write("The demonstration is loaded. Nothing was changed.")
                return
        except Refused as refused:
            raise CommandError(f"Nothing is loaded. {refused}") from refused
        started = time.monotonic()
        bar = Bar(self.stdout)
        ground = Ground.survey(today or timezone.localdate(), full=full)
        written = load(ground, bar.step)
        bar.end()
        for name, count in written.items():
            self.stdout.write(f"{name}: {count}")
        seconds = time.monotonic() - started
        self.stdout.write(f"The demonstration is loaded, in {seconds:.0f} seconds.")
