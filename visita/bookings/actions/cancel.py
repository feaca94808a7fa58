"""Cancel a visit: the only change of status that frees its time."""

from zoneinfo import ZoneInfo

from django.db import connection

from visita.bookings import errors, policies, ports, rules, verbs
from visita.bookings.actions.settle import change_status
from visita.bookings.locking import appointments, locked, require_in_time
from visita.bookings.models import VisitStatus
from visita.bookings.news import ring_others
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.foundation import scope, text
from visita.foundation.actor import Actor
from visita.scheduling import claims

_PLACES = """
UPDATE bookings_place SET live = false, activity_id = %s
WHERE organization_id = %s AND appointment_id = ANY(%s) AND live"""


def cancel(
    organization_id: int,
    visit_id: int,
    actor: Actor,
    *,
    reason: str = "",
    version: int | None = None,
    merge: bool = False,
    ours: bool = False,
    silent: bool = False,
) -> Changed:
    """Cancel, keeping the rows. A client is bound by the deadline (403 deadline_passed); staff are not. `silent`:
    nobody is written to about it.

    Refuses invalid_transition for what is done, not shown or cancelled already, changed_meanwhile, not_found.
    """
    reason = text.note(reason, field="reason", limit=500)

    def transaction() -> Changed:
        with scope.scope(organization_id, durable=True):
            return cancel_within(
                visit_id, actor, reason=reason, version=version, merge=merge, ours=ours, silent=silent
            )

    return retrying(transaction)


def cancel_within(
    visit_id: int,
    actor: Actor,
    *,
    reason: str = "",
    version: int | None = None,
    merge: bool = False,
    ours: bool = False,
    silent: bool = False,
) -> Changed:
    """The same inside a running scope."""
    visit = locked(visit_id, version, {"status": VisitStatus.CANCELLED, "time": None} if merge else None)
    if not policies.may_become(visit.status, VisitStatus.CANCELLED):
        raise errors.invalid_transition(visit.status, VisitStatus.CANCELLED)
    known = appointments(visit_id)
    services = tuple(each.service_id for each in known)
    require_in_time(visit, rules.load(visit.location_id, services, archived=True), actor)
    also = {"ours": True} if ours and actor.is_staff else {}
    also |= {"silent": True} if silent else {}
    changed = change_status(visit, VisitStatus.CANCELLED, verbs.CANCELLED, actor, also, cancel_reason=reason)
    keys = [each.pk for each in known]
    visit.refresh_from_db(fields=["activity_id"])
    claims.free(keys, visit.activity_id or 0)
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [visit.activity_id, scope.current(), keys])
    ring_others(visit, ZoneInfo(visit.zone), (each.s for each in known))
    for release in ports.release:
        release(ports.Freed(visit.pk, visit.client_id, actor))
    return changed
