"""How a visit's client is told things."""

from visita.bookings import queries
from visita.messaging.letters import contact_of
from visita.messaging.telling import email_of


def reach(visit_id: int) -> str:
    """phone, email, or empty where neither is known. Inside a scope."""
    view = queries.visit(visit_id)
    contact = email_of(view) or contact_of(view.client)
    return contact.kind if contact else ""
