"""The whole server: the live stream runs on the event loop, everything else as WSGI in a pool of threads."""

from config.environment import environment
from config.threads import Receive, Scope, Send, Threads
from config.wsgi import application as django
from visita.foundation.database.base import keep

_pages = Threads(django, environment.web_threads, keep)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Gives each connection to whoever answers it."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/events/"):
        from visita.web.live.asgi import events

        await events(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    else:  # no websockets here
        await send({"type": "websocket.close", "code": 1000})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
