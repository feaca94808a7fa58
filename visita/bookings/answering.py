"""Free times as JSON, dumped by hand: on this hot path a response model costs as much as finding the times.

The shape is the public API's (`docs/api.md`); a test checks it against the schema.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from visita.bookings.availability import Ask, Day, Start, StartItem, by_day, load, starts
from visita.bookings.rules import Rules

_CLOCK = [f"{minute // 60:02}:{minute % 60:02}:00" for minute in range(1440)]


def availability_json(ask: Ask) -> bytes:
    """`{"zone", "days": [{"date", "starts": [{"start", "end", "resources" | "items"}]}]}` for the dates asked."""
    loaded = load(ask)
    return written(loaded.rules, by_day(ask, loaded.rules, starts(ask, loaded)))


def written(rules: Rules, days: Iterable[Day]) -> bytes:
    """The answer's JSON; times on the location's wall clock."""
    dated = [
        f'{{"date":"{day.date.isoformat()}","starts":[{",".join(_starts(day.date, day.starts, rules.zone))}]}}'
        for day in days
    ]
    return f'{{"zone":"{rules.zone_name}","days":[{",".join(dated)}]}}'.encode()


def _starts(day: date, offered: list[Start], zone: tzinfo) -> Iterable[str]:
    if not offered:
        return
    written = _Writer(day, zone)
    people: dict[tuple[int, ...], str] = {}
    for start in offered:
        who = people.get(start.resources)
        if who is None:
            who = people[start.resources] = ",".join(map(str, start.resources))
        span = f'{{"start":"{written(start.start)}","end":"{written(start.end)}",'
        if start.items:
            yield f'{span}"items":[{",".join(_item(item, written) for item in start.items)}]}}'
        elif start.places is None:
            yield f'{span}"resources":[{who}]}}'
        else:
            yield f'{span}"resources":[{who}],"places":{start.places}}}'


def _item(item: StartItem, written: "_Writer") -> str:
    return (
        f'{{"service":{item.service_id},"resource":{item.resource_id},'
        f'"start":"{written(item.start)}","end":"{written(item.end)}"}}'
    )


class _Writer:
    """Epoch minutes as ISO local times; one table look-up on days of one offset, the calendar on change days."""

    def __init__(self, day: date, zone: tzinfo) -> None:
        self._zone = zone
        begin = datetime(day.year, day.month, day.day, tzinfo=zone)
        self._origin = int(begin.timestamp()) // 60
        tomorrow = day + timedelta(days=1)
        after = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
        self._length = (
            1440 if after.utcoffset() == begin.utcoffset() and begin.hour == begin.minute == 0 else 0
        )
        self._prefix, self._offset = f"{day.isoformat()}T", begin.isoformat()[19:]

    def __call__(self, minute: int) -> str:
        at = minute - self._origin
        if 0 <= at < self._length:
            return self._prefix + _CLOCK[at] + self._offset
        return datetime.fromtimestamp(minute * 60, self._zone).isoformat()
