"""Change a member's role or own calendar."""

from visita.activity.record import everywhere, record
from visita.foundation import numbers, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.identity import verbs
from visita.identity.errors import not_found
from visita.identity.models import Membership
from visita.identity.rights import ROLES


@Action
def change_member(
    membership_id: int, role: str, *, actor: Actor, resource_id: int | None = None
) -> Membership:
    """Refuses not_found and bad_choice (unknown role)."""
    numbers.one_of(role, ROLES, field="role")
    found = Membership.objects.select_for_update(no_key=True).filter(
        pk=membership_id, organization_id=scope.current(), archived_at=None
    )
    membership = found.first()
    if membership is None:
        raise not_found()
    payload = {"user": membership.user_id, "from": membership.role, "to": role}
    membership.role, membership.resource_id = role, resource_id
    membership.save(update_fields=["role", "resource_id"])
    record(verbs.MEMBER_CHANGED, "membership", membership.pk, actor, payload, news=everywhere())
    return membership
