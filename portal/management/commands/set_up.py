"""Makes the site ready to serve, from an empty database or an older one."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = (
        "Migrate, load the registers and, in a demonstration, its people and plans. "
        "Safe to repeat."
    )
    # There may be no database yet; `migrate` checks for itself.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--full",
            action="store_true",
            help="load a demonstration as large as the whole country",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        load_register_once()
        if settings.DEMO:
            if not get_user_model().objects.exists():
                call_command("load_demo", *(["--full"] if options["full"] else []))
            call_command("demo_accounts")


def load_register_once() -> None:
    """Loads the facts unless this database already has them, to start in seconds.

    The cache lies in the same database and is the right place: forgetting costs a load.
    """
    digest = register_digest()
    if cache.get("register") != digest:
        call_command("load_register")
        cache.set("register", digest, timeout=None)


def register_digest() -> str:
    """Stands for the facts and for the code that reads them."""
    digest = hashlib.sha256()
    for pattern in ("fixtures/**/*.*", "districts/**/*.py"):
        for file in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()
