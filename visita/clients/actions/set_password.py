"""Choose a password for an account, or do without it again."""

from django.contrib.auth.hashers import make_password

from visita.activity.record import record
from visita.clients import passwords, patience, sessions, verbs
from visita.clients.errors import signed_out
from visita.clients.models import ClientPassword, ClientSession
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def set_password(session_id: int, typed: str, *, actor: Actor) -> None:
    """For the contact of the session; every other session of it ends. Refuses password_weak and signed_out."""
    session = _alive(session_id)
    contact, now = sessions.contact(session), clock.now()
    digest = make_password(passwords.required(typed))
    ClientPassword.objects.update_or_create(contact=contact.key, defaults={"digest": digest, "set_at": now})
    patience.forget(passwords.key(contact))
    others = ClientSession.objects.filter(kind=session.kind, contact=session.contact, ended_at=None)
    others.exclude(pk=session.pk).update(ended_at=now)
    record(verbs.PASSWORD_SET, "client_session", session.pk, actor, {"by": session.kind})


@Action
def remove_password(session_id: int, *, actor: Actor) -> None:
    """Codes alone lead in again; removing it twice is no harm. Refuses signed_out."""
    session = _alive(session_id)
    if ClientPassword.objects.filter(contact=sessions.contact(session).key).delete()[0]:
        record(verbs.PASSWORD_REMOVED, "client_session", session.pk, actor, {"by": session.kind})


def _alive(session_id: int) -> ClientSession:
    session = sessions.alive(session_id)
    if session is None:
        raise signed_out()
    return session
