"""Models of bookings."""

from visita.bookings.models.session import Place, Session
from visita.bookings.models.visit import Appointment, Visit, VisitStatus

__all__ = ["Appointment", "Place", "Session", "Visit", "VisitStatus"]
