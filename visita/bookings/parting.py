"""Appointments come to a visit and leave it: their claims and places with them. Their history stays and brings them back."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Max

from visita.bookings.models import Appointment, Attendee, Place
from visita.foundation import scope

_GIVE_UP = "DELETE FROM scheduling_allocation WHERE organization_id = %s AND appointment_id = ANY(%s)"


def give_up(parts: Sequence[int]) -> None:
    """All claims and places of these appointments, to be made anew (never an UPDATE of a period, decision 17)."""
    if not parts:
        return
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [scope.current(), list(parts)])
    Place.objects.filter(appointment_id__in=parts).delete()


def remove(parts: Sequence[int], event: int) -> None:
    """Take these appointments out of their visit; the act is marked on them first, so that history knows whose it was."""
    if not parts:
        return
    give_up(parts)
    rows = Appointment.objects.filter(pk__in=parts)
    rows.update(activity_id=event)
    rows.delete()


def next_position(visit_id: int) -> int:
    """After all there are, also after those that were named for somebody and went."""
    rows = Appointment.objects.filter(visit_id=visit_id), Attendee.objects.filter(visit_id=visit_id)
    highest = [each.aggregate(most=Max("position"))["most"] for each in rows]
    return max(-1 if most is None else most for most in highest) + 1
