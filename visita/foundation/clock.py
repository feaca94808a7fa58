"""The one clock: everything that asks for business time asks here, so tests and imports can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

_fixed: ContextVar[datetime | None] = ContextVar("visita_clock", default=None)


def now() -> datetime:
    """The present instant, aware and in UTC; the set one inside `at`."""
    return _fixed.get() or datetime.now(UTC)


def minute() -> int:
    """The present as whole minutes since the epoch, rounded down."""
    return to_minute(now())


def next_minute() -> int:
    """The present as whole minutes since the epoch, rounded up: the first minute that has not begun."""
    return int(-(-now().timestamp() // 60))


def to_minute(instant: datetime) -> int:
    """Whole epoch minutes of an aware instant, rounded down."""
    return int(instant.timestamp() // 60)


def from_minute(value: int) -> datetime:
    """The aware UTC instant of an epoch minute."""
    return datetime.fromtimestamp(value * 60, UTC)


def latest_day() -> date:
    """The date where days begin first (UTC+14): whatever is later is still to come everywhere."""
    return (now() + timedelta(hours=14)).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Set the clock to an aware instant for the block (tests, imports with their own booking time)."""
    if instant.tzinfo is None:
        raise ValueError("the clock takes aware instants only")
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
