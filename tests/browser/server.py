"""The server as `make run` starts it, on a port of its own."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from django.conf import settings

from tests.browser.databases import HOST

SECONDS_TO_START = 60
PAUSE = 0.05


@contextmanager
def serving(place, log):
    """The address of the site, once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", HOST, "--port", str(port), "--workers", "1", "--no-ws"]
    command += ["--log-level", "warning", "portal.wsgi:application"]
    with log.open("w") as written:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=place.environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            await_answer(process, port, log)
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()
            process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def await_answer(process, port, log):
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest and process.poll() is None:
        if answers(port):
            return
        time.sleep(PAUSE)
    pytest.fail(f"The server does not start:\n{log.read_text()}", pytrace=False)


def answers(port):
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
