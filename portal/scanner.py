"""The virus scanner ClamAV, where PORTAL_CLAMD says how to reach it."""

from __future__ import annotations

import logging
import re
from io import BytesIO

from clamav_client.clamd import (
    BufferTooLongError,
    ClamdError,
    ClamdNetworkSocket,
    ClamdUnixSocket,
)
from django.conf import settings

log = logging.getLogger(__name__)
TCP = re.compile(r"tcp://([^:/]+):(\d+)")
# How long the scanner may take over one file.
SECONDS = 30
STREAM = "stream"


class Infected(Exception):
    """The scanner knows what is in the file."""

    def __init__(self, virus: str) -> None:
        super().__init__(virus)
        self.virus = virus


class NotScanned(Exception):
    """The scanner is set but gives no answer."""


class TooLong(NotScanned):
    """The scanner takes no file of this size."""


def scan(content: bytes) -> bool:
    """Whether a scanner found the content clean; False where none is set."""
    if not settings.CLAMD:
        return False
    try:
        answer = _client().instream(BytesIO(content)).get(STREAM)
    except (BufferTooLongError, BrokenPipeError) as error:
        # Past its limit the scanner hangs up, often before all is sent.
        log.warning("virus scanner hung up after too much", exc_info=True)
        raise TooLong from error
    except (ClamdError, OSError, ValueError) as error:
        log.warning("virus scanner gives no answer", exc_info=True)
        raise NotScanned from error
    match answer:
        case "OK", _nothing:
            return True
        case "FOUND", virus:
            log.warning("virus in an upload: %s", virus)
            raise Infected(str(virus))
    log.warning("virus scanner answers in other words: %s", answer)
    raise NotScanned


def _client() -> ClamdNetworkSocket:
    if address := TCP.fullmatch(settings.CLAMD):
        return ClamdNetworkSocket(address[1], int(address[2]), timeout=SECONDS)
    return ClamdUnixSocket(settings.CLAMD, timeout=SECONDS)
