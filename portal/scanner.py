"""The virus scanner ClamAV, where PORTAL_CLAMD says how to reach it.

Its daemon takes a file as `INSTREAM`: pieces, each behind its length, then a length of
nothing. It answers in one line.
"""

from __future__ import annotations

import logging
import re
import socket
import struct
from collections.abc import Iterator

from django.conf import settings

log = logging.getLogger(__name__)
TCP = re.compile(r"tcp://([^:/]+):(\d+)")
FOUND = re.compile(r"stream: (.+) FOUND")
CLEAN = "stream: OK"
TOO_LONG = "INSTREAM size limit exceeded"
PIECE = 128 * 1024
LONGEST_ANSWER = 1024
# How long the scanner may be silent.
SECONDS = 30


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
    answer = _answer(content)
    if answer == CLEAN:
        return True
    if found := FOUND.fullmatch(answer):
        log.warning("virus in an upload: %s", found[1])
        raise Infected(found[1])
    log.warning("virus scanner does not judge: %r", answer)
    raise TooLong if answer.startswith(TOO_LONG) else NotScanned


def _answer(content: bytes) -> str:
    try:
        with _connected() as scanner:
            for part in _in_pieces(content):
                scanner.sendall(part)
            with scanner.makefile("rb") as answer:
                return answer.readline(LONGEST_ANSWER).decode(errors="replace").strip()
    except (BrokenPipeError, ConnectionResetError) as error:
        # Past its limit the scanner hangs up, often before all is sent.
        log.warning("virus scanner hung up", exc_info=True)
        raise (TooLong if len(content) > PIECE else NotScanned) from error
    except OSError as error:
        log.warning("virus scanner gives no answer", exc_info=True)
        raise NotScanned from error


def _connected() -> socket.socket:
    if address := TCP.fullmatch(settings.CLAMD):
        return socket.create_connection((address[1], int(address[2])), timeout=SECONDS)
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(SECONDS)
    try:
        found.connect(settings.CLAMD)
    except OSError:
        found.close()
        raise
    return found


def _in_pieces(content: bytes) -> Iterator[bytes]:
    yield b"nINSTREAM\n"
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        yield struct.pack("!L", len(piece)) + piece
    yield struct.pack("!L", 0)
