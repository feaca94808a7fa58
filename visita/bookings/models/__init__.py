"""Models of bookings."""

from visita.bookings.models.acceptance import Acceptance, Withdrawal
from visita.bookings.models.attendee import Attendee
from visita.bookings.models.choice import Choice, ChoiceStatus
from visita.bookings.models.queue import Device, DeviceKind, QueueDay, Ticket, TicketState
from visita.bookings.models.series import Series, Turn
from visita.bookings.models.session import Place, Session
from visita.bookings.models.visit import Appointment, Scheme, Visit, VisitStatus
from visita.bookings.models.waiting import Offer, OfferStatus, Skip, Waiting, WaitingStatus

__all__ = [
    "Acceptance",
    "Appointment",
    "Attendee",
    "Choice",
    "ChoiceStatus",
    "Device",
    "DeviceKind",
    "Offer",
    "OfferStatus",
    "Place",
    "QueueDay",
    "Scheme",
    "Series",
    "Session",
    "Skip",
    "Ticket",
    "TicketState",
    "Turn",
    "Visit",
    "VisitStatus",
    "Waiting",
    "WaitingStatus",
    "Withdrawal",
]
