"""Declared settings: key, type, limits, default; and the cascade that finds the value in force (decision 8)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from visita.tenancy.errors import setting_invalid

CASCADE = ("organization", "location", "specialty", "service", "resource", "service_resource")
"""From the widest to the nearest. A `service_resource` row's scope id is `crossing(service, resource)`."""


class Row(Protocol):
    """What the cascade needs of a `Setting`."""

    @property
    def scope_kind(self) -> str: ...
    @property
    def scope_id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def value(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Key:
    """A declared key. Ints lie within low..high, a text has at most `high` characters, a list at most `high` items.

    `check` looks closer at a value of the right type and says whether it fits.
    """

    name: str
    kind: type
    default: Any
    low: int = 0
    high: int = 0
    check: Callable[[Any], bool] | None = None

    def read(self, value: Any) -> Any:
        """The value if it fits; refuses bad_setting."""
        typed = isinstance(value, self.kind) and isinstance(value, bool) == (self.kind is bool)
        if not typed or not self._within(value) or (self.check is not None and not self.check(value)):
            raise setting_invalid(self.name)
        return value

    def _within(self, value: Any) -> bool:
        if self.kind is bool:
            return True
        return self.low <= (value if self.kind is int else len(value)) <= self.high


KEYS: dict[str, Key] = {}


def declare(
    name: str,
    kind: type,
    default: Any,
    low: int = 0,
    high: int = 0,
    check: Callable[[Any], bool] | None = None,
) -> Key:
    """Declare a key of bool, int, str, list or dict, by the package that reads it, at import."""
    key = KEYS[name] = Key(name, kind, default, low, high, check)
    return key


YEAR = 366 * 1440  # minutes

declare("lead_minutes", int, 60, 0, YEAR)
declare("horizon_days", int, 60, 1, 1100)
declare("cancel_until_minutes", int, 1440, 0, YEAR)
declare("hold_minutes", int, 5, 1, 60)
declare("hold_limit_minutes", int, 30, 1, 240)
declare("moves_limit", int, 0, 0, 100)
declare("request_expires_minutes", int, 1440, 0, YEAR)
declare("online", bool, True)
declare("client_interface", bool, True)  # off: clients see services and contact, and book nothing themselves
declare("approval", bool, False)


def crossing(service: int, resource: int) -> int:
    """The scope id of "this service at this resource": one number for the pair."""
    return (service << 32) | resource


def value(
    rows: Iterable[Row],
    key: str,
    *,
    location: int | None = None,
    specialty: int | None = None,
    service: int | None = None,
    resource: int | None = None,
) -> Any:
    """The nearest row's value of `key`, else its default. `rows` are all the organization's settings."""
    declared = KEYS[key]
    pair = crossing(service, resource) if service is not None and resource is not None else None
    wanted = dict(zip(CASCADE, (0, location, specialty, service, resource, pair), strict=True))
    best, found = -1, declared.default
    for row in rows:
        if row.key == key and wanted.get(row.scope_kind) == row.scope_id:
            rank = CASCADE.index(row.scope_kind)
            if rank > best:
                best, found = rank, row.value
    return found
