"""One LISTEN connection per process, fanned out to bounded queues: a slow browser never holds up the others.

News carries no content (decision 36), so losing some is harmless as long as the listener learns that it did: an
overflowing queue and a reconnected database both say `AGAIN`, and the browser asks for the whole day.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

CHANNEL = "visita"
QUEUE = 64  # pieces of news a browser may lag behind before it is told to ask again
PAUSES = (0.2, 0.5, 1, 2, 5)  # seconds between attempts to reach the database

log = logging.getLogger("visita.live")


@dataclass(frozen=True, slots=True)
class News:
    """A day of a location changed; location 0 means "something may have: ask again"."""

    location: int
    date: str


AGAIN = News(0, "")
Queue = asyncio.Queue[News]


def parse(payload: str) -> tuple[int, News] | None:
    """`organization:location:date:version` as (organization, news); None for anything else."""
    parts = payload.split(":")
    if len(parts) < 3 or not (parts[0].isdigit() and parts[1].isdigit()):
        return None
    return int(parts[0]), News(int(parts[1]), parts[2])


class Switchboard:
    """The queues by organization, and the task that fills them while anybody listens."""

    def __init__(self, address: Callable[[], str]) -> None:
        """`address()` gives the database's connection string, read at each attempt to connect."""
        self._address = address
        self._queues: dict[int, set[Queue]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def listening(self, organization: int) -> Iterator[Queue]:
        """A queue of the organization's news for as long as the block runs."""
        queue: Queue = asyncio.Queue(QUEUE)
        self._queues.setdefault(organization, set()).add(queue)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen())
        try:
            yield queue
        finally:
            self._leave(organization, queue)

    def _leave(self, organization: int, queue: Queue) -> None:
        queues = self._queues[organization]
        queues.discard(queue)
        if not queues:
            del self._queues[organization]
        if not self._queues and self._task is not None:
            self._task.cancel()
            self._task = None

    def tell(self, organization: int, news: News) -> None:
        """Put the news into every queue of the organization."""
        for queue in self._queues.get(organization, ()):
            _put(queue, news)

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async for payload in self._notifications():
                    failures = 0
                    if payload is None:
                        self._everybody_again()
                    elif (parsed := parse(payload)) is not None:
                        self.tell(*parsed)
            except (psycopg.Error, OSError) as error:
                log.warning("live stream: the database does not answer (%s); trying again", error)
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _notifications(self) -> AsyncIterator[str | None]:
        """Payloads as they come; None first, because news may have been missed before."""
        connection = await psycopg.AsyncConnection.connect(self._address(), autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield None
            async for notice in connection.notifies():
                yield notice.payload

    def _everybody_again(self) -> None:
        for organization in self._queues:
            self.tell(organization, AGAIN)


def _put(queue: Queue, news: News) -> None:
    """Never waits: a full queue is emptied and says `AGAIN` instead."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        news = AGAIN
    queue.put_nowait(news)
