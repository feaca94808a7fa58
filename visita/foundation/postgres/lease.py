"""A server for the length of one command: started when it is down, stopped when the last such command has ended."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from visita.foundation.postgres.account import account_for
from visita.foundation.postgres.home import locked, open_home
from visita.foundation.postgres.server import Server


@contextmanager
def lease(server: Server) -> Iterator[bool]:
    """Keeps `server` up inside the block; yields True when this call started it.

    A server that `visita db start` brought up is left running. One that a command brought up is stopped by whichever
    command ends last, so two that overlap never take it from each other; a killed command's share ends with it.
    """
    account = account_for(root=server.place.root)
    open_home(server.place, account)
    with locked(server.place.users, fcntl.LOCK_SH) as share:
        with locked(server.place.lock):
            started = server.start_locked(account)
            if started:
                server.place.transient.touch()
        try:
            yield started
        finally:
            with locked(server.place.lock):
                if server.place.transient.exists() and _last(share):
                    server.stop_locked()


def _last(share: int) -> bool:
    try:
        fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
