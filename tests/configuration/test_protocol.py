"""An answer's head and body leave together; a head that nothing follows is not kept back."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

from config.protocol import Joined

_HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


class _Line:
    """Remembers what was sent in one piece."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def writelines(self, pieces: Sequence[bytes]) -> None:
        self.sent.append(b"".join(pieces))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def _sent(*pieces: bytes, close: bool = False, lost: bool = False) -> list[bytes]:
    line = _Line()

    async def write() -> None:
        joined: Any = Joined(cast(Any, line), asyncio.get_running_loop())
        for piece in pieces:
            joined.write(piece)
        if close:
            joined.close()
        line.closed = line.closed or lost
        await asyncio.sleep(0)

    asyncio.run(write())
    assert line.closed == (close or lost)
    return line.sent


def test_head_and_body_are_one_packet_and_the_rest_follows() -> None:
    assert _sent(_HEAD, b"one", b"two") == [_HEAD + b"one", b"two"]


def test_a_head_alone_leaves_with_the_next_turn() -> None:
    assert _sent(_HEAD) == [_HEAD]


def test_a_head_alone_leaves_before_the_line_is_closed() -> None:
    assert _sent(_HEAD, close=True) == [_HEAD]


def test_nothing_is_sent_to_who_went_away() -> None:
    assert _sent(_HEAD, lost=True) == []
