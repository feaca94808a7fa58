"""The WSGI application behind the event loop: bodies of any size arrive whole, streams leave piece by piece."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from config.threads import Threads

_OK = [("Content-Type", "text/plain"), ("X-Name", "é")]
Begin = Callable[[str, list[tuple[str, str]]], object]


class _Stream:
    """As Django's streaming responses: says so, and wants to be closed."""

    streaming, closed = True, False

    def __iter__(self) -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    def close(self) -> None:
        self.closed = True


class _Whole(list[bytes]):
    streaming = False


def _asked(application: Any, *pieces: bytes, **headers: str) -> list[dict[str, Any]]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/é",
        "query_string": b"",
        "http_version": "1.1",
        "headers": named,
    }
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[dict[str, Any]] = []

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Threads(application, 1)(scope, receive, send))
    return sent


def _echo(environ: dict[str, Any], begin: Begin) -> Iterable[bytes]:
    begin("201 Created", _OK)
    return _Whole([str(len(environ["wsgi.input"].read(5_000_000))).encode(), b" bytes"])


@pytest.mark.parametrize("headers", [{"content_length": "2000000"}, {"transfer_encoding": "chunked"}, {}])
def test_bodies_arrive_whole(headers: dict[str, str]) -> None:
    start, body = _asked(_echo, b"x" * 1_000_000, b"y" * 1_000_000, **headers)
    assert start["status"] == 201
    assert (b"x-name", "é".encode("latin1")) in start["headers"]
    assert body == {"type": "http.response.body", "body": b"2000000 bytes"}


def test_a_stream_leaves_piece_by_piece_and_is_closed() -> None:
    stream = _Stream()

    def application(_environ: dict[str, Any], begin: Begin) -> Iterable[bytes]:
        begin("200 OK", _OK)
        return stream

    messages = _asked(application)
    assert [message.get("body") for message in messages] == [None, b"one ", b"two", b""]
    assert stream.closed


def test_a_failure_of_the_application_is_the_server_s_to_answer() -> None:
    def application(_environ: dict[str, Any], _begin: Begin) -> Iterable[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _asked(application)


def test_a_stream_ends_when_its_client_left() -> None:
    made: list[int] = []
    left = threading.Event()

    class Endless(_Stream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                made.append(len(made))
                yield b"x"
                left.wait(10)

    stream = Endless()

    def application(_environ: Any, begin: Begin) -> Iterable[bytes]:
        begin("200 OK", _OK)
        return stream

    async def run() -> None:
        waiting = [{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}]

        async def receive() -> Any:
            message = waiting.pop(0)
            if not waiting:
                asyncio.get_running_loop().call_soon(left.set)
            return message

        async def send(_message: Any) -> None:
            return None

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "http_version": "1.1",
            "headers": [],
        }
        await asyncio.wait_for(Threads(application, 1)(scope, receive, send), 20)

    asyncio.run(run())
    assert stream.closed and len(made) <= 2
