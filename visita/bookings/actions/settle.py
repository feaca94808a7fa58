"""The plain changes of status: confirm, arrive, complete, mark as not shown."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from visita.activity.record import record
from visita.bookings import errors, policies, verbs
from visita.bookings.locking import locked
from visita.bookings.models import Visit, VisitStatus
from visita.bookings.news import news
from visita.bookings.requests import Changed
from visita.bookings.retrying import retrying
from visita.bookings.wall import local
from visita.foundation import clock
from visita.foundation.actor import Actor
from visita.foundation.scope import scope

_VERBS = {
    VisitStatus.CONFIRMED: verbs.CONFIRMED,
    VisitStatus.ARRIVED: verbs.ARRIVED,
    VisitStatus.COMPLETED: verbs.COMPLETED,
    VisitStatus.NO_SHOW: verbs.NO_SHOW,
}


def confirm(
    organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None, merge: bool = False
) -> Changed:
    """Accept a requested visit. Refuses invalid_transition, changed_meanwhile, not_found (as all verbs here)."""
    return _settle(organization_id, visit_id, VisitStatus.CONFIRMED, actor, version, merge)


def arrive(
    organization_id: int,
    visit_id: int,
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
    any_day: bool = True,
) -> Changed:
    """The client is here and waits. Without `any_day` refuses not_today for a visit of another day."""
    return _settle(organization_id, visit_id, VisitStatus.ARRIVED, actor, version, merge, any_day)


def complete(
    organization_id: int,
    visit_id: int,
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
    any_day: bool = True,
) -> Changed:
    """The visit is done; its time stays taken. Without `any_day` refuses not_today for a visit of a later day."""
    return _settle(organization_id, visit_id, VisitStatus.COMPLETED, actor, version, merge, any_day)


def mark_no_show(
    organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None, merge: bool = False
) -> Changed:
    """The client did not come; the time stays taken (only a cancelled visit frees it).

    Refuses not_begun before its start.
    """
    return _settle(organization_id, visit_id, VisitStatus.NO_SHOW, actor, version, merge)


def _settle(
    organization_id: int,
    visit_id: int,
    status: VisitStatus,
    actor: Actor,
    version: int | None,
    merge: bool,
    any_day: bool = True,
) -> Changed:
    def transaction() -> Changed:
        with scope(organization_id, durable=True):
            return settle_within(visit_id, status, actor, version=version, merge=merge, any_day=any_day)

    return retrying(transaction)


def settle_within(
    visit_id: int,
    status: VisitStatus,
    actor: Actor,
    *,
    version: int | None = None,
    merge: bool = False,
    any_day: bool = True,
) -> Changed:
    """The same inside a running scope. `status` is one of confirmed, arrived, completed, no_show.

    With `merge` changes of something else since `version` stand, and a status that is there already is left alone.
    """
    visit = locked(visit_id, version, {"status": status} if merge else None)
    if merge and visit.status == status:
        return Changed(visit.pk, visit.status, visit.version)
    if not policies.may_become(visit.status, status):
        raise errors.invalid_transition(visit.status, status)
    if status == VisitStatus.NO_SHOW and not policies.has_begun(visit.s, clock.minute()):
        raise errors.not_begun()
    if not any_day:
        _require_its_day(visit, status)
    return change_status(visit, status, _VERBS[status], actor)


def _require_its_day(visit: Visit, status: VisitStatus) -> None:
    """Nobody arrives on another day; what is done may be marked later, in the evening or the morning after."""
    now, begin = clock.minute(), local(visit)
    if status == VisitStatus.COMPLETED and policies.has_begun(visit.s, now):
        return
    if not policies.is_near(visit.s, visit.e, now, ZoneInfo(visit.zone)):
        raise errors.not_today(begin.date())


def change_status(
    visit: Visit, status: str, verb: str, actor: Actor, facts: Mapping[str, Any] | None = None, **also: str
) -> Changed:
    """Write a locked visit's new status (and columns in `also`), its event with further `facts`, and the news."""
    version = visit.version + 1
    payload = {
        "before": visit.status,
        "after": status,
        **({"reason": True} if also.get("cancel_reason") else {}),
        **(facts or {}),
    }
    event = record(
        verb, "visit", visit.pk, actor, payload, news=news(visit.location_id, local(visit), version)
    )
    Visit.objects.filter(pk=visit.pk).update(status=status, version=version, activity_id=event, **also)
    return Changed(visit.pk, status, version)
