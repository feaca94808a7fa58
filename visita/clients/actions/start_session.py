"""Start a session for whoever showed, by a code, that a contact is theirs."""

from datetime import timedelta
from typing import Final

from visita.activity.record import record
from visita.clients import verbs
from visita.clients.contacts import Contact
from visita.clients.models import ClientSession
from visita.foundation import clock, ids, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.foundation.sequence import next_id
from visita.tenancy.models import Organization

SHORT: Final = timedelta(hours=12)
LONG: Final = timedelta(days=30)


@Action
def start_session(contact: Contact, *, stay: bool, actor: Actor) -> tuple[ClientSession, str]:
    """The session and its token for the cookie; `stay` (ticked by the client) makes it last 30 days, else 12 hours."""
    public_id = Organization.objects.values_list("public_id", flat=True).get(pk=scope.current())
    token, now = ids.token(public_id), clock.now()
    pk = next_id(ClientSession)
    record(verbs.SIGNED_IN, "client_session", pk, actor, {"by": contact.kind})
    session = ClientSession.objects.create(
        pk=pk,
        token_hash=ids.digest(token),
        kind=contact.kind,
        contact=contact.value,
        created=now,
        expires_at=now + (LONG if stay else SHORT),
    )
    return session, token
