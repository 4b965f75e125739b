"""Keeps the Hindi catalogue: lists words, checks their Hindi, compiles it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import catalogue
from portal.words import Key, Word, wanted


class Command(BaseCommand):
    help = "Bring the list of words in the Hindi catalogue up to date."
    # Runs before there is a database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--check",
            action="store_true",
            help="change nothing; fail where Hindi is missing, unsure or unused",
        )
        instead.add_argument(
            "--compile",
            action="store_true",
            help="write the form that the running site reads",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = catalogue.path()
        if options["compile"]:
            catalogue.compile_catalogue(file)
            return
        words = wanted()
        if options["check"]:
            self.check_catalogue(words)
            return
        catalogue.update(file, words)
        missing = len(list(catalogue.problems(words, catalogue.read(file))))
        self.stdout.write(f"{len(words)} words, {missing} without complete Hindi.")

    def check_catalogue(self, words: dict[Key, Word]) -> None:
        file = catalogue.path()
        known = catalogue.read(file) if file.exists() else {}
        if found := list(catalogue.problems(words, known)):
            raise CommandError("\n".join([*found, f"{len(found)} problems in {file}"]))
        self.stdout.write(f"All {len(words)} words have Hindi.")
