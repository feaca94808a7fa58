"""Who is signed in: the living session of a cookie's token. Inside a scope."""

from visita.clients.contacts import Contact
from visita.clients.models import ClientSession
from visita.foundation import clock, ids


def living(token: str) -> ClientSession | None:
    """The session of a token, unless it ended or ran out."""
    return _alive(token_hash=ids.digest(token)) if token else None


def alive(session_id: int) -> ClientSession | None:
    """The same by its id, for what a session has made."""
    return _alive(pk=session_id)


def contact(session: ClientSession) -> Contact:
    """The contact that was shown to be theirs."""
    return Contact("phone" if session.kind == "phone" else "email", session.contact)


def _alive(**key: object) -> ClientSession | None:
    return ClientSession.objects.filter(ended_at=None, expires_at__gt=clock.now(), **key).first()
