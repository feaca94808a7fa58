"""How long an appointment that exists already stays: as its service says, or as staff resized it."""

from visita.bookings.models import Appointment
from visita.bookings.rules import ServiceRule


def kept(service: ServiceRule, appointment: Appointment) -> int | None:
    """The minutes a resize gave it, which a move and a restore keep.

    None where it is what the service takes with its resource: then the service is asked again, holes included.
    """
    own = {who.resource_id: who.minutes for who in service.who if who.minutes}
    usual = own.get(appointment.resource_id or 0, service.minutes)
    minutes = appointment.e - appointment.s
    return None if service.is_class or minutes == usual else minutes
