"""The one way in for files that people send: not too large, and scanned for viruses.

What a file is, its content says: neither its name nor the browser is believed. Each
kind of upload is a field of this class, which looks at the content in its own way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django import forms
from django.utils.translation import gettext as _

from portal import scanner

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024


class Unfit(ValueError):
    """Why the file is not taken, in a sentence."""


class Unsafe(Unfit):
    """The virus scanner does not let it pass, nor anything that came with it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be looked into; scanned only where there is a scanner."""

    content: bytes
    is_scanned: bool


class UploadField(forms.FileField):
    """Gives an `Upload`, or what a subclass makes of it."""

    def __init__(self, *, largest: int, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)
        self.largest = largest

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return self.look_at(take_in(file, self.largest))
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit

    def look_at(self, upload: Upload) -> Any:
        """What is known of the file; `Unfit` if it is not to be taken."""
        return upload


def take_in(file: IO[bytes], largest: int) -> Upload:
    """The content, of which never more is read than is allowed."""
    content = file.read(largest + 1)
    check_size(content, largest)
    return Upload(content, _is_clean(content))


def check_size(content: bytes, largest: int) -> None:
    if not content:
        raise Unfit(_("This file is empty. Choose another."))
    if len(content) > largest:
        raise Unfit(
            _(
                "This file is larger than %(size)d MB. Choose a smaller one: a scan"
                " with fewer dots, or in grey."
            )
            % {"size": largest // MEGABYTE}
        )


@contextmanager
def storing() -> Iterator[None]:
    """`Unfit` where disk or bucket do not take the file."""
    try:
        yield
    except OSError as error:
        log.exception("an upload cannot be stored")
        raise Unfit(
            _("The file could not be stored just now. Try again in a few minutes.")
        ) from error


def _is_clean(content: bytes) -> bool:
    try:
        return scanner.scan(content)
    except scanner.Infected as infected:
        raise Unsafe(
            _(
                "The virus scanner found “%(virus)s” in this file, so nothing is kept."
                " Tell whoever gave it to you."
            )
            % {"virus": infected.virus}
        ) from infected
    except scanner.TooLong as too_long:
        raise Unsafe(
            _("The virus scanner takes no file of this size. Choose a smaller one.")
        ) from too_long
    except scanner.NotScanned as not_scanned:
        raise Unsafe(
            _(
                "The virus scanner does not answer, and nothing is kept without it."
                " Try again in a few minutes."
            )
        ) from not_scanned
