"""Storage that speaks S3, as private as a disk: only the portal reads from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

# Larger files are put down on disk on their way through.
MOST_IN_MEMORY = 1024 * 1024


class Bucket(S3Storage):
    """A bucket. What goes wrong there is an OSError, as it is with a disk."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            # The bucket says who may read; many refuse to be told so file by file.
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": False,
            "max_memory_size": MOST_IN_MEMORY,
            "use_threads": True,
        }

    def __init__(self, **settings: Any) -> None:
        # A server of one's own has one name for all its buckets.
        style = "path" if settings.get("endpoint_url") else "auto"
        settings["client_config"] = Config(
            signature_version="s3v4",
            s3={"addressing_style": style},
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Newer sums than S3's own are unknown to many servers.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**settings)

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        """Fetched at once, so that an answer never breaks off half way."""
        with _as_with_a_disk():
            found: File[Any] = super()._open(name, mode)
            if "r" in mode:
                assert found.file
            return found

    def _save(self, name: str, content: Any) -> str:
        with _as_with_a_disk():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _as_with_a_disk():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_with_a_disk():
            return bool(super().exists(name))


@contextmanager
def _as_with_a_disk() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error
