"""Revoke a key for good."""

from visita.activity.record import record
from visita.foundation import clock
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.identity import verbs
from visita.identity.errors import not_found
from visita.identity.models import ApiKey


@Action
def revoke_key(key_id: int, *, actor: Actor) -> None:
    """Refuses not_found, also for a key already revoked."""
    living = ApiKey.objects.select_for_update(no_key=True).filter(pk=key_id, revoked_at=None)
    if not living.exists():
        raise not_found()
    event = record(verbs.KEY_REVOKED, "key", key_id, actor)
    living.update(revoked_at=clock.now(), activity_id=event)
