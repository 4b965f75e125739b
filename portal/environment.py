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
# To compile a page's query takes longer than to answer it uncompiled.
POSTGRESQL = {"options": "-c jit=off"}

# What storage that speaks S3 is reached by, besides where it is.
BUCKET = {
    "S3_BUCKET": "the bucket in which uploaded files are kept",
    "S3_KEY": "the public half of the key to the bucket",
    "S3_SECRET": "the secret half of the key to the bucket",
}


# What a picture above every page may be, and weigh: it comes with the first one.
PICTURE_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp"}
MOST_BYTES = 40_000


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
        self,
        name: str,
        what: str,
        otherwise: object,
        read: Callable[..., Any] | None = None,
    ) -> Any:
        """A variable that must be set, but has a stand-in where nobody relies on it."""
        reads: Callable[..., Any] = read or self.str
        if self.is_real_site:
            return self.needed(reads, name, what)
        return reads(name, otherwise)

    def needed_with(self, other: str, name: str, what: str) -> Any:
        """A text that must be set where the other setting is."""
        return self.needed(self.str, name, what) if other else self.str(name, "")

    def database(self, name: str, default: str) -> Any:
        """A database by its address, with what each kind has to be told."""
        found = self.dj_db_url(name, default, conn_max_age=600, conn_health_checks=True)
        if found and found["ENGINE"] == "django.db.backends.sqlite3":
            found["OPTIONS"] = SQLITE
        elif found:
            found["OPTIONS"] = {**POSTGRESQL, **found.get("OPTIONS", {})}
        return found

    def storage(self) -> dict[str, Any]:
        """Where uploaded files lie: in a bucket if one is described, else on disk."""
        names = [*BUCKET, "S3_ENDPOINT", "S3_REGION"]
        said = {name: self.str(name, "") for name in names}
        if not any(said.values()):
            return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        for name, what in BUCKET.items():
            self.needed(self.str, name, what)
        if said["S3_ENDPOINT"]:
            self.str("S3_ENDPOINT", validate=endpoint)
        else:
            where = "the region of a bucket at Amazon; set PORTAL_S3_ENDPOINT elsewhere"
            self.needed(self.str, "S3_REGION", where)
        options = {
            "bucket_name": said["S3_BUCKET"],
            "endpoint_url": said["S3_ENDPOINT"] or None,
            "region_name": said["S3_REGION"] or "us-east-1",
            "access_key": said["S3_KEY"],
            "secret_key": said["S3_SECRET"],
        }
        return {"BACKEND": "portal.storage.Bucket", "OPTIONS": options}

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


def endpoint(address: str) -> None:
    """Refuses what is no address of a server."""
    if not re.fullmatch(r"https?://[^/?#\s]+/?", address):
        raise ValidationError("It is http:// or https:// with the name of a server.")


def scanner_address(address: str) -> None:
    """Refuses what is neither a socket on this machine nor a port on another."""
    if address and not re.fullmatch(r"/.+|tcp://[^:/]+:\d+", address):
        raise ValidationError("It is a path, or tcp:// with host and port.")


def small_picture(path: str) -> None:
    """Refuses what is no picture that can stand above every page."""
    if path and not is_small_picture(Path(path)):
        raise ValidationError(
            f"It is the path of an SVG, PNG or WebP file of at most {MOST_BYTES} bytes."
        )


def is_small_picture(file: Path) -> bool:
    suits = file.suffix.lower() in PICTURE_TYPES and file.is_file()
    return suits and file.stat().st_size <= MOST_BYTES
