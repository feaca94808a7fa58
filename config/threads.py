"""Runs the WSGI application in a pool of threads: one hop there and one back for all but large bodies and streams.

Every hop between the event loop and a thread costs as much as a short query; a2wsgi, whose reading of requests this
borrows, makes four or five for each answer.
"""

import asyncio
import contextvars
import io
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, cast

from a2wsgi.wsgi import Body, build_environ

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_AT_ONCE = 1_000_000  # bytes of a body that are read before a thread is taken; more is read by the thread as it needs


class Threads:
    """An ASGI application for HTTP over a WSGI one."""

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        workers: int,
        begin: Callable[[], None] | None = None,
    ) -> None:
        """`begin` runs once in each thread before its first request."""
        self._application = application
        self._pool = ThreadPoolExecutor(workers, "web", initializer=begin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        loop = asyncio.get_running_loop()
        small = _small(scope)
        body = io.BytesIO(await _whole(receive)) if small else Body(loop, cast(Any, receive))
        environ: Any = build_environ(cast(Any, scope), cast(Any, body))
        answer = _Answer(loop, send, receive if small else None)
        ask = partial(contextvars.copy_context().run, answer.ask, self._application, environ)
        rest = await _in(self._pool, ask, loop)
        if not answer.streamed:
            await send(answer.start)
        await send({"type": "http.response.body", "body": rest})


async def _in(pool: ThreadPoolExecutor, ask: Callable[[], bytes], loop: asyncio.AbstractEventLoop) -> bytes:
    """What `ask` gives in a thread. As `run_in_executor`, whose two linked futures cost more than the hop itself."""
    told: asyncio.Future[bytes] = loop.create_future()

    def tell(given: bytes, failure: BaseException | None) -> None:
        if told.cancelled():  # the server goes down, or the client went away
            return
        if failure is None:
            told.set_result(given)
        else:
            told.set_exception(failure)

    def run() -> None:
        given, failure = b"", None
        try:
            given = ask()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            failure = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, given, failure)

    pool.submit(run)
    return await told


class Gone(ConnectionError):
    """The client of a stream closed the line: nothing more is made for it."""


class _Answer:
    """What the application says, gathered in the thread; a stream goes out piece by piece from there, while somebody listens."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send, receive: Receive | None) -> None:
        self._loop, self._send, self._receive = loop, send, receive
        self._gone = False
        self.start: dict[str, Any] = {}
        self.streamed = False

    def ask(self, application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> bytes:
        """Runs the application in this thread; the bytes still to be sent."""
        pieces = application(environ, self._begin)
        try:
            if not getattr(pieces, "streaming", True):
                return b"".join(pieces)
            self.streamed = True
            with suppress(Gone):
                self._hop(self.start)
                asyncio.run_coroutine_threadsafe(self._watch(), self._loop)
                for piece in pieces:
                    self._hop({"type": "http.response.body", "body": piece, "more_body": True})
            return b""
        finally:
            close: Callable[[], None] = getattr(pieces, "close", lambda: None)
            close()

    def _begin(self, status: str, headers: list[tuple[str, str]], _failure: Any = None) -> None:
        named = [(name.encode("latin1").lower(), value.encode("latin1")) for name, value in headers]
        self.start = {"type": "http.response.start", "status": int(status[:3]), "headers": named}

    async def _watch(self) -> None:
        """Waits for the client to leave; the server takes what is sent to it in silence."""
        if self._receive is not None:
            self._gone = (await self._receive())["type"] == "http.disconnect"

    def _hop(self, message: MutableMapping[str, Any]) -> None:
        if self._gone:
            raise Gone

        async def send() -> None:
            await self._send(message)

        asyncio.run_coroutine_threadsafe(send(), self._loop).result()


def _small(scope: Scope) -> bool:
    """Whether the whole body may be read first: its length is announced, and is not large."""
    headers = dict(scope["headers"])
    announced = headers.get(b"content-length", b"0")
    return b"transfer-encoding" not in headers and announced.isdigit() and int(announced) <= _AT_ONCE


async def _whole(receive: Receive) -> bytes:
    """The body; what came of it where the client went away."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    return body
