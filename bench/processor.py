"""Processor time of the server and of its database, read from the kernel: on a shared machine it tells more than a clock."""

from pathlib import Path

from django.db import connections


def spent(process: int) -> float:
    """Seconds a process has computed so far, the threads it has now together."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def database() -> float:
    """Seconds that those who serve the application's role have computed so far, and the writer of the log with them."""
    with connections["owner"].cursor() as owner:
        owner.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'visita_app' OR backend_type = 'walwriter'"
        )
        return sum(spent(pid) for (pid,) in owner.fetchall())
