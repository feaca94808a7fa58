"""Locking a visit before it is changed, and refusing a reader who saw an older one."""

from django.db import connection

from visita.activity.models import Activity
from visita.bookings import errors, policies, rules, terms, verbs
from visita.bookings.meanwhile import Wanted, require_apart, told
from visita.bookings.models import Appointment, Visit
from visita.foundation import clock, scope
from visita.foundation.actor import Actor

_LOCK = "SELECT version FROM bookings_visit WHERE organization_id = %s AND id = %s FOR NO KEY UPDATE"


def locked(visit_id: int, version: int | None, wanted: Wanted | None = None) -> Visit:
    """The visit, its row locked until the transaction ends. Refuses not_found and changed_meanwhile.

    `version` is what the caller saw; None takes whatever is there (the public API may send null). With `wanted` an
    older one will do where that was not changed since (`meanwhile`).
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [scope.current(), visit_id])
        row = cursor.fetchone()
    if row is None:
        raise errors.not_found()
    if version is not None and row[0] != version and wanted is None:
        raise errors.changed_meanwhile(row[0], **told(visit_id, version))
    visit = Visit.objects.get(pk=visit_id)
    if version is not None and row[0] != version and wanted is not None:
        require_apart(visit, version, wanted)
    return visit


def appointments(visit_id: int) -> list[Appointment]:
    """Its appointments in order."""
    return list(Appointment.objects.filter(visit_id=visit_id).order_by("position", "id"))


def require_in_time(visit: Visit, found: rules.Rules, actor: Actor) -> None:
    """Refuse a client's change after the deadline that was agreed to, else the organization's present one."""
    if actor.is_staff:
        return
    agreed = terms.of(visit.terms)
    until = agreed.cancel_until if agreed else _until(found)
    last = policies.deadline(visit.s, until)
    if clock.minute() > last:
        raise errors.deadline_passed(found.phone, until, clock.from_minute(last).astimezone(found.zone))


def _until(found: rules.Rules) -> int:
    """The longest notice any of the services wants; the organization's where no service is known."""
    services = found.services.values()
    wanted = [int(found.setting("cancel_until_minutes", service)) for service in services]
    return max(wanted, default=int(found.setting("cancel_until_minutes")))


def require_moves_left(visit: Visit, found: rules.Rules) -> None:
    """Refuse a client's move beyond `moves_limit` (BY-11); of several services the strictest limit counts."""
    limits = [int(found.setting("moves_limit", service)) for service in found.services.values()]
    limit = min((limit for limit in limits if limit), default=0)
    if not limit:
        return
    moved = Activity.objects.filter(
        object_kind="visit", object_id=visit.pk, verb=verbs.MOVED, actor_kind="client"
    )
    if moved.count() >= limit:
        raise errors.moves_exhausted(limit, found.phone)
