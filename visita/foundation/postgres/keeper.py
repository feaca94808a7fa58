"""Brings a server that died under a running command up again, without anybody's help."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from visita.foundation.postgres import process
from visita.foundation.postgres.errors import PostgresError
from visita.foundation.postgres.server import Server

_LOOK_EVERY_SECONDS = 1.0
_log = logging.getLogger(__name__)


@contextmanager
def kept_up(server: Server) -> Iterator[None]:
    """Watches `server` inside the block. One that was stopped on purpose (`visita db stop`) stays down."""
    over = Event()
    watcher = Thread(target=_watch, args=(server, over), name="postgres-keeper", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _watch(server: Server, over: Event) -> None:
    while not over.wait(_LOOK_EVERY_SECONDS):
        if died(server):
            _log.warning("PostgreSQL died and is started again")
            try:
                server.start()
            except PostgresError:
                _log.exception("PostgreSQL could not be started again")


def died(server: Server) -> bool:
    """True when a process id is still recorded, which a proper stop removes, but that process is gone."""
    pid = process.recorded_pid(server.place.data)
    return pid is not None and not process.serves(pid, server.place.data)
