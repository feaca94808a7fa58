"""What the forms of a series send: the rule, the visit that repeats, and what was chosen for each date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import get_args

from django.utils.translation import gettext_lazy as _

from visita.bookings import series_change, series_errors, series_lookup
from visita.bookings.journal_visit import appointments, find
from visita.bookings.models import Turn
from visita.bookings.repeating import Repeat
from visita.bookings.requests import BookRequest, Item
from visita.bookings.series_change import Wish
from visita.bookings.series_requests import Span
from visita.foundation.errors import Refusal
from visita.web.desk import typed
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body, day, moment

PICK = "pick"  # a row's choice: the date and time typed beside it
_DIGITS = 19


def rule(sent: Body, first: date) -> Repeat:
    """`unit` (day, week, month, weekday), `every`, `on_<0-6>`, and `ends` = count with `count` or until with `until`."""
    unit = sent.text("unit", 8) or "week"
    every = sent.number("every", high=99) or 1
    until = day(sent.text("until", 10)) if sent.text("ends", 8) == "until" else None
    count = None if sent.text("ends", 8) == "until" else sent.number("count", high=9999)
    weekdays = tuple(one for one in range(7) if sent.flag(f"on_{one}"))
    if unit == "week":
        return Repeat("week", every, tuple(sorted({*weekdays, first.weekday()})), count=count, until=until)
    if unit in ("month", "weekday"):
        return Repeat("month", every, by_weekday=unit == "weekday", count=count, until=until)
    return Repeat("day", every, count=count, until=until)


def visit(sent: Body, place: Frame) -> BookRequest:
    """The visit that repeats: one that exists (`visit`), or a new one as its form has it. Inside a scope."""
    known = sent.number("visit")
    return typed.visit(sent, place) if known is None else _known(known)


def _known(visit_id: int) -> BookRequest:
    """As staff would book it again; its notes and answers are its own."""
    found = find(visit_id)
    parts = sorted(appointments(visit_id), key=lambda part: (part.s, part.position))
    lone = series_lookup.Place(Turn(), found, parts[0].resource_id)
    asked = series_change.request_of(lone, parts)
    return replace(asked, subject_id=found.subject_id, scheme=found.scheme, fields=_answers(found.fields))


def _answers(kept: dict[str, dict[str, object]]) -> dict[str, object]:
    return {code: each["value"] for code, each in kept.items()}


def span(sent: Body) -> Span:
    """this, following or all."""
    asked = sent.text("span", 10) or "following"
    for known in get_args(Span):
        if asked == known:
            return known  # type: ignore[no-any-return]  # get_args has no types
    raise series_errors.bad_series("plan", 0)


def wish(sent: Body, start: datetime) -> Wish:
    """`time`, `weekday` (0-6) of the same week, `resource`; what is as it was changes nothing."""
    typed = sent.text("time", 5)
    try:
        wall = time.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Refusal("bad_datetime", 422, _("Write a date and a time."), field="time") from error
    weekday = sent.number("weekday", low=0, high=6)
    days = 0 if weekday is None else weekday - start.weekday()
    return Wish(days, None if wall == start.time() else wall, sent.number("resource"))


def packed(items: Sequence[Item], price: int | None) -> str:
    """A row's value: who and when of every item, and the price shown."""
    parts = ";".join(f"{item.start.isoformat()}~{item.resource_id or ''}" for item in items)
    return f"{parts}|{'' if price is None else price}"


def unpacked(value: str, items: Sequence[Item]) -> tuple[tuple[Item, ...], int | None]:
    """The items as `packed` has them; refuses what it never made."""
    parts, _bar, price = value.partition("|")
    pairs = [part.split("~") for part in parts.split(";")]
    try:
        found = tuple(
            replace(item, start=_aware(when), resource_id=_id(who))
            for item, (when, who) in zip(items, pairs, strict=True)
        )
        return found, int(price[:_DIGITS]) if price else None
    except ValueError as error:
        raise series_errors.bad_series("plan", len(pairs)) from error


def _aware(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not 2000 <= found.year < 2200:
        raise ValueError(text)
    return found


def _id(text: str) -> int | None:
    return int(text[:_DIGITS]) if text else None


def picked(sent: Body, key: int, place: Frame) -> datetime | None:
    """The date and time typed for a row, where that was chosen."""
    if sent.text(f"row_{key}", 400) != PICK:
        return None
    when = day(sent.text(f"day_{key}", 10))
    if when is None:
        raise Refusal("bad_datetime", 422, _("Write a date and a time."), field=f"day_{key}")
    return moment(Body({"time": sent.text(f"time_{key}", 8)}), when, place.zone)
