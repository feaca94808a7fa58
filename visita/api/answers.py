"""Plain JSON answers, dumped by hand: a pydantic response would double their cost, so the tests check the schemas."""

import json
from typing import Any

from django.http import HttpResponse

JSON = "application/json"


def dumped(body: Any) -> bytes:
    """UTF-8 bytes of a JSON-ready value; half a character that was sent to us (a lone surrogate) becomes "?": its
    escape would be an answer that strict readers refuse."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def answer(body: Any, status: int = 200, **headers: str) -> HttpResponse:
    """A JSON answer; keyword headers use `_` for `-` (ETag is given as `etag`)."""
    return written(dumped(body), status, **headers)


def written(body: bytes, status: int = 200, **headers: str) -> HttpResponse:
    """An answer whose JSON is already written."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(body, status=status, content_type=JSON, headers=named)


def empty() -> HttpResponse:
    """204: done, nothing to say."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response
