"""HTTP as uvicorn speaks it, an answer's head and body in one packet.

uvicorn writes them apart. Each write wakes whoever waits at the other end and costs as much as a short query; the first
wakes them for nothing, since the body is not there yet.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEAD = b"HTTP/1.1 "


class Joined:
    """A transport that keeps a head back until its body is written, at most to the loop's next turn."""

    __slots__ = ("_head", "_loop", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""

    def write(self, data: bytes) -> None:
        """Sends what follows a head together with it; a head alone waits, a stream's for one turn of the loop."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif data.startswith(_HEAD):
            self._head = data
            self._loop.call_soon(self._alone)
        else:
            self._transport.write(data)

    def close(self) -> None:
        """Closes the line once all is sent."""
        self._alone()
        self._transport.close()

    def _alone(self) -> None:
        head, self._head = self._head, b""
        if head and not self._transport.is_closing():
            self._transport.write(head)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Protocol(HttpToolsProtocol):
    """uvicorn's, over such a transport."""

    def connection_made(self, transport: Any) -> None:
        """Begins with a client."""
        super().connection_made(Joined(transport, self.loop))  # type: ignore[arg-type]  # all of it that is asked for
