"""The worker: sweeps over all organizations for what is due, woken by NOTIFY, and by the clock where a ring was missed.

Several may run, in any processes: who does what is settled by the rows they claim. Everything is done in the scope of
its organization; the sweep itself asks one function of the owner's, which gives ids and nothing else (decision 45).
"""

import logging
import time
from contextlib import suppress
from threading import Event, Thread
from typing import Final

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections

from visita.activity import outbox
from visita.activity.dispatch import dispatch
from visita.activity.errands import perform
from visita.activity.record import CHANNEL
from visita.foundation import clock
from visita.foundation.database.listening import address

EVERY: Final = 2.0  # seconds between looks when nobody rings
_GATHER: Final = 0.2  # seconds between two looks when rings come thick: they are taken together
_MOST: Final = 50  # errands of one organization before the next has its turn
_PAUSES: Final = (0.5, 1.0, 2.0, 5.0)
_log = logging.getLogger("visita.worker")


def look(over: Event | None = None) -> int:
    """One look at every organization with something due, or until `over` is set; how much was done."""
    over = over or Event()
    with connection.cursor() as cursor:
        cursor.execute("SELECT organization_id, events FROM visita_due(%s)", [clock.now()])
        due = cursor.fetchall()
    done = 0
    for organization_id, events in due:
        if over.is_set():
            break
        if events:
            done += dispatch(organization_id)
        done += perform(organization_id, _MOST, over.is_set)
    return done


def drain(over: Event | None = None) -> int:
    """Look until nothing is due any more or `over` is set, which is asked before every errand; how much was done."""
    over, total = over or Event(), 0
    while not over.is_set() and (done := look(over)):
        total += done
    return total


class Sweeper:
    """Does each sweep when its time has come, in this process."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def look(self, over: Event | None = None) -> None:
        """The sweeps that are due, until `over` is set; one that fails waits for its next time."""
        over = over or Event()
        for job in outbox.SWEEPS.values():
            if not over.is_set() and time.monotonic() >= self._next.get(job.name, 0.0):
                self._next[job.name] = time.monotonic() + job.every.total_seconds()
                self._do(job, over)

    def _do(self, job: outbox.Sweep, over: Event) -> None:
        for organization_id in job.organizations(clock.now()):
            if over.is_set():
                return
            try:
                job.act(organization_id)
            except (OperationalError, InterfaceError):
                raise  # the database is away
            except Exception:  # noqa: BLE001 - one organization must not hold up the others
                _log.exception("the sweep %s failed", job.name)


def run(over: Event) -> None:
    """Work until `over` is set. A database that is away is waited for."""
    failures, sweeper = 0, Sweeper()
    while not over.is_set():
        try:
            with psycopg.connect(address("visita worker"), autocommit=True) as listening:
                listening.execute(f"LISTEN {CHANNEL}")
                failures = 0
                while not over.is_set():
                    drain(over)
                    sweeper.look(over)
                    connections.close_all()
                    _wait(listening, over)
        except (DatabaseError, psycopg.Error) as error:
            if not over.is_set():
                _log.warning("the worker waits for the database: %s", type(error).__name__)
            over.wait(_PAUSES[min(failures, len(_PAUSES) - 1)])
            failures += 1
        finally:
            with suppress(Exception):
                connections.close_all()


def _wait(listening: psycopg.Connection[tuple[object, ...]], over: Event) -> None:
    """Until a ring or the next look."""
    if over.wait(_GATHER):
        return
    until = time.monotonic() + EVERY
    while not over.is_set() and time.monotonic() < until:
        if any(True for _ in listening.notifies(timeout=0.25, stop_after=1)):
            return


class Beside:
    """A worker in a thread of a serving process, ended with it."""

    def __init__(self, after: float = 1.0) -> None:
        """Begins `after` seconds, so that the server's first answers are its own."""
        self._over, self._after = Event(), after
        self._thread = Thread(target=self._work, name="worker", daemon=True)

    def _work(self) -> None:
        if not self._over.wait(self._after):
            run(self._over)

    def __enter__(self) -> "Beside":
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        """What is under way ends first; what takes longer is left to the next start."""
        self._over.set()
        self._thread.join(5.0)
