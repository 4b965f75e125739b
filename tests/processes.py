"""Servers that tests talk to, each in a process of its own."""

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

PATIENCE = 20


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def running(*words, address):
    """`python -m` these words, once it answers at its path or port."""
    process = subprocess.Popen(
        [sys.executable, "-m", *map(str, words)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, address)
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process, address):
    until = time.monotonic() + PATIENCE
    while not _answers(address):
        assert process.poll() is None, "it ended at once"
        assert time.monotonic() < until, "it never answered"
        time.sleep(0.05)


def _answers(address):
    family = socket.AF_UNIX if isinstance(address, Path) else socket.AF_INET
    to = str(address) if isinstance(address, Path) else ("127.0.0.1", address)
    with socket.socket(family) as found:
        return found.connect_ex(to) == 0
