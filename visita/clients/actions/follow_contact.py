"""Let a session follow its people to another contact."""

from visita.activity.record import record
from visita.clients import contacts, sessions, verbs
from visita.clients.contacts import Contact
from visita.clients.errors import signed_out
from visita.clients.models import ClientPassword
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def follow_contact(session_id: int, contact: Contact, *, actor: Actor) -> None:
    """Only where nobody is left at the old one: a family member with a phone of their own leaves the family's session.

    Refuses signed_out.
    """
    session = sessions.alive(session_id)
    if session is None:
        raise signed_out()
    old = sessions.contact(session)
    if old.kind != contact.kind or contacts.people(old):
        return
    ClientPassword.objects.filter(contact=contact.key).delete()  # of who had the contact before
    ClientPassword.objects.filter(contact=old.key).update(contact=contact.key)
    record(verbs.SESSION_FOLLOWED, "client_session", session.pk, actor, {"by": contact.kind})
    session.contact = contact.value
    session.save(update_fields=["contact"])
