"""A real `visita serve` on the run's test database, on a free port, ended by its own process id."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(database: dict[str, str], data: Path, **more: str) -> Iterator[str]:
    """Gives the server's address. `database` are the variables that lead to the test database, `more` further ones.

    The tests sign people in by making their session, so the server shares the tests' secret key. Limits by address
    are off: every visitor of the journeys comes from this machine.
    """
    own = {
        "VISITA_DATA": str(data),
        "VISITA_SECRET_KEY": settings.SECRET_KEY,
        "VISITA_RATE_LIMITS": "off",
        "PORT": "0",
    }
    command = [str(Path(sys.executable).with_name("visita")), "serve"]
    with subprocess.Popen(
        command, cwd=_ROOT, env={**os.environ, **database, **own, **more}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield _address(server.stdout.readline())
        finally:
            server.terminate()
            server.wait(60)


def _address(line: str) -> str:
    """From "Visita serves http://127.0.0.1:41234 (Ctrl-C ends it)"."""
    found = [word for word in line.split() if word.startswith("http://")]
    assert found, f"the server did not start: {line!r}"
    return found[0]
