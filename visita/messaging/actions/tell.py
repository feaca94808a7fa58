"""Wish that a visit's client be told what became of it, and take the wish back while nothing has left yet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from visita.activity.models import Activity, Errand
from visita.activity.record import record
from visita.bookings import errors, queries, states
from visita.bookings import verbs as bookings
from visita.bookings.models import Turn, Visit
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.messaging import verbs

What = Literal["moved", "services", "cancelled"]


@Action
def tell(visit_id: int, what: What, actor: Actor) -> None:
    """The client is written to in some seconds, if it is still true then (time for an undo). Refuses not_found.

    `tell.here(…)` wishes it inside the transaction of the change itself. Of several wishes the last one counts; a move
    is compared with where the client knows the visit to be.
    """
    visit = queries.visit(visit_id).visit
    payload: dict[str, Any] = {"what": what, "s": visit.s, "location": visit.location_id}
    if what == "moved":
        payload |= _known(visit)
    if what == "services":
        payload |= _known_services(visit)
    record(verbs.TOLD, "visit", visit_id, actor, payload)


@Action
def tell_series(series_id: int, visits: Sequence[int], actor: Actor) -> None:
    """The client of a series is told once where these visits of it are now, in some seconds. Refuses not_found.

    Of those that are back where they were by then, and of those that are over or gone, nothing is told.
    """
    rows = list(Visit.objects.filter(pk__in=_of_series(series_id, visits)))
    if len(rows) != len(set(visits)) or not rows:
        raise errors.not_found()
    payload = {"what": "series", "visits": {str(row.pk): _known(row) for row in rows}}
    record(verbs.TOLD, "series", series_id, actor, payload)


@Action
def untell(visit_id: int, actor: Actor) -> None:
    """Nothing that was wished for this visit and has not left yet is sent. Refuses not_found."""
    queries.visit(visit_id)
    record(verbs.UNTOLD, "visit", visit_id, actor)


def _of_series(series_id: int, visits: Sequence[int]) -> list[int]:
    turns = Turn.objects.filter(series_id=series_id, visit_id__in=list(visits))
    return list(turns.values_list("visit_id", flat=True))


def _known(visit: Visit) -> dict[str, Any]:
    """Where the client knows the visit: before the last move, or before those not told yet. `was` has [start, resource]
    by part, `was_location` the place."""
    acts = Activity.objects.filter(object_kind="visit", object_id=visit.pk).order_by("-id")
    last = acts.filter(verb=bookings.MOVED).first()
    before = last.payload["before"] if last else []
    was = {str(part["part"]): [part["s"], part["resource"]] for part in before if "part" in part}
    wish = acts.filter(verb=verbs.TOLD).first()
    location = last.payload.get("location", [visit.location_id])[0] if last else visit.location_id
    if wish and _waits(wish):
        return {
            "was": {**was, **wish.payload.get("was", {})},
            "was_location": wish.payload.get("was_location", location),
        }
    return {"was": was, "was_location": location}


def _known_services(visit: Visit) -> dict[str, Any]:
    """The services as they were before the last change of them, or before those the client was not told of yet: `parts`
    has [service, start, resource] of each."""
    acts = Activity.objects.filter(object_kind="visit", object_id=visit.pk).order_by("-id")
    wish = acts.filter(verb=verbs.TOLD).first()
    if wish and wish.payload.get("parts") and _waits(wish):
        return {"parts": wish.payload["parts"]}
    last = acts.filter(verb=bookings.EXCHANGED).first()
    steps = [step for step in states.steps(visit.pk) if last is not None and step.act.pk == last.pk]
    before = steps[0].before if steps else None
    return {"parts": [] if before is None else services_of(before.parts.values())}


def services_of(parts: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """What a client knows of a visit's services, so that two states can be compared: [service, start, resource]."""
    return sorted([part["service_id"], part["s"], part["resource_id"]] for part in parts)


def _waits(wish: Activity) -> bool:
    """Whether nothing has left for it yet."""
    return wish.dispatched_at is None or Errand.objects.filter(event_id=wish.pk, done_at=None).exists()
