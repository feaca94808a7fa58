"""One reading for many screens: when two hundred desks ask for the same day after one change, it is read once.

Two transactions with the same snapshot of the database see the same rows, so an answer made under it is everybody's who
may see the same; any write by anybody ends it. Nothing is shared across what a reader may see: that is part of the key.
Who has an earlier reading of the same key is sent only what became different.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import Any, Final

from visita.foundation import clock, prepared

MOST: Final = 64  # readings kept by one process
TITLE: Final = "-title"  # among a reading's values: what stands above it, and is no part of its JSON
_SNAPSHOT = "SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NULL"


def snapshot() -> str | None:
    """The mark of what the running transaction sees; None where it has written itself, which no mark tells."""
    with prepared.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        mark, reads_only = cursor.fetchone()
    return f"{mark} {clock.minute()}" if reads_only else None


class Reading:
    """A day as JSON: its ETag, its blocks by id and its other values by name, each as JSON too."""

    __slots__ = ("_changes", "blocks", "body", "tag", "title", "values")

    def __init__(self, found: Mapping[str, Any]) -> None:
        """`found`: names to values; under "blocks" a list of objects with "id", under TITLE its title."""
        found = dict(found)
        self.title = str(found.pop(TITLE, ""))
        blocks = [(block["id"], dumped(block)) for block in found["blocks"]]
        self.blocks = dict(blocks)
        self.values = {name: dumped(value) for name, value in found.items() if name != "blocks"}
        self.body = _whole(self.values, [text for _, text in blocks])
        self.tag = f'"{blake2b(self.body, digest_size=12).hexdigest()}"'
        self._changes: dict[str, bytes] = {}
        if len(self.blocks) < len(blocks):  # two of one name: nobody could be told which of them changed
            self.blocks = {}

    def since(self, before: "Reading") -> bytes | None:
        """`{"values": …, "blocks": […], "gone": […]}`: what became different; None where all of it is no longer."""
        if before.tag not in self._changes:
            self._changes[before.tag] = self._since(before)
        changes = self._changes[before.tag]
        return changes if before.blocks and self.blocks and len(changes) < len(self.body) // 2 else None

    def _since(self, before: "Reading") -> bytes:
        values = {name: text for name, text in self.values.items() if before.values.get(name) != text}
        blocks = [text for id_, text in self.blocks.items() if before.blocks.get(id_) != text]
        gone = [id_ for id_ in before.blocks if id_ not in self.blocks]
        return b'{"values":%s,"blocks":[%s],"gone":%s}' % (_object(values), b",".join(blocks), dumped(gone))


def dumped(value: Any) -> bytes:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _object(values: Mapping[str, bytes]) -> bytes:
    return b"{%s}" % b",".join(b'"%s":%s' % (name.encode(), text) for name, text in values.items())


def _whole(values: Mapping[str, bytes], blocks: list[bytes]) -> bytes:
    return _object({**values, "blocks": b"[%s]" % b",".join(blocks)})


@dataclass(slots=True)
class _Entry:
    lock: Lock = field(default_factory=Lock)
    reading: Reading | None = None


class Shared:
    """Readings by key; who comes while one is being made waits for it instead of making another."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._earlier: OrderedDict[tuple[Hashable, str], Reading] = OrderedDict()

    def get(self, mark: str | None, key: Hashable, make: Callable[[], Mapping[str, Any]]) -> Reading:
        """The reading of `key` under the mark, made where it is not there; without a mark always made."""
        if mark is None:
            return Reading(make())
        entry = self._entry((mark, key))
        with entry.lock:
            if entry.reading is None:
                entry.reading = self._known(key, Reading(make()))
            return entry.reading

    def earlier(self, key: Hashable, tag: str | None) -> Reading | None:
        """A reading of this very key that was answered before."""
        return self._earlier.get((key, tag)) if tag else None

    def _entry(self, key: Hashable) -> _Entry:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)  # the oldest: its mark has passed first
            return entry

    def _known(self, key: Hashable, reading: Reading) -> Reading:
        """The reading, or the same one made under an earlier mark."""
        with self._lock:
            kept = self._earlier.setdefault((key, reading.tag), reading)
            self._earlier.move_to_end((key, reading.tag))
            while len(self._earlier) > self._most:
                self._earlier.popitem(last=False)
            return kept


DAYS = Shared()
