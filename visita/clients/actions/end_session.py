"""End a client's session: its cookie and every address made by it open nothing any more."""

from visita.activity.record import record
from visita.clients import verbs
from visita.clients.models import ClientSession
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor


@Action
def end_session(session_id: int, *, actor: Actor) -> None:
    """Ending it twice is no harm."""
    if ClientSession.objects.filter(pk=session_id, ended_at=None).update(ended_at=clock.now()):
        record(verbs.SIGNED_OUT, "client_session", session_id, actor)
