"""Bring a visit back: undo arrived, done or not shown, or claim a cancelled visit's time again."""

from visita.activity.record import record
from visita.bookings import errors, lengths, placing, policies, ports, rules, verbs, writing
from visita.bookings.actions.settle import change_status
from visita.bookings.attempts import attempts
from visita.bookings.locking import appointments, locked
from visita.bookings.models import Appointment, Visit, VisitStatus
from visita.bookings.news import news, ring_others
from visita.bookings.ports import Proposal
from visita.bookings.requests import Changed, Item, Search
from visita.bookings.wall import local
from visita.foundation import clock, scope
from visita.foundation.actor import Actor


def restore(
    organization_id: int, visit_id: int, actor: Actor, *, version: int | None = None, merge: bool = False
) -> Changed:
    """Back to confirmed. A cancelled visit claims its time anew, so a taken one refuses with alternatives."""
    with scope.scope(organization_id):
        visit = Visit.objects.filter(pk=visit_id).first()
        if visit is None:
            raise errors.not_found()
        items = [_item(each, None) for each in appointments(visit_id)]
        location, seats = visit.location_id, visit.seats
    return attempts(
        organization_id,
        lambda turn: _restore(visit_id, actor, version, turn, merge),
        items,
        location,
        seats,
        True,
    )


def _item(appointment: Appointment, minutes: int | None) -> Item:
    start = clock.from_minute(appointment.s)
    return Item(appointment.service_id, appointment.resource_id, start, minutes)


def _restore(visit_id: int, actor: Actor, version: int | None, turn: int, merge: bool) -> Changed:
    visit = locked(visit_id, version, {"status": None, "time": None} if merge else None)
    if visit.status not in policies.RESTORABLE:
        raise errors.invalid_transition(visit.status, VisitStatus.CONFIRMED)
    if visit.status != VisitStatus.CANCELLED:
        return change_status(visit, VisitStatus.CONFIRMED, verbs.RESTORED, actor)
    known = appointments(visit_id)
    found = rules.load(visit.location_id, tuple(each.service_id for each in known), archived=True)
    items = [_item(each, lengths.kept(found.service(each.service_id), each)) for each in known]
    placed = placing.place(found, items, Search(visit.seats, staff=True, turn=turn, stays=True))
    version = visit.version + 1
    payload = {"before": visit.status, "after": VisitStatus.CONFIRMED}
    ring = news(visit.location_id, local(visit), version)
    event = record(verbs.RESTORED, "visit", visit.pk, actor, payload, news=ring)
    writing.claim_again(found.location_id, placed, [(each.pk, at) for at, each in enumerate(known)], event)
    for each, there in zip(known, placed, strict=True):
        if each.session_id != there.session_id:  # the class was put on that time anew
            Appointment.objects.filter(pk=each.pk).update(
                session_id=there.session_id, resource_id=there.resource_id, activity_id=event
            )
    Visit.objects.filter(pk=visit.pk).update(
        status=VisitStatus.CONFIRMED, version=version, cancel_reason="", activity_id=event
    )
    ring_others(visit, found.zone, (each.s for each in known))
    proposal = Proposal(
        found, tuple(items), visit.client_id, visit.subject_id, visit.seats, actor, True, visit.pk
    )
    for reserve in ports.reserve:
        reserve(ports.Written(proposal, visit.pk, tuple(placed)))
    return Changed(visit.pk, VisitStatus.CONFIRMED, version)
