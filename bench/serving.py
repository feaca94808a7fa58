"""A real `visita serve` on this machine, and one client that keeps its connection."""

import http.client
import json
import os
import re
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

    def get(self, path: str) -> bytes:
        """The body of a 200."""
        return self._ask("GET", path, None, self.headers, 200)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> bytes:
        """The body of a 201."""
        sent = {"Content-Type": "application/json", **headers}
        return self._ask("POST", path, json.dumps(body).encode(), sent, 201)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], status: int
    ) -> bytes:
        self._connection.request(method, path, body, dict(headers))
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != status:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return content


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
