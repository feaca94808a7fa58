"""How a visit's client is told things."""

from visita.bookings import journal_visit
from visita.clients.models import Client
from visita.messaging.letters import contact_of


def reach(visit_id: int) -> str:
    """phone, email, or empty where neither is known. Inside a scope."""
    visit = journal_visit.find(visit_id)
    client = Client.objects.filter(pk=visit.client_id).first()
    contact = contact_of(client) if client else None
    return contact.kind if contact else ""
