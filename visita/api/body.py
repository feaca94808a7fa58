"""Request bodies: JSON of limited size and depth, read strictly (no duplicate key, no NaN, valid UTF-8)."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from visita.foundation.errors import Refusal

LARGEST = 256 * 1024  # bytes
DEEPEST = 32  # arrays and objects inside one another


class StrictParser(Parser):
    """Ninja's parser for bodies; raises a Refusal with 400, 413 or 415."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value of the body; the content type must say JSON."""
        if request.content_type != "application/json":
            raise Refusal("bad_content_type", 415, _("Send JSON with “Content-Type: application/json”."))
        check_size(len(request.body))
        return parse(request.body)


def check_size(size: int) -> None:
    """Refuses a body over the limit before anything reads it."""
    if size > LARGEST:
        raise Refusal("too_large", 413, _("The request is larger than 256 KB. Send less at once."))


def parse(raw: bytes) -> Any:
    """The JSON value of `raw`; a Refusal `bad_json` (400) for anything but strict JSON up to the depth limit."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except (ValueError, RecursionError):
        raise bad_json() from None
    if _too_deep(value):
        raise bad_json()
    return value


def bad_json() -> Refusal:
    """One answer for whatever is not strict JSON."""
    text = _("The body is not valid JSON: UTF-8, no duplicate keys, no NaN, at most 32 levels deep.")
    return Refusal("bad_json", 400, text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


def _too_deep(value: Any) -> bool:
    level: list[Any] = [value]
    for _step in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    return any(isinstance(each, dict | list) for each in level)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
