"""A real mail server in a process of its own, which keeps what it got as files.

How it takes a mail depends on the first word of the recipient's address: `gone` is
refused for good, `busy` for now until a file called `free` lies in the folder, and of
`cut` the connection ends when the whole mail was there.
"""

import asyncio
import contextlib
import email
import email.policy
import subprocess
import sys
import time
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"
SECONDS_TO_START = 20
PAUSE = 0.02


class Keeps:
    """Writes each mail down before it answers, after so many seconds."""

    def __init__(self, folder, seconds):
        self.folder = folder
        self.seconds = seconds

    async def rcpt(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 Nobody of this name"
        if address.startswith("busy") and not (self.folder / "free").exists():
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def data(self, server, session, envelope):
        name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
        part = self.folder / f"{name}.part"
        part.write_bytes(f"To-Whom: {envelope.rcpt_tos[0]}\r\n".encode())
        with part.open("ab") as file:
            file.write(envelope.original_content)
        part.rename(self.folder / f"{name}.eml")
        if envelope.rcpt_tos[0].startswith("cut"):
            server.transport.abort()
        await asyncio.sleep(self.seconds)
        return "250 OK"


# The names by which the library calls them.
Keeps.handle_RCPT, Keeps.handle_DATA = Keeps.rcpt, Keeps.data


class MailServer:
    """The process, and what it got."""

    def __init__(self, folder, seconds=0):
        self.folder = folder
        self.seconds = seconds
        self.port = 0
        self.folder.mkdir(exist_ok=True)

    def start(self):
        """On the port it had before, if it had one."""
        named = self.folder / "port"
        named.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.mail_server", str(self.folder)]
        self.process = subprocess.Popen([*command, str(self.seconds), str(self.port)])
        latest = time.monotonic() + SECONDS_TO_START
        while not named.exists() and time.monotonic() < latest:
            time.sleep(PAUSE)
        self.port = int(named.read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()

    @property
    def mails(self):
        """In the order in which they came."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]

    @property
    def got(self):
        """To whom each mail went."""
        return [mail["To-Whom"] for mail in self.mails]

    def await_mails(self, count):
        latest = time.monotonic() + SECONDS_TO_START
        while len(self.mails) < count and time.monotonic() < latest:
            time.sleep(PAUSE)


@contextlib.contextmanager
def mail_server(folder, seconds=0):
    server = MailServer(folder, seconds)
    server.start()
    try:
        yield server
    finally:
        server.stop()


async def serve(folder, seconds, port):
    def protocol():
        return SMTP(Keeps(folder, seconds), hostname="mail.portal.example")

    server = await asyncio.get_running_loop().create_server(protocol, HOST, port)
    written = folder / "port.part"
    written.write_text(str(server.sockets[0].getsockname()[1]))
    written.rename(folder / "port")
    await server.serve_forever()


if __name__ == "__main__":
    folder, seconds, port = sys.argv[1:]
    asyncio.run(serve(Path(folder), float(seconds), int(port)))
