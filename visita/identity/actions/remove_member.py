"""Take a user's entry to the organization away; it holds from the next request on."""

from visita.activity.record import everywhere, record
from visita.foundation import clock, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.identity import verbs
from visita.identity.errors import not_found
from visita.identity.models import Membership


@Action
def remove_member(membership_id: int, *, actor: Actor) -> None:
    """Refuses not_found."""
    living = Membership.objects.filter(pk=membership_id, organization_id=scope.current(), archived_at=None)
    if not living.update(archived_at=clock.now()):
        raise not_found()
    record(verbs.MEMBER_REMOVED, "membership", membership_id, actor, news=everywhere())
