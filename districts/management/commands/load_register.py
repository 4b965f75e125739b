"""Bring the facts of a folder into the registers, and say what became of them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from districts.register.files import BrokenRows
from districts.register.load import load
from districts.register.write import Tally


class Command(BaseCommand):
    help = "Loads the registers from CSV files: all rows or, if one is broken, none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="where the files are (fixtures/ beside manage.py)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            load(folder, self.tell)
        except BrokenRows as broken:
            raise CommandError(f"Nothing is loaded.\n{broken}") from broken

    def tell(self, tally: Tally) -> None:
        self.stdout.write(
            f"{tally.name}: {tally.read} read, {tally.added} added,"
            f" {tally.changed} changed, {tally.unchanged} unchanged"
        )
        if tally.kept:
            self.stdout.write(f"  {tally.kept} fields kept as changed in the portal")
        if tally.besides:
            more = ", …" if tally.besides > len(tally.such_as) else ""
            names = ", ".join(tally.such_as) + more
            self.stdout.write(f"  {tally.besides} in the database only: {names}")
