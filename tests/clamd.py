"""A server that speaks as ClamAV's does, in a process of its own.

`python -m tests.clamd ADDRESS MANNER`: a path or a port, and how it behaves.
"""

import socketserver
import struct
import sys
import time

from tests.files import EICAR

LIMIT = 1024 * 1024


class Scanner(socketserver.StreamRequestHandler):
    """Takes one file in pieces, each with its length before it, and judges it."""

    def handle(self):
        if self.rfile.readline() != b"nINSTREAM\n":
            return
        if self.server.manner == "silent":
            time.sleep(60)
        elif self.server.manner == "babbling":
            self.wfile.write(b"\xff\xfe what?\n")
        elif self.server.manner == "ill":
            self.judge(found=b"stream: Can't allocate memory ERROR\n")
        elif self.server.manner == "well":
            self.judge(found=b"stream: OK\n")

    def judge(self, found):
        content = b""
        while length := self.length():
            content += self.rfile.read(length)
            if len(content) > LIMIT:
                # Who is about to say that this was all still hears it.
                self.length()
                found = b"INSTREAM size limit exceeded. ERROR\n"
                break
        if EICAR in content:
            found = b"stream: Eicar-Test-Signature FOUND\n"
        self.wfile.write(found)

    def length(self):
        return struct.unpack("!L", self.rfile.read(4))[0]


class Local(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class Remote(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


if __name__ == "__main__":
    address, manner = sys.argv[1:]
    if address.isdecimal():
        server = Remote(("127.0.0.1", int(address)), Scanner)
    else:
        server = Local(address, Scanner)
    server.manner = manner
    server.serve_forever()
