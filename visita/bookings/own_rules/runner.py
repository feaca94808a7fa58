"""Asks rules within a time limit that is real: a rule that loops or hangs is ended with its process.

Threads cannot be ended, processes can. One is started at the first question and kept; as many as are asked at once. It
knows nothing of the server's environment but where Python's packages are.
"""

import atexit
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visita.bookings.own_rules import Proposal, wire

START = 20.0  # seconds a process may take to come up; the rules' own limit begins afterwards
LONGEST = 1 << 20  # bytes of an answer

_log = logging.getLogger(__name__)
_root = str(Path(__file__).resolve().parents[3])
_path: tuple[str, ...] = ()  # further folders with packages of rules


@dataclass(frozen=True, slots=True)
class Answer:
    """`kind`: accept, refuse, warn, or broken (crashed, late, unknown; `error` says which, for the log)."""

    kind: str
    text: dict[str, str]
    error: str = ""


class _Broken(Exception):
    """The process gave no answer in time, or ended."""


class _Process:
    """One running process of rules."""

    def __init__(self) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "visita.bookings.own_rules.process"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, cwd=_root,
            start_new_session=True,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(_path)},
        )  # fmt: skip
        try:
            self._line(time.monotonic() + START)
        except BaseException:
            self.end()
            raise

    @property
    def lives(self) -> bool:
        """Whether it still runs: one that waited may have been ended by the system."""
        return self._popen.poll() is None

    def ask(self, question: bytes, seconds: float) -> bytes:
        """The line that answers; _Broken when it does not come in time."""
        deadline = time.monotonic() + seconds
        assert self._popen.stdin is not None
        os.set_blocking(self._popen.stdin.fileno(), False)
        try:
            self._send(self._popen.stdin.fileno(), question, deadline)
        except OSError as error:
            raise _Broken("ended") from error
        return self._line(deadline)

    def _send(self, to: int, rest: bytes, deadline: float) -> None:
        while rest:
            _, ready, _ = select.select([], [to], [], max(deadline - time.monotonic(), 0))
            if not ready:
                raise _Broken("late")
            rest = rest[os.write(to, rest) :]

    def _line(self, deadline: float) -> bytes:
        assert self._popen.stdout is not None
        out, line = self._popen.stdout.fileno(), b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([out], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                raise _Broken("late")
            piece = os.read(out, 65536)
            if not piece or len(line) > LONGEST:
                raise _Broken("ended")
            line += piece
        return line

    def end(self) -> None:
        """At once, whatever it is doing, with whatever it started."""
        if self._popen.returncode is None:  # until it is waited for, its number is nobody else's
            os.killpg(self._popen.pid, signal.SIGKILL)
        for channel in (self._popen.stdin, self._popen.stdout):
            if channel is not None:
                channel.close()
        self._popen.wait()


_idle: list[_Process] = []
_lock = threading.Lock()


def ask(name: str, parameters: dict[str, Any], proposal: Proposal, *, seconds: float) -> Answer:
    """What one rule says; `broken` in place of a verdict when it crashes, is unknown or takes longer than `seconds`."""
    question, process = wire.question(name, parameters, proposal), None
    try:
        process = _taken()
        raw = json.loads(process.ask(question, seconds))
    except (_Broken, OSError, ValueError) as error:
        if process is not None:
            process.end()
        return _broken(name, f"the process {error}")
    with _lock:
        _idle.append(process)
    if raw["kind"] not in ("accept", "refuse", "warn"):
        return _broken(name, str(raw.get("error", "")))
    return Answer(raw["kind"], raw["text"])


def _taken() -> _Process:
    while True:
        with _lock:
            process = _idle.pop() if _idle else None
        if process is None:
            return _Process()
        if process.lives:
            return process
        process.end()


def _broken(name: str, error: str) -> Answer:
    _log.warning("The booking rule %s gave no verdict: %s", name, error)
    return Answer("broken", {}, error)


@atexit.register
def stop() -> None:
    """End the processes that wait."""
    with _lock:
        while _idle:
            _idle.pop().end()


os.register_at_fork(after_in_child=_idle.clear)  # a forked server starts its own
