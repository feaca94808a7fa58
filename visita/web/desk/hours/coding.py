"""Changes of working time as text in a page's hidden field, between being looked at and being made."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal
from visita.scheduling.changes import Change, Day, Week
from visita.scheduling.policies import Pattern

LONGEST = 500_000  # characters: twelve weeks of a large team


def dumped(changes: Sequence[Change]) -> str:
    """As `loaded` reads it."""
    return json.dumps([_day(each) if isinstance(each, Day) else _week(each) for each in changes])


def loaded(text: str) -> list[Change]:
    """The changes; refuses bad_json for anything no page of ours wrote."""
    if len(text) > LONGEST:
        raise _bad()
    try:
        return [_change(each) for each in json.loads(text)]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise _bad() from error


def _day(day: Day) -> dict[str, Any]:
    return {
        "r": day.resource_id, "l": day.location_id, "d": day.date.isoformat(), "i": day.intervals, "w": day.reason,
        "o": day.online,
    }  # fmt: skip


def _week(week: Week) -> dict[str, Any]:
    rows = [
        [p.weekday, p.start, p.end, p.valid_from.isoformat(), p.valid_to and p.valid_to.isoformat(), p.every_weeks, p.online]
        for p in week.patterns
    ]  # fmt: skip
    return {"r": week.resource_id, "l": week.location_id, "p": rows}


def _change(raw: dict[str, Any]) -> Change:
    if "p" in raw:
        rows = tuple(_pattern(*row) for row in raw["p"])
        return Week(_id(raw["r"]) or 0, _id(raw["l"]) or 0, rows)
    spans = None if raw["i"] is None else _spans(raw["i"])
    online = None if raw["o"] is None else _spans(raw["o"])
    return Day(_id(raw["r"]), _id(raw["l"]), date.fromisoformat(raw["d"]), spans, str(raw["w"]), online)


def _pattern(
    weekday: int, start: int, end: int, since: str, until: str | None, every: int, online: Any
) -> Pattern:
    if not all(type(number) is int for number in (weekday, start, end, every)):
        raise _bad()
    last = None if until is None else date.fromisoformat(until)
    part = None if online is None else _spans(online)
    return Pattern(weekday, start, end, date.fromisoformat(since), last, every, part)


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
