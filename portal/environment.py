"""Reads settings from the environment and says all that is wrong with them at once."""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from environs import Env, EnvValidationError, ValidationError, validate

NOT_SET = "Environment variable not set."
FILLED = validate.Length(min=1, error="It is empty.")
SQLITE = {
    # Writers queue from the start of a transaction instead of failing within it.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Readers never wait; REPLACE fires the triggers that guard deletion.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA recursive_triggers=ON;"
    ),
}


class Environment(Env):
    """Variables that start with PORTAL_, from the process or else from a file."""

    def __init__(self, file: Path) -> None:
        super().__init__(prefix="PORTAL_", eager=False)
        self.file = file
        # Whether people rely on the site, instead of developing or trying it.
        self.is_real_site = True
        # What each variable is that must be set.
        self.purposes: dict[str, str] = {}
        self.read_env(file, recurse=False)

    def needed(
        self,
        read: Callable[..., Any],
        name: str,
        what: str,
        valid: Callable[[Any], object] = FILLED,
    ) -> Any:
        """A setting that must be set; `what` completes "PORTAL_X is missing: …"."""
        self.purposes[f"PORTAL_{name}"] = what
        return read(name, validate=valid)

    def needed_by_real_sites(
        self, read: Callable[..., Any], name: str, what: str, *, otherwise: object
    ) -> Any:
        """A variable that must be set, but has a stand-in where nobody relies on it."""
        if self.is_real_site:
            return self.needed(read, name, what)
        return read(name, otherwise)

    def database(self, name: str, default: str) -> Any:
        """A database by its address, with what SQLite has to be told."""
        found = self.dj_db_url(name, default, conn_max_age=600, conn_health_checks=True)
        if found and found["ENGINE"] == "django.db.backends.sqlite3":
            found["OPTIONS"] = SQLITE
        return found

    def finish(self) -> None:
        """Ends the program with a sentence for each mistake, if there is one."""
        try:
            self.seal()
        except EnvValidationError as error:
            messages = cast("Mapping[str, list[str]]", error.error_messages)
            sentences = [
                self._sentence(name, reason)
                for name, reasons in sorted(messages.items())
                for reason in reasons
            ]
            where = f"Set them in the environment or in {self.file}."
            sys.exit("\n".join(["The portal cannot start.", *sentences, where]))

    def _sentence(self, name: str, reason: str) -> str:
        if reason == NOT_SET:
            return f"{name} is missing: it is {self.purposes[name]}."
        return f"{name} cannot be used. {reason}"


def fernet_keys(keys: list[str]) -> None:
    """Refuses what is no key for encrypting."""
    if not all(re.fullmatch(r"[\w-]{43}=", key) for key in keys or [""]):
        raise ValidationError("Each key is 32 random bytes in URL-safe base64.")
