"""Where a visit may go on a day, for the form that moves it without script: who could take it, and the nearest free times."""

from datetime import date, datetime
from typing import Any, Final

from visita.bookings import journal_offer
from visita.bookings.journal_visit import Card
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame
from visita.web.desk.reading import Body, day, moment

SHOWN: Final = 6


def context(place: Frame, card: Card, sent: Body) -> dict[str, Any]:
    """`move_people` besides whoever has it, and `move_times`: aware starts of the whole visit on the typed day (its own if
    none) with the person typed, near the typed time, never where it is already. Inside a scope."""
    try:
        when = day(sent.text("date")) or card.start.date()
        what = journal_offer.moving(card.visit.pk, sent.number("appointment"), alone=sent.flag("alone"))
        starts = journal_offer.starts_for_move(what, when)
        near = clock.to_minute(_typed(sent, when, place) or card.start)
    except Refusal:
        return {}
    who = sent.number("resource") or what.dragged.resource_id or 0
    own = (what.dragged.s, what.dragged.resource_id)
    free = [start for start in starts.get(who, []) if (start, who) != own and start > clock.minute()]
    shown = sorted(sorted(free, key=lambda start: abs(start - near))[:SHOWN])
    others = Resource.objects.filter(pk__in=set(starts) - {what.dragged.resource_id})
    return {
        "move_people": [(row.pk, str(row)) for row in others],
        "move_who": who,
        "move_times": [_shown(start, place) for start in shown],
        "move_day": place.formats.day(when),
    }


def _typed(sent: Body, when: date, place: Frame) -> datetime | None:
    return moment(sent, when, place.zone) if sent.text("time", 8) else None


def _shown(start: int, place: Frame) -> dict[str, str]:
    at = clock.from_minute(start).astimezone(place.zone)
    return {"start": at.isoformat(), "time": place.formats.time(at)}
