"""Repeating a visit by its client, where the service allows it: the dates as they would be, and what is booked of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visita.bookings import rules, series_change, series_errors, series_lookup, series_plan
from visita.bookings.locking import appointments
from visita.bookings.models import Turn
from visita.bookings.repeating import Repeat
from visita.bookings.requests import BookRequest
from visita.bookings.series_plan import Occasion
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.web.front.visit import Booking

WAYS = {"week": Repeat("week"), "weeks": Repeat("week", 2), "month": Repeat("month", by_weekday=True)}


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be repeated: at most so many visits in all, the present one included."""

    request: BookRequest
    most: int


def offer(booking: Booking) -> Offer | None:
    """None where the service may not be repeated, or the visit stands in a series already; inside a scope."""
    visit = booking.visit
    if not booking.open or not booking.place.bookable or Turn.objects.filter(visit_id=visit.pk).exists():
        return None
    parts = sorted(appointments(visit.pk), key=lambda part: (part.s, part.position))
    found = rules.load(visit.location_id, tuple(part.service_id for part in parts), archived=True)
    most = min(int(found.setting("repeat_most", service)) for service in found.services.values())
    if most < 2:
        return None
    return Offer(_request(booking, parts), most)


def _request(booking: Booking, parts: list[Any]) -> BookRequest:
    """The same again by the client: answers and agreements of the visit hold for each."""
    visit = booking.visit
    asked = series_change.request_of(series_lookup.Place(Turn(), visit, parts[0].resource_id), parts)
    return BookRequest(
        asked.items,
        client_id=visit.client_id,
        location_id=visit.location_id,
        seats=visit.seats,
        subject_id=visit.subject_id,
        fields={code: each["value"] for code, each in visit.fields.items()},
        consents=tuple(f"{each['id']}.{each['version']}" for each in visit.consents),
        phone_confirmed=bool(visit.terms.get("phone_confirmed")),
    )


def rule(sent: Mapping[str, str], most: int) -> Repeat:
    """`way` (week, weeks, month) and `count`; refuses bad_series."""
    way = WAYS.get(sent.get("way", "week"))
    typed = sent.get("count", "")
    if way is None or not (typed.isascii() and typed.isdecimal() and len(typed) < 4):
        raise series_errors.bad_series("endless", most)
    return Repeat(way.unit, way.every, by_weekday=way.by_weekday, count=int(typed))


def plan(found: Offer, repeat: Repeat) -> list[Occasion]:
    """The dates after the visit itself; inside a scope."""
    return series_plan.plan(found.request, repeat, booked=True)


def chosen(found: Offer, seen: list[Occasion], sent: Mapping[str, str]) -> tuple[Chosen, ...]:
    """Each date as the page showed it: free ones at their time, others at the near time chosen, or left out.

    The start in the form must be one the page can have shown: a date that changed meanwhile is refused as lost.
    """
    rows = []
    lost: list[dict[str, Any]] = []
    for each in seen:
        wanted = sent.get(f"row_{each.number}", "")
        if not wanted:
            continue
        match = next((one for one in _ways(each) if _value(one) == wanted), None)
        if match is None:
            lost.append({"number": each.number, "start": wanted.partition("|")[0], "code": "slot_taken"})
        else:
            rows.append(match)
    if lost:
        raise series_errors.series_conflict(lost)
    return tuple(rows)


def _ways(each: Occasion) -> list[Chosen]:
    own = [Chosen(each.number, each.items, each.price)] if each.free else []
    return own + [Chosen(each.number, near.items, near.price) for near in each.near]


def _value(one: Chosen) -> str:
    """What a row sends: the start and the price it was shown with."""
    return f"{one.items[0].start.isoformat()}|{'' if one.price_seen is None else one.price_seen}"


def series(booking: Booking, found: Offer, repeat: Repeat, rows: tuple[Chosen, ...]) -> SeriesRequest:
    """What the action is asked to book."""
    return SeriesRequest(found.request, repeat, rows, first=booking.visit.pk)


def shown(booking: Booking, seen: list[Occasion]) -> list[dict[str, Any]]:
    """The rows of the page."""
    formats = booking.place.formats
    return [
        {
            "number": each.number,
            "when": formats.moment(each.start),
            "free": each.free,
            "ways": [(_value(one), formats.moment(one.items[0].start)) for one in _ways(each)],
        }
        for each in seen
    ]
