"""What the server's process id file says, and whether to believe it.

A postmaster that was killed leaves `postmaster.pid`. The number in it may be dead, a zombie nobody has reaped, or by now
some other program: PostgreSQL itself only tells the first case apart and refuses to start in the other two.
"""

import os
import time
from pathlib import Path

_PROC = Path("/proc")


def recorded_pid(data: Path) -> int | None:
    """The process id in the cluster's `postmaster.pid`, None when there is none.

    Only its first line is read: the next is the folder, in whatever letters its user writes.
    """
    try:
        return int((data / "postmaster.pid").read_bytes().split(b"\n", 1)[0])
    except (OSError, ValueError):
        return None


def serves(pid: int, data: Path) -> bool:
    """True when `pid` is a living process at work in this cluster (every process of a server has it as its cwd)."""
    if not _PROC.is_dir():
        return exists(pid)  # no /proc: PostgreSQL's own check has to do
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[0] not in "ZX" and _works_in(pid, data)
    except OSError:
        return False


def _works_in(pid: int, data: Path) -> bool:
    try:
        return (_PROC / str(pid) / "cwd").samefile(data)
    except PermissionError:
        # root in a container may not look into another user's process: its command line tells
        return os.fsencode(data) in (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")


def left_over(data: Path) -> list[int]:
    """Every living process at work in this cluster: backends survive a killed postmaster for a moment."""
    if not _PROC.is_dir():
        return []
    return [
        int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit() and serves(int(entry.name), data)
    ]


def wait_until_gone(data: Path, seconds: float) -> bool:
    """Waits for the last process of a cluster; False when some are still there after `seconds`."""
    deadline = time.monotonic() + seconds
    while left_over(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def exists(pid: int) -> bool:
    """True when some process has this number, whatever it is, zombies included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
