"""SQL with named or bare places turned into the server's numbered ones, and values into what it reads there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import NoneType
from typing import Any

import psycopg

_PLACE = re.compile(r"%(?:\((\w+)\))?s|%%")

# Types of places by their numbers in PostgreSQL; 0 lets the server conclude it from what stands around
_UNKNOWN, _BOOL, _BYTES, _BIGINT, _BIGINTS, _DATE, _INSTANT, _TEXTS = 0, 16, 17, 20, 1016, 1082, 1184, 1009
_LARGEST = 2**63

Dumper = Callable[[Any], tuple[int, bytes | None]]
Values = dict[str, Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as the server takes it, and which value stands at each place (names, or none for values in order)."""

    sql: bytes
    names: tuple[str, ...]

    def in_order(self, values: Values) -> Sequence[Any]:
        """The values in the order of their places."""
        if isinstance(values, dict):
            return [values[name] for name in self.names]
        return values


@lru_cache(maxsize=1024)
def compiled(query: str) -> Statement:
    """The statement of a query written with `%(name)s` or `%s`; a name that stands twice is one place."""
    places: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        return places.setdefault(match[1] or str(len(places)), f"${len(places) + 1}")

    return Statement(_PLACE.sub(numbered, query).encode(), tuple(places))


def dumped(value: Any) -> tuple[int, bytes | None]:
    """The type and the text of a value; a whole number is always a bigint, so that a statement is prepared once."""
    return _DUMPERS[type(value)](value)


class _Dumpers(dict[type, Dumper]):
    """By the type of the value."""

    def __missing__(self, kind: type) -> Dumper:
        """For members of an enumeration, which are texts or numbers of a kind of their own; kept for the next."""
        for known in kind.__mro__:
            if known in self:
                return self.setdefault(kind, self[known])
        raise TypeError(f"no prepared statement takes a {kind.__name__}")


def _text(value: str) -> tuple[int, bytes]:
    data = value.encode()
    if b"\0" in data:  # the server's own limit; the library would cut the text there
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return _UNKNOWN, data


def _number(value: int) -> tuple[int, bytes]:
    return (_BIGINT if -_LARGEST <= value < _LARGEST else _UNKNOWN), b"%d" % value


def _many(values: Sequence[Any]) -> tuple[int, bytes]:
    if all(type(value) is int for value in values):
        return _BIGINTS, b"{%s}" % ",".join(map(str, values)).encode()
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return _TEXTS, b"{%s}" % _text(",".join(quoted))[1]


_DUMPERS = _Dumpers(
    {
        NoneType: lambda _value: (_UNKNOWN, None),
        str: _text,
        int: _number,
        bool: lambda value: (_BOOL, b"t" if value else b"f"),
        bytes: lambda value: (_BYTES, b"\\x" + value.hex().encode()),
        datetime: lambda value: (_INSTANT, value.isoformat().encode()),
        date: lambda value: (_DATE, value.isoformat().encode()),
        list: _many,
    }
)
