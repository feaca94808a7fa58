"""What the worker does for the waitlist: fill what came free, end what nobody answered, let go of holds that ran out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from visita.activity import outbox
from visita.activity.outbox import Consumer, Errand, Event, Sweep, Wanted
from visita.activity.record import record
from visita.bookings import verbs
from visita.bookings.actions.end_offer import expire_offer
from visita.bookings.actions.offer import EXPIRY
from visita.bookings.models import Waiting
from visita.bookings.waitlist import filling
from visita.bookings.waitlist.freed import VERBS, Freed, freed
from visita.foundation import clock, scope
from visita.foundation.action import Action
from visita.foundation.actor import SYSTEM

FILL = "waitlist.fill"
UNDO = timedelta(seconds=5)  # in which a cancellation may be taken back before anybody is told

_RUN_OUT = """
WITH gone AS (DELETE FROM scheduling_allocation WHERE organization_id = %(o)s AND hold <> '' AND kind = 'hold'
    AND expires_at <= %(now)s RETURNING location_id, s, e),
places AS (DELETE FROM bookings_place WHERE organization_id = %(o)s AND hold <> '' AND expires_at <= %(now)s
    RETURNING session_id)
SELECT location_id, min(s), max(e) FROM (
  SELECT * FROM gone UNION ALL
  SELECT x.location_id, x.s, x.e FROM places p
  JOIN bookings_session x ON x.organization_id = %(o)s AND x.id = p.session_id) one GROUP BY location_id"""


def whom(event: Event) -> Iterable[Wanted]:
    """The locations where somebody waits for what came free; who has just joined is looked after alone."""
    if event.verb in (verbs.WAITING, verbs.WAITING_CHANGED):
        waiting = Waiting.objects.filter(pk=event.object_id, visit_id=None).first()
        return [Wanted(f"waiting:{event.object_id}", "fill")] if waiting else []
    return [Wanted(f"location:{each.location_id}", "fill", each.payload()) for each in freed(event)]


def fill(errand: Errand) -> None:
    """Offer what is free, in the hours for it; the rest of a long line in an errand of its own."""
    found = _asked(errand)
    if found is None:
        return
    where, only = found
    after = int(errand.payload.get("after", 0))
    if (morning := filling.quiet_until(errand.organization_id, where.location_id)) is not None:
        _again(errand, f"from{morning:%m%dT%H%M}", {**errand.payload}, morning)
        return
    _made, stopped = filling.fill(errand.organization_id, where, only=only, after=after)
    if stopped:
        _again(errand, f"after{stopped}", {**errand.payload, "after": stopped}, clock.now())


def _asked(errand: Errand) -> tuple[Freed, int | None] | None:
    kind, _, number = errand.recipient.partition(":")
    id = int(number.partition("/")[0])
    if kind == "location":
        said = errand.payload
        return Freed(id, said.get("s"), said.get("e"), said.get("by")), None
    with scope.scope(errand.organization_id):
        waiting = Waiting.objects.filter(pk=id).first()
    return None if waiting is None else (Freed(waiting.location_id), id)


def _again(errand: Errand, mark: str, payload: dict[str, object], due: datetime) -> None:
    head = errand.recipient.partition("/")[0]
    with scope.scope(errand.organization_id, durable=True):
        outbox.later(errand.event.id, FILL, Wanted(f"{head}/{mark}", "fill", payload, due))


def expire(errand: Errand) -> None:
    """End the offer if nobody answered; its event lets the next one have it."""
    expire_offer(errand.organization_id, errand.recipient.partition(":")[2])


def waited_holds(moment: datetime) -> list[int]:
    """Organizations where a client's hold has run out while somebody waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organization_id FROM visita_waited_holds(%s)", [moment])
        return [row[0] for row in cursor.fetchall()]


@Action
def let_go() -> None:
    """Delete the holds that have run out, and say which time came free by it."""
    with connection.cursor() as cursor:
        cursor.execute(_RUN_OUT, {"o": scope.current(), "now": clock.now()})
        found = cursor.fetchall()
    for location_id, s, e in found:
        record(
            verbs.HOLDS_RUN_OUT, "location", location_id, SYSTEM, {"location": location_id, "s": s, "e": e}
        )


def register() -> None:
    """Called once, when the app is ready."""
    outbox.register(
        Consumer(
            FILL,
            VERBS | {verbs.WAITING, verbs.WAITING_CHANGED},
            whom,
            fill,
            delay=UNDO,
            within=timedelta(days=1),
        )
    )
    outbox.register(Consumer(EXPIRY, carry=expire))
    outbox.sweep(Sweep("waitlist.holds", timedelta(seconds=20), waited_holds, let_go))
