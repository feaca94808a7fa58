"""Keep some times for a client to choose from: the visit cannot stay where it is, and the client says where to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from visita.activity import outbox
from visita.activity.outbox import Wanted
from visita.activity.record import record
from visita.bookings import errors, placing, policies, series_locks, verbs, writing
from visita.bookings.actions.end_choice import end_within
from visita.bookings.actions.move import rules_of, wanted
from visita.bookings.attempts import attempts
from visita.bookings.hours.places import Moving, moving
from visita.bookings.locking import locked
from visita.bookings.models import Choice, Visit
from visita.bookings.news import news
from visita.bookings.requests import Item, Placed, Search
from visita.bookings.rules import Rules
from visita.bookings.wall import local
from visita.foundation import clock, ids
from visita.foundation.actor import Actor
from visita.foundation.scope import scope
from visita.scheduling.claims import Ignored
from visita.tenancy.settings import declare

EXPIRY: Final = "choice.expiry"  # the consumer that ends choices nobody answered
MOST: Final = 5

declare("choice_minutes", int, 1440, 10, 10080)  # how long times are kept for a client to choose from

Option = tuple[datetime, int | None]  # where the visit would start, and who would do its first part


def give_choice(
    organization_id: int,
    visit_id: int,
    options: Sequence[Option],
    actor: Actor,
    *,
    version: int | None = None,
) -> Choice:
    """Hold the options until `choice_minutes` are over or the first of them begins; the worker writes to the client.

    A choice given before is replaced. Refuses slot_taken with alternatives when one is gone, changed_meanwhile,
    invalid_transition, not_found, required.
    """
    if not 0 < len(options) <= MOST:
        raise errors.not_offered()
    with scope(organization_id):
        visit = Visit.objects.filter(pk=visit_id).first()
        if visit is None:
            raise errors.not_found()
        what = moving(visit)
        _visit, _known, items = wanted(visit_id, what.request(clock.to_minute(options[0][0]), options[0][1]))
    return attempts(
        organization_id,
        lambda turn: _give(visit_id, options, actor, version, turn),
        items,
        visit.location_id,
        visit.seats,
        True,
        _own(what),
    )


def _own(what: Moving) -> Ignored:
    return Ignored(appointments=tuple(each.pk for each in what.parts))


def _give(visit_id: int, options: Sequence[Option], actor: Actor, version: int | None, turn: int) -> Choice:
    visit = locked(visit_id, version)
    if visit.status not in policies.MOVABLE:
        raise errors.invalid_transition(visit.status, visit.status)
    end_within(visit_id, "withdrawn", actor)
    what = moving(visit)
    found, asked = _asked(what, options)
    series_locks.lock_all([(found, list(items)) for items in asked])
    hold = ids.digest(ids.token(found.public_id))
    until = _until(found, options)
    kept = []
    for items in asked:
        search = Search(visit.seats, staff=True, ignored=_own(what), turn=turn, apart=True)
        placed = placing.place(found, items, search)
        writing.hold(found.location_id, placed, hold, until)
        kept.append(placed)
    return _told(visit, kept, hold, until, actor)


def _asked(what: Moving, options: Sequence[Option]) -> tuple[Rules, list[tuple[Item, ...]]]:
    found, asked = None, []
    for start, resource in options:
        request = what.request(clock.to_minute(start), resource)
        _visit, known, items = wanted(what.visit.pk, request)
        found = found or rules_of(what.visit, known, request)
        asked.append(items)
    assert found is not None
    return found, asked


def _until(found: Rules, options: Sequence[Option]) -> datetime:
    longest = clock.now() + timedelta(minutes=int(found.setting("choice_minutes")))
    return min(longest, *(start for start, _who in options))


def _told(visit: Visit, kept: Sequence[Sequence[Placed]], hold: str, until: datetime, actor: Actor) -> Choice:
    made = Choice(
        code=ids.code(), visit_id=visit.pk, location_id=visit.location_id, options=[_option(each) for each in kept],
        hold=hold, made_at=clock.now(), expires_at=until,
    )  # fmt: skip
    ring = news(visit.location_id, local(visit), visit.version)
    made.activity_id = record(
        verbs.CHOICE_GIVEN,
        "visit",
        visit.pk,
        actor,
        {"choice": made.code, "options": made.options},
        news=ring,
    )
    made.save()
    outbox.later(made.activity_id, EXPIRY, Wanted(f"choice:{made.code}", "expiry", due=until))
    return made


def _option(placed: Sequence[Placed]) -> dict[str, int | None]:
    first = min(placed, key=lambda each: each.s)
    return {"s": first.s, "e": max(each.e for each in placed), "resource": first.resource_id}
