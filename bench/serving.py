"""A real `visita serve` on this machine, and one client that keeps its connection."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


class Client:
    """Asks and reads whole answers over one connection; any answer but the expected status ends the run."""

    def __init__(self, port: int, process: int = 0) -> None:
        self.port, self.process = port, process
        self.headers: dict[str, str] = {}  # sent with every question
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._line: socket.socket | None = None  # of what is posted

    def get(self, path: str) -> bytes:
        """The body of a 200."""
        self._connection.request("GET", path, None, dict(self.headers))
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"GET {path}: {answer.status} {content[:500]!r}")
        return content

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> bytes:
        """The body of a 201.

        By a bare socket and in one packet: the standard library's client takes half a millisecond, sends two packets, and
        would be measured with the server.
        """
        if self._line is None:
            self._line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        content = json.dumps(body).encode()
        named = {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Type": "application/json",
            "Content-Length": len(content),
        }
        lines = [
            f"POST {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in {**named, **headers}.items()),
        ]
        self._line.sendall("\r\n".join([*lines, "", ""]).encode() + content)
        head, told = _answered(self._line)
        if not head.startswith(b"HTTP/1.1 201 "):
            raise SystemExit(f"POST {path}: {head[:40]!r} {told[:500]!r}")
        return told


def _answered(line: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of an answer that names its length."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(line)
    length = re.search(rb"(?i)\ncontent-length: *(\d+)", got[:end])
    assert length is not None
    while len(got) < end + 4 + int(length[1]):
        got += _more(line)
    return got[:end], got[end + 4 :]


def _more(line: socket.socket) -> bytes:
    if not (got := line.recv(65536)):
        raise SystemExit("The server closed the line.")
    return got


@contextmanager
def served() -> Iterator[Client]:
    """A client of a server that was started for it, with the limits for strangers off (a bench is one stranger)."""
    environment = {**os.environ, "PORT": "0", "VISITA_RATE_LIMITS": "off"}
    command = [sys.executable, "-c", "from visita.cli import main; main()", "serve"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found is None:
            raise SystemExit(f"The server did not start: {line}")
        yield Client(int(found[1]), server.pid)
    finally:
        server.terminate()
        server.wait(15)
