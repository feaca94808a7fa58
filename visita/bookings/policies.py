"""Pure rules of a visit's life: which status may follow which, and until when a client may change it."""

from datetime import date, datetime, tzinfo

from visita.bookings.models import VisitStatus

_S = VisitStatus

# From → the statuses it may take. `restore` alone leads back, to confirmed.
TRANSITIONS: dict[str, frozenset[str]] = {
    _S.REQUESTED: frozenset({_S.CONFIRMED, _S.ARRIVED, _S.COMPLETED, _S.NO_SHOW, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.ARRIVED, _S.COMPLETED, _S.NO_SHOW, _S.CANCELLED}),
    _S.ARRIVED: frozenset({_S.COMPLETED, _S.NO_SHOW, _S.CANCELLED}),
    _S.COMPLETED: frozenset(),
    _S.NO_SHOW: frozenset({_S.ARRIVED, _S.COMPLETED}),
    _S.CANCELLED: frozenset(),
}

MOVABLE = frozenset({_S.REQUESTED, _S.CONFIRMED, _S.ARRIVED})
RESTORABLE = frozenset({_S.ARRIVED, _S.COMPLETED, _S.NO_SHOW, _S.CANCELLED})


def may_become(before: str, after: str) -> bool:
    """Whether a visit in status `before` may take status `after` by an ordinary verb."""
    return after in TRANSITIONS.get(before, frozenset())


AROUND = 180  # minutes before its start in which a visit of tomorrow's first hours is this evening's too


def is_near(start: int, end: int, now: int, zone: tzinfo) -> bool:
    """Whether a visit (epoch minutes) is of the day that it is now in `zone`, or runs or soon begins over its midnight."""
    if start - AROUND <= now < end:
        return True
    return _date(start, zone) == _date(now, zone)


def _date(minute: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(minute * 60, zone).date()


def has_begun(start: int, now: int) -> bool:
    """Whether the visit's time has come (epoch minutes): before it nobody can have missed it."""
    return start <= now


def deadline(start: int, until_minutes: int) -> int:
    """The last epoch minute at which a client may still cancel or move a visit that starts at `start`."""
    return start - until_minutes
