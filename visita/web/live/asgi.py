"""`/events/{organization}/`: the live stream as server-sent events, on the event loop and outside Django."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import Any

from visita.foundation.database.listening import address
from visita.web.live.entry import organization_for, session_key
from visita.web.live.switchboard import News, Queue, Switchboard

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PING = 15.0  # seconds of silence after which a comment shows that the line is alive
LIFE = 600.0  # seconds after which a browser must come again, so that a lost membership ends its stream

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


switchboard = Switchboard(partial(address, "visita live"))


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """One browser's stream. 404 for strangers and unknown organizations alike; 405 for anything but GET."""
    slug = scope["path"].removeprefix("/events/").strip("/")
    if scope["method"] != "GET":
        await _refuse(send, 405)
        return
    organization = await organization_for(slug, session_key(scope["headers"]))
    if organization is None:
        await _refuse(send, 404)
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    with switchboard.listening(organization) as queue:
        await _stream(queue, receive, send)


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def _stream(queue: Queue, receive: Receive, send: Send) -> None:
    """Until the browser goes or its time is over."""
    gone = asyncio.create_task(_gone(receive))
    end = asyncio.get_running_loop().time() + LIFE
    try:
        await _write(send, "retry: 1000\n\n")
        while not gone.done() and asyncio.get_running_loop().time() < end:
            await _next(queue, gone, send)
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def _next(queue: Queue, gone: "asyncio.Task[None]", send: Send) -> None:
    """The next piece of news, or a ping."""
    waiting = asyncio.create_task(queue.get())
    try:
        await asyncio.wait([waiting, gone], timeout=PING, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            await _write(send, _event(waiting.result()))
        elif not gone.done():
            await _write(send, "event: ping\ndata:\n\n")
    finally:
        waiting.cancel()


def _event(news: News) -> str:
    data = {"location": news.location, "date": news.date} if news.location else {}
    return f"event: change\ndata: {json.dumps(data)}\n\n"


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
