"""Where the server listens, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from visita.cli import serving

_COMMAND = [sys.executable, "-c", "from visita.cli import main; main()", "serve"]


def test_a_taken_port_is_refused_or_passed_over() -> None:
    with serving.bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"Port {port} is taken"):
            serving.bind("127.0.0.1", port)
        with serving.bind("127.0.0.1", port, search=True) as second:
            assert second.getsockname()[1] > port


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(click.ClickException, match=r"Cannot listen on 192\.0\.2\.1"):
        serving.bind("192.0.2.1", 0)


def test_everywhere_is_shown_as_this_machine() -> None:
    with serving.bind("0.0.0.0", 0) as bound:
        assert serving.address(bound).startswith("http://127.0.0.1:")


def test_serves_until_sigterm(database_environment: dict[str, str], tmp_path: Path) -> None:
    with _served(database_environment, tmp_path) as (process, url):
        with urllib.request.urlopen(f"{url}/accounts/login/") as answer:
            policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'self'" in policy
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0
    assert (tmp_path / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600


@contextmanager
def _served(database: dict[str, str], data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    variables = os.environ | database | {"VISITA_DATA": str(data), "PORT": "0", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(_COMMAND, stdout=subprocess.PIPE, text=True, env=variables) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            yield process, line.split()[2]
        finally:
            process.kill()


def test_sockets_wait_for_no_one() -> None:
    """A second Visita sees the port as taken before the first has begun to answer."""
    with serving.bind("127.0.0.1", 0) as bound, socket.create_connection(bound.getsockname()[:2], timeout=1):
        pass
