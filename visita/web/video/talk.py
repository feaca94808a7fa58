"""The one request of an open room: what this side says goes in, what the other side said comes out."""

import json
from typing import Any

from django.http import HttpRequest

from visita.foundation.errors import Refusal
from visita.integrations.video.models import Side
from visita.integrations.video.rooms import Room
from visita.integrations.video.signals import AT_ONCE, exchange

MOST_BYTES = 64 * 1024  # a description of a call is about 6 kB


def talk(request: HttpRequest, room: Room, side: Side) -> dict[str, Any]:
    """`{"after": id, "said": [object, …]}` → `{"state", "messages"}`; refuses bad_json and slow_down."""
    if room.state != "open" or room.address:
        return {"state": room.state, "messages": []}
    after, said = _read(request)
    return {"state": "open", "messages": exchange(room.visit_id, side, said, after)}


def _read(request: HttpRequest) -> tuple[int, list[dict[str, Any]]]:
    if len(request.body) > MOST_BYTES:
        raise Refusal("too_large", 413, "")
    try:
        body = json.loads(request.body)
        after, said = body["after"], body["said"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable() from error
    fits = isinstance(after, int) and 0 <= after < 2**63 and isinstance(said, list) and len(said) <= AT_ONCE
    if not fits or not all(isinstance(each, dict) for each in said) or not _storable(said):
        raise _unreadable()
    return after, said


def _storable(said: list[Any]) -> bool:
    """Whether PostgreSQL takes it as JSON: no NUL, no half of a surrogate pair, no NaN, nothing too deep."""
    try:
        written = json.dumps(said, ensure_ascii=False, allow_nan=False)
        written.encode()
    except (ValueError, RecursionError):  # UnicodeEncodeError is a ValueError
        return False
    return "\\u0000" not in written


def _unreadable() -> Refusal:
    return Refusal("bad_json", 400, "")
