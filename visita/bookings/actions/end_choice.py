"""A choice ends without a move: nobody answered in time, staff took it back, or the visit went elsewhere."""

from typing import Literal

from visita.activity.record import record
from visita.bookings import holds, verbs
from visita.bookings.models import Choice, ChoiceStatus, Visit
from visita.bookings.news import news
from visita.bookings.wall import local
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import SYSTEM, Actor

How = Literal["expired", "withdrawn", "lost"]


@Action
def end_choice(visit_id: int, how: How, actor: Actor) -> bool:
    """End the visit's open choice and let its times go; False where there is none (any more)."""
    Visit.objects.select_for_update(no_key=True).filter(pk=visit_id).first()
    return end_within(visit_id, how, actor)


@Action
def expire_choice(code: str) -> bool:
    """End the choice of this code if its time is up and nobody answered."""
    found = Choice.objects.filter(code=code, status=ChoiceStatus.OPEN, expires_at__lte=clock.now()).first()
    if found is None:
        return False
    Visit.objects.select_for_update(no_key=True).filter(pk=found.visit_id).first()
    still = Choice.objects.filter(code=code, status=ChoiceStatus.OPEN).exists()  # the lock was waited for
    return still and end_within(found.visit_id, "expired", SYSTEM)


def end_within(visit_id: int, how: How, actor: Actor) -> bool:
    """The same inside a running scope, under the visit's lock."""
    found = Choice.objects.filter(visit_id=visit_id, status=ChoiceStatus.OPEN).first()
    if found is None:
        return False
    holds.drop(found.hold)
    visit = Visit.objects.get(pk=visit_id)
    payload = {"choice": found.code, "how": how, **found.span()}
    ring = news(found.location_id, local(visit), visit.version)
    found.activity_id = record(verbs.CHOICE_ENDED, "visit", visit_id, actor, payload, news=ring)
    found.status, found.ended_at = how, clock.now()
    found.save(update_fields=["status", "ended_at", "activity_id"])
    return True
