"""Processor time of the server and of its database, read from the kernel: on a shared machine it tells more than a clock."""

import os
from pathlib import Path

from django.db import connections

_TICK = os.sysconf("SC_CLK_TCK")


def server(process: int) -> float:
    """Seconds a process has computed so far, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def database() -> float:
    """Seconds that those who serve the application's role have computed so far, and the writer of the log with them."""
    with connections["owner"].cursor() as owner:
        owner.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'visita_app' OR backend_type = 'walwriter'"
        )
        return sum(server(pid) for (pid,) in owner.fetchall())
