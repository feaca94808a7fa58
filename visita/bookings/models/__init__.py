"""Models of bookings."""

from visita.bookings.models.acceptance import Acceptance
from visita.bookings.models.session import Place, Session
from visita.bookings.models.visit import Appointment, Scheme, Visit, VisitStatus

__all__ = ["Acceptance", "Appointment", "Place", "Scheme", "Session", "Visit", "VisitStatus"]
