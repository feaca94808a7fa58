"""What bookings answer to a change of working time: the visits it would strand, unless they were agreed to."""

from collections.abc import Iterable, Sequence
from typing import Any

from visita.activity import outbox
from visita.activity.outbox import Consumer, Errand, Event, Wanted
from visita.bookings import verbs
from visita.bookings.actions.end_choice import end_choice, expire_choice
from visita.bookings.actions.give_choice import EXPIRY
from visita.bookings.hours import errors
from visita.bookings.hours.outside import Part, outside, parts, token
from visita.bookings.models import Choice, ChoiceStatus
from visita.foundation import clock
from visita.foundation.actor import SYSTEM
from visita.scheduling import stranding

_ELSEWHERE = frozenset({verbs.CANCELLED, verbs.MOVED, verbs.EXCHANGED, verbs.BROUGHT_BACK})


def look(resource_ids: Sequence[int]) -> stranding.After:
    """Look at what is booked before the change, under its locks. What stood outside before is not its doing."""
    known = parts(resource_ids)
    before = outside(known) if known else set()

    def after(agreed: str) -> None:
        stranded = outside(known) - before if known else set()
        if stranded and token(stranded) != agreed:
            raise errors.visits_stranded(token(stranded), shown(stranded))

    return after


def shown(stranded: set[Part]) -> list[dict[str, Any]]:
    """The visits for an answer: JSON-ready, by time, each once."""
    rows: dict[int, dict[str, Any]] = {}
    for part in sorted(stranded, key=lambda part: (part.s, part.visit_id, part.appointment_id)):
        rows.setdefault(
            part.visit_id,
            {
                "visit": part.visit_id,
                "version": part.version,
                "location": part.location_id,
                "resource": part.resource_id,
                "start": clock.from_minute(part.s).isoformat(),
                "end": clock.from_minute(part.e).isoformat(),
            },
        )
    return list(rows.values())


def _expire(errand: Errand) -> None:
    expire_choice(errand.organization_id, errand.recipient.partition(":")[2])


def _elsewhere(event: Event) -> Iterable[Wanted]:
    """A visit that was cancelled or moved after its client was asked needs the times kept for it no more."""
    asked = Choice.objects.filter(visit_id=event.object_id, status=ChoiceStatus.OPEN, made_at__lt=event.at)
    if asked.exists():
        end_choice.here(event.object_id, "lost", SYSTEM)
    return ()


def register() -> None:
    """Called once, when the app is ready."""
    stranding.watch(look)
    outbox.register(Consumer(EXPIRY, carry=_expire))
    outbox.register(Consumer("choice.elsewhere", _ELSEWHERE, _elsewhere))
