"""Let a user into the organization with a role."""

from visita.activity.record import record
from visita.foundation import numbers, scope
from visita.foundation.action import Action
from visita.foundation.actor import Actor
from visita.identity import verbs
from visita.identity.models import Membership
from visita.identity.rights import ROLES


@Action
def add_member(user_id: int, role: str, *, actor: Actor, resource_id: int | None = None) -> Membership:
    """A membership; one that was removed comes back with this role. Refuses bad_choice (unknown role)."""
    numbers.one_of(role, ROLES, field="role")
    membership, _created = Membership.objects.update_or_create(
        user_id=user_id,
        organization_id=scope.current(),
        defaults={"role": role, "resource_id": resource_id, "archived_at": None},
    )
    record(verbs.MEMBER_ADDED, "membership", membership.pk, actor, {"user": user_id, "role": role})
    return membership
