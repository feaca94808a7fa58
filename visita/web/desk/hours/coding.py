"""What a page carries in hidden fields between being looked at and being made: changes, and what was decided so far.

Twelve weeks of a large team are half a megabyte of JSON, so it travels packed; nothing here is trusted when it comes back.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.scheduling import policies
from visita.scheduling.changes import Block, Change, Day, Week

LONGEST = 500_000  # characters in a field
_UNPACKED = 4_000_000  # bytes once unpacked: all changes there may be at once

_WRONG = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def dumped(changes: Sequence[Change]) -> str:
    """As `loaded` reads it."""
    return packed([_raw(each) for each in changes])


def loaded(text: str) -> list[Change]:
    """The changes; refuses bad_json for anything no page of ours wrote."""
    found = unpacked(text)
    try:
        return [_change(each) for each in found]
    except _WRONG as error:
        raise _bad() from error


def packed(value: Any) -> str:
    """A JSON value as text that is short and passes a form unchanged."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode(), 6)).decode()


def unpacked(text: str) -> Any:
    """What `packed` gave; refuses bad_json."""
    if len(text) > LONGEST:
        raise _bad()
    try:
        reader = zlib.decompressobj()
        plain = reader.decompress(base64.b64decode(text, altchars=b"-_", validate=True), _UNPACKED)
        if not reader.eof:
            raise _bad()
        return json.loads(plain)
    except (ValueError, RecursionError, zlib.error, binascii.Error) as error:
        raise _bad() from error


def decided(text: str) -> dict[int, Mapping[str, Any]]:
    """What was typed for each visit on the pages before; refuses bad_json."""
    found = unpacked(text) if text else {}
    if not isinstance(found, dict):
        raise _bad()
    try:
        rows = {int(key): row for key, row in found.items()}
    except _WRONG as error:
        raise _bad() from error
    if not all(isinstance(row, dict) and 0 < key < 2**63 for key, row in rows.items()):
        raise _bad()
    return rows


def versions(text: str) -> dict[int, int]:
    """Versions of hours by resource, "resource:version …"; refuses bad_json."""
    try:
        pairs = [part.split(":") for part in text.split()]
        return {int(resource): int(version) for resource, version in pairs}
    except ValueError as error:
        raise _bad() from error


def _raw(change: Change) -> dict[str, Any]:
    if isinstance(change, Block):
        return {
            "r": change.resource_id, "l": change.location_id, "s": change.s, "e": change.e, "n": change.note
        }  # fmt: skip
    return _day(change) if isinstance(change, Day) else _week(change)


def _day(day: Day) -> dict[str, Any]:
    return {
        "r": day.resource_id, "l": day.location_id, "d": day.date.isoformat(), "i": day.intervals, "w": day.reason,
        "o": day.online,
    }  # fmt: skip


def _week(week: Week) -> dict[str, Any]:
    return {"r": week.resource_id, "l": week.location_id, "p": policies.as_rows(week.patterns)}


def _change(raw: dict[str, Any]) -> Change:
    if "p" in raw:
        return Week(_id(raw["r"]) or 0, _id(raw["l"]) or 0, policies.of_rows(raw["p"]))
    if "s" in raw:
        s, e = _id(raw["s"]) or 0, _id(raw["e"]) or 0
        return Block(_id(raw["r"]) or 0, _id(raw["l"]) or 0, s, e, str(raw["n"]))
    spans = None if raw["i"] is None else _spans(raw["i"])
    online = None if raw["o"] is None else _spans(raw["o"])
    return Day(_id(raw["r"]), _id(raw["l"]), date.fromisoformat(raw["d"]), spans, str(raw["w"]), online)


def _id(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63):
        raise _bad()
    return None if value is None else int(value)


def _spans(value: Any) -> tuple[tuple[int, int], ...]:
    spans = tuple((start, end) for start, end in value)
    if not all(type(minute) is int for span in spans for minute in span):
        raise _bad()
    return spans


def _bad() -> Refusal:
    return Refusal("bad_json", 400, _("This could not be read. Nothing was changed."))
